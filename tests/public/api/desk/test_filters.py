"""What the editors' lists are filtered by, and what their results have."""

import json

import pytest
from django.db import connection
from django.utils import timezone

from apps.review.editing.notes import leave_note
from apps.review.models import Suggestion, SuggestionState
from apps.review.suggestions.service import decline, suggest
from apps.translation.glossary.service import store_terms, switch_terms
from apps.translation.models import Finding, FindingSeverity, Segment, Translation
from tests.public.api.programs import account
from tests.support.acts import claim
from tests.support.builders import NOW, build_paper
from tests.support.factories import publish_paper, ready_translation
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


# The queue


def test_the_queue_is_riskiest_first_with_details(editor):
    first, second = build_entry(title="第一"), build_entry(title="第二", blocking=["numbers"])
    page = editor.get("queue/")
    assert column(page, "translation") == [second.pk, first.pk]
    row = page["results"][0]
    assert (row["title"], row["blocking"], row["claim"]) == ("第二", ["numbers"], None)
    assert row["waits_since"] == "2026-03-02T06:00:00Z"


FILTERS = {
    "status": "ready",
    "finding": "numbers",
    "category": "math.ST",
    "day": "2026-02-25",
    "engine": "deepl",
    "stale": "yes",
    "corrections": "yes",
    "language": "de",
    "q": "目印",
}


@pytest.mark.parametrize(("name", "value"), FILTERS.items(), ids=FILTERS)
def test_the_queue_is_filtered_as_in_the_admin(editor, name, value):
    build_entry()
    wanted = build_entry(
        title="目印の題", days=5, status="ready", blocking=["numbers"], is_stale=True,
        categories=["math.ST"], category="math.ST", engines=["deepl"], open_suggestions=1,
        language="de",
    )  # fmt: skip
    assert column(editor.get(f"queue/?{name}={value}"), "translation") == [wanted.pk]


def test_the_queue_is_filtered_by_the_account_of_the_token(editor):
    mine, others, free = build_entry(), build_entry(), build_entry()
    claim(mine.pk, actor=account(), now=timezone.now())
    claim(others.pk, actor=account("kenji"), now=timezone.now())
    assert column(editor.get("queue/?hand=mine"), "translation") == [mine.pk]
    page = editor.get("queue/?hand=others")
    assert page["results"][0]["claim"]["editor"] == "kenji"
    assert column(editor.get("queue/?hand=free"), "translation") == [free.pk]


# Filters and members


def test_translations_of_a_paper_are_found_by_any_version(editor):
    item, _other = publish_paper(arxiv_id="2602.00001"), publish_paper()
    for written in ("2602.00001", "2602.00001v1"):
        page = editor.get(f"translations/?paper={written}&fields=id,arxiv_id")
        assert page["results"] == [{"id": item.pk, "arxiv_id": "2602.00001"}]


def test_a_translation_of_any_status_is_shown_with_expansions(editor):
    item = ready_translation(build_paper())
    sentence = item.segments.get(field="title")
    find(item, "numbers", "blocking", segment=sentence)
    find(item, "length", "notice")
    leave_note(item.pk, "覚書", actor=account(), now=NOW)
    plain = editor.get(f"translations/{item.pk}/")
    assert plain["status"] == "ready"
    assert not {"segments", "findings", "notes"} & set(plain)
    whole = editor.get(f"translations/{item.pk}/?expand=segments,findings,notes")
    assert [row["field"] for row in whole["segments"][:2]] == ["title", "abstract"]
    assert [row["check"] for row in whole["segments"][0]["findings"]] == ["numbers"]
    assert {row["check"] for row in whole["findings"]} == {"numbers", "length"}
    assert [row["text"] for row in whole["notes"]] == ["覚書"]
    assert whole["claim"] is None


def test_a_sentence_is_shown_with_its_findings_and_corrections(editor, site):
    find(site.translation, "numbers", segment=site.segment)
    found = editor.get(f"segments/{site.segment.pk}/?expand=findings,suggestions")
    assert (found["text"], found["origin"]) == (site.segment.text, "memory")
    assert column({"results": found["findings"]}, "check") == ["numbers"]
    assert column({"results": found["suggestions"]}, "text") == ["読者の案。"]
    listed = editor.get(f"segments/?translation={site.translation.pk}&fields=id")
    keys = Segment.objects.filter(translation=site.translation).values_list("pk", flat=True)
    assert column(listed, "id") == sorted(keys, reverse=True)


def test_findings_are_filtered(editor):
    item, other = publish_paper(), publish_paper()
    sentence = item.segments.get(field="title")
    first = find(item, "numbers", "blocking", segment=sentence)
    second, third = find(item, "terms"), find(other, "numbers")
    for query, expected in {
        "": [third, second, first],
        "check=numbers": [third, first],
        "severity=blocking": [first],
        f"translation={item.pk}": [second, first],
        f"segment={sentence.pk}": [first],
        f"translation={other.pk}&severity=blocking": [],
    }.items():
        assert column(editor.get(f"findings/?{query}"), "id") == [row.pk for row in expected]


