"""API tokens: created by their owners, checked at each request, revoked but never deleted."""

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
"""The most requests per minute that an administrator may allow a token."""

_TOKEN = "_papersite_token"


class BadToken(Refusal):
    """A token cannot be created with these values; `field` names the wrong one."""

    code = "bad-token"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TokenRefused(Refusal):
    """A token is not accepted; the message says what to do."""

    code = "token-refused"
    status = 401


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token and its text, which is shown once and not stored."""

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
    """Create a token.

    Args:
        owner: the account that asks for the token; nobody creates tokens for others.
        name: unique among the owner's tokens that are not revoked.
        scopes: values of Scope; without any, the token reads public data only.
        expires_at: at most LONGEST_LIFE from now.
        per_minute: its rate limit; None for API_TOKEN_PER_MINUTE.
        now: the current time.

    Returns:
        The token and its text.

    Raises:
        BadToken: a name, scope, expiry or limit is not possible.
    """
    # Without this lock, two requests at the same time would both find the name free.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    text = new_token_text()
    token = ApiToken(
        owner=owner,
        name=_valid_name(owner, name),
        beginning=text[:SHOWN],
        digest=token_digest(text),
        scopes=_valid_scopes(scopes),
        per_minute=validate_limit(per_minute, actor=owner),
        created_at=now,
        expires_at=_valid_expiry(expires_at, now),
    )
    token.save(force_insert=True)
    return NewToken(token, text)


def authenticate_token(text: str, *, now: datetime) -> ApiToken:
    """Find the token of a request, and record the day of its use.

    One query, and a second one on the first use of a day.

    Args:
        text: what the request sent as its token.
        now: the current time.

    Returns:
        The token with its owner.

    Raises:
        TokenRefused: the token is malformed, unknown, expired or revoked, or its account is not
            active or no longer an editor's.
    """
    if not is_token_text(text):
        raise TokenRefused(
            _(
                "This is not a papersite token, or a part of it is missing. Copy all of it "
                "again: it begins with papersite_ and has 69 characters."
            )
        )
    # The lookup is by hash, which a guesser cannot steer, so its duration reveals nothing.
    token = ApiToken.objects.select_related("owner").filter(digest=token_digest(text)).first()
    if token is None:
        raise TokenRefused(_("This site does not know this token. Create one in the admin."))
    _require_usable(token, now)
    _record_use(token, now)
    return token


def revoke_token(token_key: int, *, actor: User, now: datetime) -> ApiToken:
    """End a token at once and return it. A token that is already revoked stays unchanged.

    Raises NotAllowed for another account's token without the right to revoke all tokens.
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
    """Set the rate limit of a token; None means the site's.

    Raises NotAllowed without the right over all tokens, BadToken for an impossible limit.
    """
    require(actor, Right.TOKENS)
    limit = validate_limit(per_minute, actor=actor)
    ApiToken.objects.filter(pk=token_key).update(per_minute=limit)


def may_manage_token(actor: User, token: ApiToken) -> bool:
    """Whether `actor` owns the token or may see and revoke all tokens."""
    return token.owner_id == actor.pk or actor.has_perm(Right.TOKENS.value)


def acting_account(token: ApiToken) -> User:
    """Get the account that a token acts for, marked so that decisions name the token.

    Args:
        token: an authenticated token, loaded with its owner.

    Returns:
        The owner; `token_used_by` finds the token on this object.
    """
    owner = token.owner
    setattr(owner, _TOKEN, token)
    return owner


def token_used_by(actor: User | None) -> ApiToken | None:
    """Return the token with which `actor` sent the request; None for a person in the admin."""
    return getattr(actor, _TOKEN, None)


def rate_limit_of(token: ApiToken) -> int:
    """Get the rate limit of a token.

    Args:
        token: the token.

    Returns:
        Requests per minute; 0 for no limit.
    """
    default: int = settings.API_TOKEN_PER_MINUTE
    return default if token.per_minute is None else token.per_minute


def validate_limit(per_minute: int | None, *, actor: User) -> int | None:
    """Return the limit if `actor` may set it, else raise BadToken.

    Every owner may set a limit below the site's; only administrators set a higher one.
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


def _valid_name(owner: User, name: str) -> str:
    name = " ".join(name.split())
    if not name or "\0" in name:
        raise BadToken("name", _("Give the token a name, such as the program that uses it."))
    if len(name) > LONGEST_NAME:
        raise BadToken("name", _("A name has at most %s characters.") % LONGEST_NAME)
    if ApiToken.objects.of(owner).filter(name=name, revoked_at__isnull=True).exists():
        raise BadToken(
            "name", _("You already have a token with this name. Revoke it, or choose another name.")
        )
    return name


def _valid_scopes(scopes: Collection[str]) -> list[str]:
    unknown = sorted(set(scopes) - set(Scope.values))
    if unknown:
        raise BadToken(
            "scopes",
            _("There is no scope “%(unknown)s”. Choose from: %(known)s.")
            % {"unknown": unknown[0], "known": ", ".join(Scope.values)},
        )
    return [scope for scope in Scope.values if scope in scopes]


def _valid_expiry(expires_at: datetime, now: datetime) -> datetime:
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


def _record_use(token: ApiToken, now: datetime) -> None:
    today = now.astimezone(UTC).date()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        token.last_used_on = today
