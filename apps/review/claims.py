"""Claims: two editors never work on the same translation without knowing of each other."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User

from apps.review.models import Claim
from apps.translation.models import Translation


def active_claim(translation_key: int, *, now: datetime) -> Claim | None:
    """Return the claim that runs on a translation, with its editor."""
    return (
        Claim.objects.filter(translation=translation_key, expires_at__gt=now)
        .select_related("editor")
        .first()
    )


def write_claim(
    translation: Translation, known: Claim | None, *, actor: User, now: datetime
) -> Claim:
    """Make the claim on a locked translation `actor`'s for the next CLAIM_MINUTES; return it.

    Args:
        translation: The translation.
        known: The claim that there is, whoever has it and whether or not it has ended.
        actor: The editor.
        now: The time.
    """
    expires = now + timedelta(minutes=settings.CLAIM_MINUTES)
    if known is None:
        return Claim.objects.create(
            translation=translation, editor=actor, claimed_at=now, expires_at=expires
        )
    if known.editor_id != actor.pk:
        known.editor = actor
        known.claimed_at = now
    known.expires_at = expires
    known.save(update_fields=["editor", "claimed_at", "expires_at"])
    return known


def drop_claim(translation_key: int, *, actor: User) -> None:
    """Delete `actor`'s claim on a translation; somebody else's stays."""
    Claim.objects.filter(translation=translation_key, editor=actor).delete()
