"""A site restored from its export is the site that it was: it exports the same bytes."""

import json

import pytest
from django.core.management import call_command

from apps.papers.models import Paper, PaperVersion
from apps.review.day_counts import recount_withdrawals
from apps.review.models import ListedDay
from apps.translation.models import GlossaryTerm, MemoryEntry, Segment, Translation
from tests.public.exports import varied_site
from tests.public.exports.emptying import empty_the_site
from tests.support.builders import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("notices")]


def parts_of(folder) -> dict[str, bytes]:
    """The files of an export that hold its rows."""
    names = [part["name"] for part in json.loads((folder / "manifest.json").read_text())["parts"]]
    return {name: (folder / name).read_bytes() for name in names}


def everything() -> list[list[tuple]]:
    """Every row that a restore writes, and when it last changed."""
    models = (Paper, PaperVersion, Translation, Segment, MemoryEntry, GlossaryTerm, ListedDay)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_a_restored_site_exports_the_same_bytes(make, settings, notices):
    settings.TARGET_LANGUAGES = ["ja", "ko"]
    varied_site.build()
    recount_withdrawals(["ja"], since=NOW)
    days = set(ListedDay.objects.values_list("language", "day", "category", "papers"))
    first = make()
    parts = parts_of(first)
    assert len(parts) == 8
    empty_the_site()
    call_command("restore", str(first))
    again = parts_of(make())
    assert [name for name in parts if parts[name] != again[name]] == []
    restored = set(ListedDay.objects.values_list("language", "day", "category", "papers"))
    assert {row for row in restored if row[0] == "ja"} == days


def test_restoring_twice_changes_nothing(make):
    varied_site.build()
    folder = make()
    call_command("restore", str(folder))
    before = everything()
    call_command("restore", str(folder))
    assert everything() == before
