"""Claims: two editors never work on the same translation without knowing of each other."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.review.models import Claim
from apps.review.permissions import Right, require
from apps.translation.models import Translation


class ClaimedByOther(Exception):
    """Somebody else is working on the translation; `claim` is theirs. Take it over, or wait."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        until = date_format(claim.expires_at, "TIME_FORMAT")
        super().__init__(
            _(
                "%(editor)s has claimed this translation until %(until)s (UTC). Take it over, or "
                "wait."
            )
            % {"editor": claim.editor.get_username(), "until": until}
        )


def active_claim(translation_key: int, *, now: datetime) -> Claim | None:
    """Return the claim that runs on a translation, with its editor."""
    return (
        Claim.objects.filter(translation=translation_key, expires_at__gt=now)
        .select_related("editor")
        .first()
    )


@transaction.atomic
def claim(translation_key: int, *, actor: User, now: datetime, take_over: bool = False) -> Claim:
    """Claim a translation for `actor`, or lengthen their claim; return it.

    It runs for `CLAIM_MINUTES`. With `take_over` somebody else's claim becomes `actor`'s.

    Raises ClaimedByOther while somebody else's runs, NotAllowed without the right to edit, and
    Translation.DoesNotExist.
    """
    require(actor, Right.EDIT)
    # The translation's row is the lock: without it two editors could both find it free.
    Translation.objects.select_for_update(of=("self",), no_key=True).get(pk=translation_key)
    return extend_claim(translation_key, actor=actor, now=now, take_over=take_over)


def extend_claim(
    translation_key: int, *, actor: User, now: datetime, take_over: bool = False
) -> Claim:
    """Do as `claim`, for a service that holds the translation's row and has asked for the right."""
    expires = now + timedelta(minutes=settings.CLAIM_MINUTES)
    found = Claim.objects.select_related("editor").filter(translation=translation_key).first()
    if found is None:
        return Claim.objects.create(
            translation_id=translation_key, editor=actor, claimed_at=now, expires_at=expires
        )
    if found.editor_id != actor.pk:
        if found.expires_at > now and not take_over:
            raise ClaimedByOther(found)
        found.editor = actor
        found.claimed_at = now
    found.expires_at = expires
    found.save(update_fields=["editor", "claimed_at", "expires_at"])
    return found


def release(translation_key: int, *, actor: User) -> None:
    """Give up `actor`'s claim; somebody else's stays."""
    Claim.objects.filter(translation=translation_key, editor=actor).delete()


def require_unclaimed(translation_key: int, *, actor: User, now: datetime) -> None:
    """Raise ClaimedByOther while somebody other than `actor` is working on the translation."""
    found = active_claim(translation_key, now=now)
    if found is not None and found.editor_id != actor.pk:
        raise ClaimedByOther(found)
