"""The pages of API tokens in the admin."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from apps.review.accounts.api_token_format import PATTERN
from apps.review.accounts.api_tokens import authenticate_token, make_token
from apps.review.models import ApiToken
from apps.review.permissions import ADMINISTRATORS, TRANSLATORS

pytestmark = pytest.mark.django_db
LIST, ADD = (reverse(f"admin:review_apitoken_{name}") for name in ("changelist", "add"))


def page_of(token, name="change"):
    return reverse(f"admin:review_apitoken_{name}", args=[token.pk])


@pytest.fixture
def hanako(person):
    return person("hanako", TRANSLATORS)


def token_for(owner, name="script"):
    now = timezone.now()
    return make_token(
        owner=owner, name=name, scopes=[], expires_at=now + timedelta(days=9), now=now
    )


def form(**fields):
    today = timezone.now().date()
    return {
        "name": "nightly", "scopes": ["desk:read"], "expires_at": today + timedelta(days=30),
        "per_minute": "", **fields,
    }  # fmt: skip


def test_a_new_token_is_shown_in_full_once_and_works(client, hanako):
    client.force_login(hanako)
    answer = client.post(ADD, form())
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    (text,) = set(re.findall(PATTERN, answer.content.decode()))
    token = authenticate_token(text, now=timezone.now())
    assert (token.owner, token.name, token.scopes) == (hanako, "nightly", ["desk:read"])
    for address in (LIST, page_of(token), page_of(token, "history")):
        shown = client.get(address)
        assert shown.status_code == 200
        assert "nightly" in shown.content.decode()
        assert not re.search(PATTERN, shown.content.decode())


def test_sending_the_form_again_creates_no_second_token(client, hanako):
    client.force_login(hanako)
    client.post(ADD, form())
    answer = client.post(ADD, form())
    assert answer.context["form"].errors["name"]
    assert ApiToken.objects.count() == 1


def test_the_form_begins_with_ninety_days(client, hanako):
    client.force_login(hanako)
    expected = (timezone.now() + timedelta(days=90)).date()
    assert f'value="{expected.isoformat()}"' in client.get(ADD).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("scopes", ["everything"]),
        ("expires_at", "2020-01-01"),
        ("expires_at", "9999-12-31"),
        ("expires_at", "soon"),
        ("per_minute", "0"),
        ("per_minute", "99999"),
    ],
)
def test_a_mistake_is_shown_beside_its_field(client, hanako, settings, field, value):
    settings.API_TOKEN_PER_MINUTE = 600
    client.force_login(hanako)
    answer = client.post(ADD, form(**{field: value}))
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert not ApiToken.objects.exists()


def test_editors_see_their_own_tokens_and_administrators_all(client, hanako, person):
    boss = person("boss", ADMINISTRATORS)
    own, other = token_for(hanako, "hers").token, token_for(boss, "theirs").token
    client.force_login(hanako)
    assert "theirs" not in client.get(LIST).content.decode()
    assert client.get(page_of(own)).status_code == 200
    assert client.get(page_of(other)).status_code == 302
    assert client.post(page_of(other, "revoke")).status_code == 403
    client.force_login(boss)
    assert {"hers", "theirs"} <= set(re.findall(r"hers|theirs", client.get(LIST).content.decode()))
    assert client.get(page_of(own)).status_code == 200


def test_administrators_set_the_limit_of_a_token_and_nothing_else(client, hanako, person):
    token = token_for(hanako).token
    client.force_login(person("boss", ADMINISTRATORS))
    answer = client.post(page_of(token), {"per_minute": "5000", "name": "x", "scopes": "desk:read"})
    assert answer.status_code == 302
    token.refresh_from_db()
    assert (token.per_minute, token.name, token.scopes) == (5000, "script", [])
    client.force_login(hanako)
    assert client.post(page_of(token), {"per_minute": "9000"}).status_code == 403


def test_a_token_is_revoked_from_its_page_and_from_the_list(client, hanako):
    first, second = token_for(hanako).token, token_for(hanako, "other").token
    client.force_login(hanako)
    assert gettext("Revoke") in client.get(page_of(first)).content.decode()
    client.post(page_of(first, "revoke"))
    client.post(LIST, {"action": "revoke", "_selected_action": [second.pk]})
    assert not ApiToken.objects.filter(revoked_at__isnull=True).exists()
    assert client.get(page_of(first)).status_code == 200


def test_tokens_are_never_deleted(client, django_user_model):
    boss = django_user_model.objects.create_superuser("root")
    token = token_for(boss).token
    client.force_login(boss)
    assert client.post(page_of(token, "delete"), {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [token.pk], "post": "yes"})
    assert ApiToken.objects.exists()


def test_the_index_links_to_the_tokens(client, hanako):
    client.force_login(hanako)
    assert LIST in client.get(reverse("admin:index")).content.decode()
