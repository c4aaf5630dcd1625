"""Who asks the API: a token counts, a bad one is refused everywhere, a cookie is not looked at."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.review.accounts.api_token_format import new_token_text
from apps.review.accounts.api_tokens import revoke_token
from apps.review.models import ApiToken
from tests.public.api.programs import account, program, program_with, token_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]
OPEN = ("/api/v1/papers/", "/api/v1/categories/", "/api/v1/schema/", "/api/v1/search/?q=x")


def made():
    return token_for(account())


@pytest.mark.parametrize("address", OPEN)
def test_what_everybody_may_read_a_program_may_read_too(address):
    assert program().get(address).status_code == Client().get(address).status_code == 200


def expired(token):
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(days=1))


def revoked(token):
    revoke_token(token.pk, actor=token.owner, now=timezone.now())


def inactive(token):
    type(token.owner).objects.filter(pk=token.owner.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("change", "said"),
    [(expired, "expired on"), (revoked, "was revoked"), (inactive, "not active")],
    ids=["expired", "revoked", "of an inactive account"],
)
@pytest.mark.parametrize("address", OPEN)
def test_a_token_that_counts_no_more_is_refused_where_none_is_needed(address, change, said):
    new = made()
    change(new.token)
    answer = program_with(new.text).get(address)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert answer["WWW-Authenticate"] == 'Bearer realm="papersite", error="invalid_token"'
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Bearer", "not a papersite token"),
        ("Bearer ", "not a papersite token"),
        ("Bearer sheep", "not a papersite token"),
        ("Bearer papersite_" + "a" * 59, "not a papersite token"),
        ("Bearer a, Bearer b", "not a papersite token"),
        ("Basic aGFuYWtvOng=", "Authorization: Bearer"),
        ("Token papersite_x", "Authorization: Bearer"),
        ("\xe9", "Authorization: Bearer"),
        ("Bearer \xff\x00", "not a papersite token"),
    ],
)
def test_what_is_no_token_is_told_what_to_send(header, said):
    answer = Client(headers={"Authorization": header, "Accept-Language": "en"}).get(OPEN[0])
    assert answer.status_code == 401
    assert said in answer.json()["detail"]


def test_a_token_that_nobody_made_is_unknown():
    answer = program_with(new_token_text()).get(OPEN[0])
    assert answer.status_code == 401
    assert "does not know this token" in answer.json()["detail"]


def test_the_scheme_is_read_in_any_case():
    client = Client(headers={"Authorization": f"bearer {made().text}"})
    assert client.get(OPEN[0]).status_code == 200


def test_a_session_opens_nothing(client):
    client.force_login(account())
    answer = client.get("/api/v1/desk/queue/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="papersite"'


def test_what_a_program_reads_is_kept_by_itself_alone():
    assert program().get(OPEN[0])["Cache-Control"].startswith("private")
    assert Client().get(OPEN[0])["Cache-Control"].startswith("public")


def test_a_token_costs_one_query(django_assert_num_queries):
    client = program()
    client.get("/api/v1/categories/")
    with django_assert_num_queries(3):
        client.get("/api/v1/categories/")