def test_decisions_are_filtered_and_say_by_which_token(editor):
    item = publish_paper()
    made = editor.ask("post", f"translations/{item.pk}/decisions/", {"kind": "unpublish"}, 201)
    by_kind = editor.get("decisions/?kind=unpublish&expand=detail")["results"]
    assert [(row["id"], row["token"], row["decided_by"]) for row in by_kind] == [
        (made["id"], "script", "hanako")
    ]
    assert by_kind[0]["detail"]["token"]["name"] == "script"
    assert column(editor.get("decisions/?decided_by=hanako"), "id") == [made["id"]]
    assert column(editor.get("decisions/?decided_by=nobody"), "id") == []
    policy = editor.get(f"decisions/?translation={item.pk}")["results"][-1]
    assert (policy["decided_by"], policy["token"], policy["kind"]) == (None, None, "publish")


def test_corrections_are_open_ones_unless_asked_otherwise(editor, site):
    answered = suggest(
        site.segment.pk, base_text=site.segment.text, text="別の案。", sender="y", now=NOW
    )
    decline(answered.pk, actor=account(), reason="不要", now=NOW)
    assert column(editor.get("suggestions/"), "id") == [site.suggestion.pk]
    (row,) = editor.get("suggestions/?state=declined")["results"]
    assert (row["decline_reason"], row["decided_by"]) == ("不要", "hanako")
    of_other = editor.get("suggestions/?translation=99999999")
    assert of_other["results"] == []
    assert "sender" not in row
    assert Suggestion.objects.filter(state=SuggestionState.OPEN).count() == 1


def test_terms_are_filtered_and_those_switched_off_are_there(editor):
    store_terms([entry("agent"), entry("pre-training"), entry("Zoo")], origin="", now=NOW)
    keys = {row["source"]: row["id"] for row in editor.get("glossary/")["results"]}
    assert list(keys) == ["agent", "pre-training", "Zoo"]
    switch_terms([keys["Zoo"]], is_in_use=False, actor=account(), now=NOW)
    assert column(editor.get("glossary/?in_use=no"), "source") == ["Zoo"]
    assert column(editor.get("glossary/?in_use=yes"), "source") == ["agent", "pre-training"]
    assert column(editor.get("glossary/?source=Pre+Training"), "source") == ["pre-training"]
    assert column(editor.get("glossary/?target_language=de"), "source") == []


def test_the_memory_is_searched_by_a_sentence(editor):
    remembered(SENTENCE, NEARLY, "Galaxies form in dark haloes.")
    results = editor.get(f"memory/search/?q={SENTENCE.replace(' ', '+')}")["results"]
    assert [row["entry"]["source"] for row in results] == [SENTENCE, NEARLY]
    assert results[0]["similarity"] == 1
    assert results[0]["entry"]["target"] == f"「{SENTENCE}」"
    assert results[1]["match_rate"] < 1


BAD = {
    "queue/?sheep=1": "sheep",
    "queue/?status=sheep": "status",
    "queue/?day=yesterday": "day",
    "queue/?limit=101": "limit",
    "queue/?fields=sheep": "fields",
    "queue/?q=%00": "q",
    "translations/?paper=sheep": "paper",
    "translations/?paper=2602.00000": "paper",
    "segments/?translation=0": "translation",
    "segments/?translation=9223372036854775808": "translation",
    "segments/?expand=sheep": "expand",
    "findings/?check=%27": "check",
    "decisions/?kind=sheep": "kind",
    "glossary/?ordering=sheep": "ordering",
    "memory/?language=de": "language",
    "memory/search/": "q",
    "harvests/?status=sheep": "status",
}


@pytest.mark.parametrize("address", ["queue/", "glossary/1/history/", "harvests/"])
def test_an_invalid_cursor_is_refused_with_advice(editor, address):
    assert list(editor.get(f"{address}?cursor=sheep", expected=404)["errors"]) == ["cursor"]


@pytest.mark.parametrize(("address", "name"), BAD.items(), ids=BAD)
def test_a_wrong_parameter_is_named(editor, address, name):
    assert list(editor.get(address, expected=400)["errors"]) == [name]


@pytest.mark.parametrize(
    "where", ["translations", "segments", "suggestions", "glossary", "memory", "harvests"]
)
@pytest.mark.parametrize("key", ["0", "999999", "9223372036854775808", "9" * 60])
def test_an_unknown_row_number_is_not_found(editor, where, key):
    assert key[:20] in editor.get(f"{where}/{key}/", expected=404)["detail"]
    if where == "glossary":
        assert editor.get(f"{where}/{key}/history/")["results"] == []


def test_the_list_of_findings_uses_an_index(editor):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    for fits, index in (
        ({"name": "a"}, "finding_of_check"),
        ({"severity": "notice"}, "finding_of_severity"),
    ):
        plan = (
            Finding.objects.filter(**fits, pk__lt=100).order_by("-id")[:26].explain(format="json")
        )
        assert index in json.dumps(json.loads(plan))
        assert "Sort" not in plan
