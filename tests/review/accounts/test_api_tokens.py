"""API tokens: format, creation, authentication and revocation."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import translation

from apps.review.accounts.api_token_format import (
    PREFIX,
    SHOWN,
    is_token_text,
    new_token_text,
    token_digest,
)
from apps.review.accounts.api_tokens import (
    DEFAULT_LIFE,
    HIGHEST_LIMIT,
    LONGEST_LIFE,
    BadToken,
    TokenRefused,
    acting_account,
    authenticate_token,
    make_token,
    rate_limit_of,
    revoke_token,
    set_limit,
)
from apps.review.history.timeline import history_of
from apps.review.models import ApiToken, Scope
from apps.review.permissions import ADMINISTRATORS, REVIEWERS, TRANSLATORS, NotAllowed
from tests.support.acts import publish
from tests.support.builders import NOW
from tests.support.translations import translated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def token_for(owner, **fields):
    given = {
        "name": "script", "scopes": [], "expires_at": NOW + DEFAULT_LIFE, "now": NOW, **fields
    }  # fmt: skip
    return make_token(owner=owner, **given)


# The text


def test_a_token_is_recognised_by_prefix_length_and_checksum():
    text = new_token_text()
    assert text.startswith(PREFIX)
    assert len(text) == 69
    assert is_token_text(text)
    assert new_token_text() != text


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda text: "", id="nothing"),
        pytest.param(lambda text: text[:-1], id="cut off"),
        pytest.param(lambda text: text + "a", id="longer"),
        pytest.param(lambda text: text.upper(), id="capitals"),
        pytest.param(lambda text: text.removeprefix(PREFIX), id="without its prefix"),
        pytest.param(lambda text: text[:-1] + ("a" if text[-1] != "a" else "b"), id="checksum"),
        pytest.param(
            lambda text: text[:20] + ("a" if text[20] != "a" else "b") + text[21:], id="mistyped"
        ),
        pytest.param(lambda text: text + "\n", id="line break"),
        pytest.param(lambda text: text[:-1] + "é", id="no ASCII"),
    ],
)
def test_a_damaged_token_is_not_recognised(spoil):
    assert not is_token_text(spoil(new_token_text()))


def test_only_a_hash_and_the_first_characters_are_stored(person):
    made = token_for(person("hanako"))
    stored = ApiToken.objects.values().get()
    assert stored["digest"] == hashlib.sha256(made.text.encode()).hexdigest()
    assert stored["beginning"] == made.text[:SHOWN]
    assert not any(made.text in str(value) for value in stored.values())


# Making


def test_scopes_are_ordered_and_the_name_is_tidied(person):
    given = [Scope.GLOSSARY_WRITE.value, Scope.DESK_READ.value]
    token = token_for(person("hanako"), name="  my \n script ", scopes=given).token
    assert token.scopes == ["desk:read", "glossary:write"]
    assert token.name == "my script"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"expires_at": NOW}, "expires_at"),
        ({"expires_at": NOW + LONGEST_LIFE + timedelta(seconds=1)}, "expires_at"),
        ({"per_minute": 0}, "per_minute"),
        ({"per_minute": 601}, "per_minute"),
    ],
    ids=str,
)
def test_an_impossible_value_is_refused_with_its_field(person, settings, fields, field):
    settings.API_TOKEN_PER_MINUTE = 600
    with pytest.raises(BadToken) as refused:
        token_for(person("hanako"), **fields)
    assert refused.value.field == field
    assert not ApiToken.objects.exists()


def test_revoking_a_token_frees_its_name(person):
    hanako, kenji = person("hanako"), person("kenji")
    first = token_for(hanako).token
    token_for(kenji)
    with pytest.raises(BadToken, match="another name"):
        token_for(hanako)
    revoke_token(first.pk, actor=hanako, now=NOW)
    token_for(hanako)


def test_only_administrators_set_a_limit_above_the_sites(person, settings):
    settings.API_TOKEN_PER_MINUTE = 600
    boss, hanako = person("boss", ADMINISTRATORS), person("hanako", REVIEWERS)
    token = token_for(hanako, per_minute=600).token
    assert rate_limit_of(token) == 600
    assert rate_limit_of(token_for(boss, per_minute=HIGHEST_LIMIT).token) == HIGHEST_LIMIT
    with pytest.raises(NotAllowed):
        set_limit(token.pk, 5000, actor=hanako)
    set_limit(token.pk, 5000, actor=boss)
    token.refresh_from_db()
    assert rate_limit_of(token) == 5000
    set_limit(token.pk, None, actor=boss)
    token.refresh_from_db()
    assert rate_limit_of(token) == 600


# Using


def test_a_token_is_found_by_its_text_in_one_query(person, django_assert_num_queries):
    made = token_for(person("hanako"))
    authenticate_token(made.text, now=NOW)
    with django_assert_num_queries(1):
        found = authenticate_token(made.text, now=NOW)
        assert found.owner.username == "hanako"


def test_the_day_of_the_last_use_is_written_once_a_day(person, django_assert_num_queries):
    made = token_for(person("hanako"))
    assert made.token.last_used_on is None
    with django_assert_num_queries(2):
        authenticate_token(made.text, now=NOW)
    with django_assert_num_queries(1):
        authenticate_token(made.text, now=NOW + timedelta(hours=1))
    tomorrow = NOW + timedelta(days=1)
    authenticate_token(made.text, now=tomorrow)
    made.token.refresh_from_db()
    assert made.token.last_used_on == tomorrow.date()


def revoke(token):
    revoke_token(token.pk, actor=token.owner, now=NOW)


def deactivate(token):
    token.owner.is_active = False
    token.owner.save()


def lock_out(token):
    token.owner.is_staff = False
    token.owner.save()


@pytest.mark.parametrize(
    ("change", "now", "said"),
    [
        pytest.param(lambda token: None, NOW + DEFAULT_LIFE, "expired on 2026-05-31", id="expired"),
        pytest.param(revoke, NOW, "was revoked", id="revoked"),
        pytest.param(deactivate, NOW, "not active", id="account"),
        pytest.param(lock_out, NOW, "not active", id="account that may not enter the admin"),
        pytest.param(
            lambda token: ApiToken.objects.update(digest=token_digest("x")), NOW, "does not know",
            id="unknown",
        ),
    ],
)  # fmt: skip
def test_a_refused_token_says_why(person, change, now, said):
    made = token_for(person("hanako"))
    change(made.token)
    with pytest.raises(TokenRefused, match=said):
        authenticate_token(made.text, now=now)
    made.token.refresh_from_db()
    assert made.token.last_used_on is None


def test_a_malformed_token_makes_no_query(django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(TokenRefused, match="begins with papersite_"):
        authenticate_token("Zm9vYmFy", now=NOW)


# Revoking


def test_owners_revoke_their_tokens_and_administrators_all(person):
    hanako, kenji = person("hanako"), person("kenji", TRANSLATORS)
    boss = person("boss", ADMINISTRATORS)
    first, second = token_for(hanako).token, token_for(hanako, name="other").token
    with pytest.raises(NotAllowed):
        revoke_token(first.pk, actor=kenji, now=NOW)
    assert revoke_token(first.pk, actor=hanako, now=NOW).revoked_by == hanako
    assert revoke_token(second.pk, actor=boss, now=NOW).revoked_by == boss
    later = revoke_token(second.pk, actor=hanako, now=NOW + timedelta(days=1))
    assert (later.revoked_at, later.revoked_by) == (NOW, boss)


# What it did


def test_a_decision_names_its_token(person):
    hanako = person("hanako")
    token = authenticate_token(token_for(hanako, name="nightly").text, now=NOW)
    translation = translated()
    decision = publish(translation.pk, actor=acting_account(token), reviewed=True, now=NOW)
    assert decision.actor == hanako
    assert decision.detail["token"] == {"id": token.pk, "name": "nightly"}
    assert history_of(translation).rows[0].who == "hanako (by the token “nightly”)"


def test_a_decision_in_the_admin_names_no_token(person):
    decision = publish(translated().pk, actor=person("hanako"), reviewed=True, now=NOW)
    assert "token" not in decision.detail
