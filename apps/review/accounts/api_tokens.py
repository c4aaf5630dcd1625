"""API tokens: made by whom they are for, looked up at each request, revoked, never deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.review.accounts.api_token_format import SHOWN, is_token_text, new_token_text, token_digest
from apps.review.models import LONGEST_NAME, ApiToken, Scope
from apps.review.permissions import NotAllowed, Right, require

DEFAULT_LIFE = timedelta(days=90)
LONGEST_LIFE = timedelta(days=366)
HIGHEST_LIMIT = 100_000
"""Requests a minute that an administrator may allow a token."""

_TOKEN = "_papersite_token"


class BadToken(Refusal):
    """A token cannot be made so; `field` is what to change, the message says how."""

    code = "bad-token"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TokenRefused(Refusal):
    """A token that somebody came with does not count; the message says what to do."""

    code = "token-refused"
    status = 401


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token and its text, which is known at this moment and never again."""

    token: ApiToken
    text: str


@transaction.atomic
def make_token(
    *,
    owner: User,
    name: str,
    scopes: Collection[str],
    expires_at: datetime,
    per_minute: int | None = None,
    now: datetime,
) -> NewToken:
    """Make a token for `owner`, who has to be the one who asks, and return it with its text.

    per_minute: its own limit, None for API_TOKEN_PER_MINUTE. Without scopes it reads what
    everybody may read, under a limit of its own.

    Raises BadToken for a name, scope, expiry or limit that cannot be.
    """
    # Two forms sent at once would otherwise both find the name free.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    text = new_token_text()
    token = ApiToken(
        owner=owner,
        name=_checked_name(owner, name),
        beginning=text[:SHOWN],
        digest=token_digest(text),
        scopes=_checked_scopes(scopes),
        per_minute=validate_limit(per_minute, actor=owner),
        created_at=now,
        expires_at=_checked_expiry(expires_at, now),
    )
    token.save(force_insert=True)
    return NewToken(token, text)


def authenticate_token(text: str, *, now: datetime) -> ApiToken:
    """Return the token whose text somebody came with, with its owner. One query.

    Notes the day on which it is used: a further query, once a day.

    Raises TokenRefused for what is no token, is unknown, has expired or was revoked, and for one
    whose account is not active or may not enter the admin any more.
    """
    if not is_token_text(text):
        raise TokenRefused(
            _(
                "This is not a papersite token, or a part of it is missing. Copy all of it "
                "again: it begins with papersite_ and has 69 characters."
            )
        )
    # An index is asked for a hash that whoever guesses cannot steer, so the time that it takes
    # says nothing about the tokens that there are.
    token = ApiToken.objects.select_related("owner").filter(digest=token_digest(text)).first()
    if token is None:
        raise TokenRefused(_("This site does not know this token. Create one in the admin."))
    _require_usable(token, now)
    _note_use(token, now)
    return token


def revoke_token(token_key: int, *, actor: User, now: datetime) -> ApiToken:
    """End a token at once and return it; one that was revoked before stays as it is.

    Raises NotAllowed for somebody else's without the right to revoke everybody's.
    """
    with transaction.atomic():
        token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token_key)
        if not may_manage_token(actor, token):
            raise NotAllowed(_("This token belongs to another account. Ask an administrator."))
        if token.revoked_at is None:
            token.revoked_at, token.revoked_by = now, actor
            token.save(update_fields=["revoked_at", "revoked_by"])
    return token


def set_limit(token_key: int, per_minute: int | None, *, actor: User) -> None:
    """Give a token another limit of its own, None for the site's.

    Raises NotAllowed without the right over everybody's tokens, BadToken for what cannot be.
    """
    require(actor, Right.TOKENS)
    limit = validate_limit(per_minute, actor=actor)
    ApiToken.objects.filter(pk=token_key).update(per_minute=limit)


def may_manage_token(actor: User, token: ApiToken) -> bool:
    """Whether a token is `actor`'s own, or `actor` may see and revoke everybody's."""
    return token.owner_id == actor.pk or actor.has_perm(Right.TOKENS.value)


def acting_account(token: ApiToken) -> User:
    """Return the account that a token acts for; `token_used_by` knows from it which token it is."""
    owner = token.owner
    setattr(owner, _TOKEN, token)
    return owner


def token_used_by(actor: User | None) -> ApiToken | None:
    """Return the token by which `actor` came, None for a person in the admin and for nobody."""
    return getattr(actor, _TOKEN, None)


def rate_limit_of(token: ApiToken) -> int:
    """Return how many requests a minute a token may send; 0 for any number."""
    default: int = settings.API_TOKEN_PER_MINUTE
    return default if token.per_minute is None else token.per_minute


def validate_limit(per_minute: int | None, *, actor: User) -> int | None:
    """Return a token's own limit as `actor` may set it. Raises BadToken for what cannot be.

    Lower than that of the site it may be for everybody, higher only by administrators.
    """
    if per_minute is None:
        return None
    usual: int = settings.API_TOKEN_PER_MINUTE or HIGHEST_LIMIT
    most = HIGHEST_LIMIT if actor.has_perm(Right.TOKENS.value) else usual
    if not 1 <= per_minute <= most:
        raise BadToken(
            "per_minute",
            _("Choose from 1 to %(most)s requests per minute, or leave it empty.") % {"most": most},
        )
    return per_minute


def _checked_name(owner: User, name: str) -> str:
    written = " ".join(name.split())
    if not written or "\0" in written:
        raise BadToken("name", _("Give the token a name, such as the program that uses it."))
    if len(written) > LONGEST_NAME:
        raise BadToken("name", _("A name has at most %s characters.") % LONGEST_NAME)
    if ApiToken.objects.of(owner).filter(name=written, revoked_at__isnull=True).exists():
        raise BadToken(
            "name", _("You already have a token with this name. Revoke it, or choose another name.")
        )
    return written


def _checked_scopes(scopes: Collection[str]) -> list[str]:
    unknown = sorted(set(scopes) - set(Scope.values))
    if unknown:
        raise BadToken(
            "scopes",
            _("There is no scope “%(unknown)s”. Choose from: %(known)s.")
            % {"unknown": unknown[0], "known": ", ".join(Scope.values)},
        )
    return [scope for scope in Scope.values if scope in scopes]


def _checked_expiry(expires_at: datetime, now: datetime) -> datetime:
    if not now < expires_at <= now + LONGEST_LIFE:
        raise BadToken(
            "expires_at",
            _("A token must expire: today at the earliest, in %s days at the latest.")
            % (LONGEST_LIFE.days - 1),
        )
    return expires_at


def _require_usable(token: ApiToken, now: datetime) -> None:
    if token.revoked_at is not None:
        raise TokenRefused(_("This token was revoked. Create a new one in the admin."))
    if token.expires_at <= now:
        raise TokenRefused(
            _("This token expired on %s. Create a new one in the admin.")
            % token.expires_at.astimezone(UTC).date().isoformat()
        )
    if not (token.owner.is_active and token.owner.is_staff):
        raise TokenRefused(_("The account of this token is not active. Ask an administrator."))


def _note_use(token: ApiToken, now: datetime) -> None:
    """Note the day. Only the first request of a day writes."""
    today = now.astimezone(UTC).date()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        token.last_used_on = today
