"""The memory in the admin: found by sentence, without reading all of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.translation.models import MemoryEntry
from tests.support.memory import NEARLY, SENTENCE, remembered

pytestmark = pytest.mark.django_db
LIST = reverse("admin:translation_memoryentry_changelist")


def found(client, words: str) -> set[str]:
    answer = client.get(LIST, {"q": words})
    return {entry.source for entry in answer.context["cl"].result_list}


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        pytest.param(SENTENCE, {SENTENCE, NEARLY}, id="a sentence and those like it"),
        pytest.param(
            "Galaxies form in dark  haloes.", {"Galaxies form in dark haloes."}, id="spaces"
        ),
        pytest.param("nothing of the kind", set(), id="nothing"),
    ],
)
def test_a_sentence_is_found_with_those_like_it(admin_client, words, sources):
    remembered(NEARLY, SENTENCE, "Galaxies form in dark haloes.")
    assert found(admin_client, words) == sources


def test_without_words_the_latest_come_first(admin_client):
    remembered("One.", "Two.")
    answer = admin_client.get(LIST)
    assert [entry.source for entry in answer.context["cl"].result_list] == ["Two.", "One."]


def test_nothing_is_compared_letter_by_letter_or_counted_whole(admin_client):
    remembered(SENTENCE)
    with CaptureQueriesContext(connection) as asked:
        admin_client.get(LIST, {"q": SENTENCE})
        admin_client.get(LIST)
    texts = [query["sql"] for query in asked if "translation_memoryentry" in query["sql"]]
    assert not any("LIKE" in text for text in texts)
    assert all("LIMIT" in text for text in texts if "COUNT(" in text)


def test_what_is_deleted_stays_in_the_log(admin_client):
    remembered(SENTENCE)
    entry = MemoryEntry.objects.get()
    admin_client.post(
        reverse("admin:translation_memoryentry_delete", args=[entry.pk]), {"post": "yes"}
    )
    assert not MemoryEntry.objects.exists()
    assert LogEntry.objects.get().change_message == f"{SENTENCE}\n→ 「{SENTENCE}」"
