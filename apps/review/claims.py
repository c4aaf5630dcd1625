"""Claims keep two editors from changing the same translation at once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User

from apps.review.models import Claim
from apps.translation.models import Translation


def active_claim(translation_key: int, *, now: datetime) -> Claim | None:
    """Return the unexpired claim on a translation, with its editor."""
    return (
        Claim.objects.filter(translation=translation_key, expires_at__gt=now)
        .select_related("editor")
        .first()
    )


def save_claim(
    translation: Translation, claim: Claim | None, *, actor: User, now: datetime
) -> Claim:
    """Give `actor` the claim on a locked translation for CLAIM_MINUTES, and return it.

    `claim` is the present claim, of any editor, also an expired one.
    """
    if claim is None:
        claim = Claim(translation=translation)
    if claim.editor_id != actor.pk:
        claim.editor, claim.claimed_at = actor, now
    claim.expires_at = now + timedelta(minutes=settings.CLAIM_MINUTES)
    claim.save()
    return claim


def delete_claim(translation_key: int, *, actor: User) -> None:
    """Delete `actor`'s claim on a translation, if there is one."""
    Claim.objects.filter(translation=translation_key, editor=actor).delete()
