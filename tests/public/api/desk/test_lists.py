"""The editors' lists: filters, pages by cursor, chosen members, no query for each row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.review.editing.notes import leave_note
from apps.review.suggestions.service import decline, suggest
from apps.translation.glossary.service import store_terms
from apps.translation.models import Finding, FindingSeverity, Translation
from tests.public.api.programs import account
from tests.support.acts import claim, publish, unpublish
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.memory import NEARLY, SENTENCE, remembered
from tests.support.queue_entries import build_entry
from tests.translation.glossary.glossary_entries import entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counters")]


def find(translation: Translation, name: str, severity: str = "warning", **fields) -> Finding:
    return Finding.objects.create(
        translation=translation, name=name, severity=FindingSeverity(severity), found_at=NOW,
        message_ja="日本語", message_en="English", **fields,
    )  # fmt: skip


def column(page, name: str) -> list:
    return [row[name] for row in page["results"]]


# Pages


def pages(editor, address: str, name: str = "id") -> list:
    seen, following = [], address
    while following:
        page = editor.get(following.partition("/desk/")[2] or following)
        seen += column(page, name)
        following = page["next"]
    return seen


def test_every_list_is_paged_through_once(editor):
    for number in range(3):
        item = publish_paper()
        build_entry()
        sentence = item.segments.get(field="title")
        find(item, "numbers", segment=sentence)
        suggest(sentence.pk, base_text=sentence.text, text=f"案{number}。", sender="x", now=NOW)
        store_terms([entry(f"term{chr(97 + number)}")], origin="a.csv", now=NOW)
    remembered(SENTENCE, NEARLY, "Galaxies form in dark haloes.")
    for where, name in (
        ("queue", "translation"), ("translations", "id"), ("segments", "id"), ("findings", "id"),
        ("decisions", "id"), ("suggestions", "id"), ("glossary", "id"), ("memory", "id"),
    ):  # fmt: skip
        whole = column(editor.get(f"{where}/?limit=100"), name)
        assert len(whole) >= 3
        assert pages(editor, f"{where}/?limit=2", name) == whole
        assert len(set(whole)) == len(whole)
    assert pages(editor, "glossary/?limit=1&ordering=-id") == sorted(whole_terms(editor))[::-1]


def whole_terms(editor) -> list:
    return column(editor.get("glossary/"), "id")


def test_a_history_is_paged_through_too(editor):
    item = publish_paper()
    for _round in range(2):
        unpublish(item.pk, actor=account(), reason="誤訳", now=NOW)
        publish(item.pk, actor=account(), reviewed=False, now=NOW)
    whole = editor.get(f"translations/{item.pk}/history/")
    assert whole["next"] is None
    assert [row["why"] for row in whole["results"] if row["why"]] == ["誤訳", "誤訳"]
    assert whole["results"][0]["who"] == "hanako"
    # What happened in the same moment may change places between pages.
    paged = pages(editor, f"translations/{item.pk}/history/?limit=2", "key")
    assert sorted(paged) == sorted(column(whole, "key"))


LISTS = (
    "queue/",
    "translations/",
    "translations/?expand=segments,findings,notes",
    "segments/",
    "segments/?expand=findings,suggestions",
    "findings/",
    "decisions/?expand=detail",
    "suggestions/",
    "suggestions/?state=declined",
    "glossary/",
    "memory/",
)


def grow(number: int) -> None:
    """Add one more of everything, with all that a result can show."""
    boss = account("boss")
    item = publish_paper(reviewed=bool(number % 2))
    build_entry()
    claim(item.pk, actor=boss, now=timezone.now())
    leave_note(item.pk, "覚書", actor=boss, now=NOW)
    sentence = item.segments.get(field="title")
    find(item, "numbers", segment=sentence)
    for text in ("甲", "乙"):
        made = suggest(sentence.pk, base_text=sentence.text, text=text, sender="x", now=NOW)
    decline(made.pk, actor=boss, reason="x", now=NOW)
    store_terms([entry(f"term{chr(97 + number)}")], origin="a", actor=boss, now=NOW)
    remembered(f"Sentence of number {number}.")


def test_the_number_of_queries_does_not_depend_on_the_rows(
    editor, settings, django_assert_num_queries
):
    settings.SUGGESTIONS_PER_MINUTE = 100
    grow(0)
    editor.get("queue/")
    counts = {}
    for address in LISTS:
        with CaptureQueriesContext(connection) as asked:
            editor.get(address)
        counts[address] = len(asked)
    for number in range(1, 4):
        grow(number)
    for address in LISTS:
        with django_assert_num_queries(counts[address]):
            editor.get(address)
    assert max(counts.values()) <= 8
