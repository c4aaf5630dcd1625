"""Record requests and answers of the demonstration as examples of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.test import Client

from apps.review.editing.recheck import check_again
from apps.review.queue.index import refresh_entries
from apps.translation.models import Segment, Translation
from tests.public.api.programs import account, program
from tests.public.pages.browse.test_trends import report
from tests.support.builders import NOW
from tests.support.demonstration import publish_demonstration

SHOWN = 2
"""How many items of each list are kept."""
PAPER = "2502.21321"
LANGUAGE = {"language": {"translations into Japanese": "ja"}}
PAGES = {**LANGUAGE, "limit": {"fifty at once": 50}}
MEMBERS = {
    "fields": {"three members and no others": ["arxiv_id", "title", "badges"]},
    "expand": {"abstracts and scores as well": ["abstract", "score"]},
}
TRANSLATION_MEMBERS = {
    "fields": {"three members and no others": ["language", "status", "origins"]},
    "expand": {"with every sentence": ["segments"]},
}


@dataclass(frozen=True)
class Call:
    """A request. address: below /api/v1/. parameters: examples of each parameter of the query, by
    what they ask for; a cursor is added from the answer where it has a next page."""

    operation: str
    address: str
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    method: str = "get"
    body: dict[str, Any] | None = None
    status: int = 200


READING = [
    Call("service_retrieve", ""),
    Call("problems_list", "problems/"),
    Call("problems_retrieve", "problems/changed-meanwhile/"),
    Call(
        "papers_list",
        "papers/?limit=2",
        {
            **PAGES,
            **MEMBERS,
            "category": {"one category": "cs.CL"},
            "primary_category": {"as the primary category only": "stat.ML"},
            "field": {"a group of archives": "cs"},
            "day": {"one day": "2025-02-28"},
            "from": {"from February 2025": "2025-02"},
            "until": {"until a day": "2025-02-28"},
            "updated_since": {"what changed since": "2025-02-11T00:00:00Z"},
            "status": {"by status": "published"},
            "reviewed": {"those that nobody reviewed": "0"},
            "author": {"a name": "Salman Khan"},
            "ids": {"two papers by name": [PAPER, "2303.18223"]},
            "withdrawn": {"withdrawn papers too": "include"},
            "ordering": {"the first changed first, to keep a copy": "updated_at"},
        },
    ),
    Call(
        "papers_retrieve",
        f"papers/{PAPER}/",
        {
            **LANGUAGE,
            "fields": {"the sentences only": ["title", "segments"]},
            "expand": {"the score beside these": ["score"]},
        },
    ),
    Call("papers_versions_list", f"papers/{PAPER}/versions/", LANGUAGE),
    Call("papers_summary_retrieve", f"papers/{PAPER}/summary/", LANGUAGE),
    Call("papers_score_retrieve", f"papers/{PAPER}/score/", LANGUAGE),
    Call("papers_related_list", f"papers/{PAPER}/related/", LANGUAGE),
    Call("papers_translations_list", f"papers/{PAPER}/translations/", TRANSLATION_MEMBERS),
    Call("papers_translations_retrieve", f"papers/{PAPER}/translations/ja/", TRANSLATION_MEMBERS),
    Call(
        "search",
        "search/?q=reasoning&limit=2",
        {
            **PAGES,
            **MEMBERS,
            "q": {"words": "reasoning"},
            "category": {"in one category": "cs.CL"},
            "field": {"in a group of archives": "cs"},
            "from": {"since a year": "2025"},
            "until": {"until a month": "2025-02"},
            "reviewed": {"reviewed ones": "1"},
            "sort": {"newest first": "newest"},
        },
    ),
    Call("categories_list", "categories/", LANGUAGE),
    Call("categories_retrieve", "categories/cs.CL/", LANGUAGE),
    Call("authors_list", "authors/?limit=2", {**PAGES, "q": {"names that begin so": "Salman"}}),
    Call("authors_retrieve", "authors/salman-khan/", {**PAGES, **MEMBERS}),
    Call("days_list", "days/?limit=2", {**PAGES, "category": {"of one category": "cs.CL"}}),
    Call("days_retrieve", "days/2025-02-28/", LANGUAGE),
    Call(
        "trends_list",
        "trends/?category=cs.CL",
        {
            **LANGUAGE,
            "category": {"of one category": "cs.CL"},
            "week": {"of one week": "2026-W08"},
        },
    ),
    Call(
        "glossary_list",
        "glossary/?limit=2",
        {
            **PAGES,
            "q": {"terms with these letters": "attention"},
            "scope": {"of one scope": "cs.* eess.* stat.ML"},
            "source_language": {"English terms": "en"},
        },
    ),
    Call("notices_list", "notices/"),
    Call("notices_versions_list", "notices/disclaimer/", {"limit": {"fifty at once": 50}}),
    Call("notices_retrieve", "notices/disclaimer/1/"),
]


def editing() -> Iterator[Call]:
    """Yield what an editor's program asks for, each call after the answer to the one before."""
    translation = Translation.objects.get(paper__arxiv_id=PAPER)
    abstract = translation.segments.filter(field="abstract").order_by("position")
    first, second, third = abstract[:3]
    of_translation = f"desk/translations/{translation.pk}/"
    of_segment = f"desk/segments/{first.pk}/"

    _lose_a_number()
    yield Call("desk_queue_list", "desk/queue/")
    yield Call("desk_findings_list", "desk/findings/")
    yield Call("desk_translations_list", f"desk/translations/?paper={PAPER}")
    yield Call("desk_translations_retrieve", of_translation)
    claim = f"{of_translation}claim/"
    yield Call("desk_translations_claim", claim, method="put", body={"take_over": False})
    yield Call("desk_segments_list", f"desk/segments/?translation={translation.pk}")
    yield Call("desk_segments_retrieve", of_segment)
    better = first.text.replace("LLM", "LLM、large language model", 1)
    corrected = {"text": better, "seen": first.text, "reason": "The abbreviation is spelled out."}
    yield Call("desk_segments_correct", of_segment, method="patch", body=corrected)
    approval = f"desk/segments/{second.pk}/approval/"
    yield Call("desk_segments_approve", approval, method="post", body={"seen": second.text})

    for segment, text in ((second, f"なお、{second.text}"), (third, f"また、{third.text}")):
        yield Call(
            "suggestions_send",
            "suggestions/",
            method="post",
            status=201,
            body={
                "arxiv_id": PAPER,
                "language": "ja",
                "field": "abstract",
                "position": segment.position,
                "seen": segment.text,
                "text": text,
                "comment": "前の文とのつながりを補いました。",
                "credit": "読者",
            },
        )
    yield Call("desk_suggestions_list", "desk/suggestions/")
    yield Call("desk_suggestions_retrieve", "desk/suggestions/1/")
    yield Call(
        "desk_suggestions_accept",
        "desk/suggestions/1/acceptance/",
        method="post",
        body={"text": f"なお、{second.text}", "seen": second.text, "with_credit": True},
    )
    yield Call(
        "desk_suggestions_decline",
        "desk/suggestions/2/decline/",
        method="post",
        body={"reason": "The present text is what the authors wrote."},
    )
    decide = f"{of_translation}decisions/"
    approval = {"kind": "approve", "reason": ""}
    yield Call("desk_translations_decide", decide, method="post", body=approval, status=201)
    yield Call("desk_translations_history", f"{of_translation}history/")
    yield Call("desk_decisions_list", f"desk/decisions/?translation={translation.pk}")
    yield Call("desk_translations_release", claim, method="delete", status=204)

    term = {
        "source": "reasoning model",
        "target": "推論モデル",
        "scope": "cs.*",
        "part_of_speech": "noun",
        "forbidden": ["理由付けモデル"],
        "reason": "The term of the field.",
    }
    yield Call("desk_glossary_list", "desk/glossary/")
    yield Call("desk_glossary_add", "desk/glossary/", method="post", body=term, status=201)
    of_term = "desk/glossary/463/"
    yield Call("desk_glossary_retrieve", of_term)
    unused = {"is_in_use": False, "reason": "It has another meaning in economics."}
    yield Call("desk_glossary_change", of_term, method="patch", body=unused)
    yield Call("desk_glossary_history", f"{of_term}history/")
    yield Call("desk_glossary_delete", of_term, method="delete", status=204)

    sentence = Segment.objects.get(pk=third.pk).source
    yield Call("desk_memory_list", "desk/memory/")
    yield Call("desk_memory_retrieve", "desk/memory/1/")
    yield Call("desk_memory_search", f"desk/memory/search/?{urlencode({'q': sentence})}")
    yield Call("desk_memory_delete", "desk/memory/1/", method="delete", status=204)

    run = {"set_spec": "cs:cs:CL", "from_date": "2026-02-01"}
    yield Call("desk_harvests_start", "desk/harvests/", method="post", body=run, status=201)
    yield Call("desk_harvests_list", "desk/harvests/?status=running")
    yield Call("desk_harvests_retrieve", "desk/harvests/2/")
    yield Call("desk_harvests_stop", "desk/harvests/2/stop/", method="post")
    yield Call("desk_harvests_resume", "desk/harvests/2/resume/", method="post")


