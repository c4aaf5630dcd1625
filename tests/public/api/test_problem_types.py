"""Problem types, by which programs tell refusals apart."""

from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils import timezone

from apps.core.refusals import Refusal
from apps.public.api.problem_types import TYPES, status_of
from tests.public.api.programs import account, program
from tests.support.acts import claim
from tests.support.builders import build_paper
from tests.support.factories import ready_translation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counters")]

SITE_ONLY = {
    "bad-filter", "bad-token", "cannot-choose", "cannot-export", "cannot-publish",
    "cannot-restore", "cannot-save-filter", "cannot-suggest", "engine-unavailable", "no-claim",
    "nothing-to-restore", "nothing-to-undo", "refused", "run-failed", "run-taken",
    "token-refused", "too-general", "too-many-at-once",
}  # fmt: skip
"""Refusals of the admin, commands and workers, which the API never answers."""


@pytest.fixture
def send(db):
    client = program()

    def ask(method, address, body):
        answer = getattr(client, method)(
            f"/api/v1/desk/{address}", body, content_type="application/json"
        )
        return answer.status_code, answer.json()

    return ask


def kinds(cls=Refusal):
    for kind in cls.__subclasses__():
        yield kind
        yield from kinds(kind)


def code_in(problem) -> str:
    return problem["type"].removesuffix("/").rpartition("/")[2]


def test_each_refusal_has_its_own_problem_type(send):
    ready = ready_translation(build_paper())
    sentence = ready.segments.filter(field="abstract").earliest("position")
    term = {"source": "agent", "target": "エージェント"}
    assert send("post", "glossary/", term)[0] == 201
    status, exists = send("post", "glossary/", term)
    assert (status, code_in(exists), exists["title"]) == (409, "already-exists", "Already exists")
    body = {"text": "人の訳。", "seen": "前の訳。"}
    status, changed = send("patch", f"segments/{sentence.pk}/", body)
    assert (status, code_in(changed)) == (409, "changed-meanwhile")
    assert changed["present"] == sentence.text
    where = f"translations/{ready.pk}/decisions/"
    assert send("post", where, {"kind": "approve"})[0] == 201
    status, again = send("post", where, {"kind": "approve"})
    assert (status, code_in(again)) == (409, "already-decided")
    claim(ready.pk, actor=account("kenji"), now=timezone.now())
    status, claimed = send("patch", f"segments/{sentence.pk}/", body)
    assert (status, code_in(claimed)) == (409, "claimed-by-other")


def test_untranslated_text_has_its_own_problem_type(send):
    ready = ready_translation(build_paper())
    ready.segments.filter(field="abstract").update(text="", state="failed")
    status, problem = send("post", f"translations/{ready.pk}/decisions/", {"kind": "publish"})
    assert (status, code_in(problem)) == (409, "untranslated")


def test_the_type_leads_to_a_description(client, send, settings):
    ready = ready_translation(build_paper())
    sentence = ready.segments.filter(field="abstract").earliest("position")
    _status, problem = send("post", f"segments/{sentence.pk}/approval/", {"seen": "別の文。"})
    assert problem["type"].startswith(settings.SITE_URL)
    found = client.get(problem["type"].removeprefix(settings.SITE_URL.rstrip("/"))).json()
    assert (found["type"], found["title"]) == (problem["type"], problem["title"])
    assert found["status"] == 409
    assert "`present`" in found["description"]


def test_all_problem_types_are_listed_with_descriptions(client):
    listed = client.get("/api/v1/problems/").json()["results"]
    assert [each["code"] for each in listed] == sorted(TYPES)
    for each in listed:
        assert each["description"].endswith("."), each
        assert each["status"] in (403, 409, 429, 503)
    assert client.get("/api/v1/problems/sheep/").status_code == 404


def test_other_problems_have_the_type_about_blank(client):
    for address in ("papers/?limit=0", "papers/2602.99999/", "desk/queue/"):
        assert client.get(f"/api/v1/{address}").json()["type"] == "about:blank"


def test_every_refusal_of_the_desk_has_a_problem_type():
    get_resolver()
    rooms = ("apps.review.", "apps.translation.status", "apps.translation.glossary.entries")
    found = {kind.code for kind in kinds() if kind.__module__.startswith(rooms)}
    assert found <= TYPES.keys() | SITE_ONLY
    assert not SITE_ONLY & TYPES.keys()


def test_the_document_lists_every_code():
    text = Path("docs/api.md").read_text(encoding="utf-8")
    for code, kind in TYPES.items():
        assert f"| `{code}` | {status_of(kind)} |" in text, code
