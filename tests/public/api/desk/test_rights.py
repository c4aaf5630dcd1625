"""A token opens what its scopes say, and never more than its account may do."""

import pytest

from apps.review.models import Scope
from apps.review.permissions import GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS
from tests.public.api.programs import Editor, account, program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counters")]


def of_role(role: str) -> Editor:
    return Editor(program(account(f"a {role}", role)))


# A token gives no more than its account has


def test_a_translator_with_every_scope_does_not_publish(ready):
    translator = of_role(TRANSLATORS)
    where = f"translations/{ready.pk}/decisions/"
    problem = translator.ask("post", where, {"kind": "approve"}, 403)
    assert "approve a text after reading it" in problem["detail"]
    translator.ask("post", where, {"kind": "retranslate"}, 201)


def test_each_role_can_do_its_tasks(site):
    translator, keeper = of_role(TRANSLATORS), of_role(GLOSSARY_KEEPERS)
    term = f"glossary/{site.term.pk}/"
    assert "permission" in translator.ask("patch", term, {"note": "x"}, 403)["detail"]
    keeper.ask("patch", term, {"note": "x"})
    body = {"text": "人の訳。", "seen": site.segment.text}
    keeper.ask("patch", f"segments/{site.segment.pk}/", body, 403)
    keeper.get("suggestions/", 403)
    of_role(REVIEWERS).ask("post", "harvests/", {"set_spec": "cs", "from_date": "2026-01-01"}, 403)


@pytest.mark.parametrize(
    ("scope", "method", "where"),
    [
        ("segments:write", "patch", "segments/{segment.pk}/"),
        ("decisions:write", "post", "translations/{translation.pk}/decisions/"),
        ("suggestions:answer", "post", "suggestions/{suggestion.pk}/decline/"),
        ("glossary:write", "patch", "glossary/{term.pk}/"),
        ("memory:write", "delete", "memory/{memory.pk}/"),
        ("harvest:write", "post", "harvests/{run.pk}/stop/"),
        ("desk:read", "get", "queue/"),
    ],
)
def test_a_scope_that_is_missing_is_named(site, scope, method, where):
    others = [other for other in Scope.values if other != scope]
    client = program(account(), *others)
    answer = getattr(client, method)(
        f"/api/v1/desk/{where.format(**vars(site))}", {}, content_type="application/json"
    )
    assert answer.status_code == 403
    assert scope in answer.json()["detail"]
    expected = f'Bearer realm="papersite", error="insufficient_scope", scope="{scope}"'
    assert answer["WWW-Authenticate"] == expected