def _lose_a_number() -> None:
    """Remove the numbers from a machine's sentence, so that there is a finding."""
    with_number = Segment.objects.filter(field="abstract", source__regex="[0-9]")
    segment = with_number.exclude(translation__paper__arxiv_id=PAPER).earliest("pk")
    segment.text = re.sub("[0-9]", "", segment.text)
    segment.save()
    check_again(segment.translation, segment.translation.segments.all(), now=NOW)
    refresh_entries([segment.translation_id], now=NOW)


def publish() -> None:
    """Publish the demonstration, with numbers of rows that begin at 1 and trends of one week."""
    empty = [model for model in apps.get_models() if not model._default_manager.exists()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(
            no_style(),
            [
                sequence
                for model in empty
                if model._meta.managed
                for sequence in connection.introspection.get_sequences(cursor, model._meta.db_table)
            ],
        ):
            cursor.execute(statement)
    publish_demonstration()
    named = Translation.objects.filter(paper__arxiv_id=PAPER).values_list("paper_id", flat=True)
    report("cs.CL", large_language_models=list(named))


def record() -> dict[str, dict[str, Any]]:
    """Return, by operation, what was asked and answered, lists cut to their first items."""
    found: dict[str, dict[str, Any]] = {}
    reader = Client(headers={"Accept-Language": "en"})
    for call in READING:
        found[call.operation] = _recorded(reader, call)
    editor = program(account("editor"), name="nightly")
    for call in editing():
        found.setdefault(call.operation, _recorded(editor, call))
    return found


def _recorded(client: Client, call: Call) -> dict[str, Any]:
    document = _asked(client, call)
    shown: dict[str, Any] = {"status": call.status}
    parameters = dict(call.parameters)
    following = isinstance(document, dict) and document.get("next")
    if following and (cursor := parse_qs(urlsplit(str(following)).query).get("cursor")):
        parameters["cursor"] = {"from the address of the next page": cursor[0]}
    if parameters and call.method == "get" and "desk" not in call.address:
        shown["parameters"] = parameters
        _try(client, call, parameters)
    if call.body is not None:
        shown["request"] = call.body
    if document is not None:
        shown["answer"] = cut(document)
    return shown


def _try(client: Client, call: Call, parameters: dict[str, dict[str, Any]]) -> None:
    """Ask with each example of a parameter."""
    path, _, query = call.address.partition("?")
    given = {name: values[0] for name, values in parse_qs(query).items()}
    for name, examples in parameters.items():
        for value in examples.values():
            asked = {**given, name: ",".join(value) if isinstance(value, list) else value}
            answer = client.get(f"/api/v1/{path}?{urlencode(asked)}")
            assert answer.status_code == 200, (call.operation, name, answer.content)


def _asked(client: Client, call: Call) -> Any:
    sent = {} if call.body is None else {"data": call.body, "content_type": "application/json"}
    answer = getattr(client, call.method)(f"/api/v1/{call.address}", **sent)
    assert answer.status_code == call.status, (call.operation, answer.content.decode())
    return None if call.status == 204 else answer.json()


def cut(value: Any) -> Any:
    """Return a document with the first items of each list.

    The first notices are as old as the tables, so their moment is always the same here.
    """
    if isinstance(value, dict):
        moment = {"since": NOW.isoformat()} if "since" in value else {}
        return {name: cut(each) for name, each in value.items()} | moment
    if isinstance(value, list):
        return [cut(each) for each in value[:SHOWN]]
    return round(value, 6) if isinstance(value, float) else value
