"""Publishing without an editor, where the policy of the site says so."""

from datetime import datetime

from django.db.models import F

from apps.discovery.models import Score
from apps.review.acts.publish import Publish
from apps.translation.models import Translation
from apps.translation.status import ForbiddenTransition, TranslationStatus


def publish_ready(*, policy: str, now: datetime, limit: int = 200) -> int:
    """Publish up to `limit` clean translations as unreviewed, where `policy` is "clean".

    Returns how many were published. Translations of papers that have no score yet wait for it.
    With the policy "held" nothing is published without an editor.
    """
    if policy != "clean":
        return 0
    ready = (
        Translation.objects.filter(
            status=TranslationStatus.READY,
            paper__in=Score.objects.values("paper"),
            source_fingerprint=F("paper__text_fingerprint"),
        )
        .order_by("id")
        .values_list("pk", flat=True)[:limit]
    )
    act = Publish(actor=None, now=now)
    published = 0
    for key in list(ready):
        try:
            act.execute(key)
        except ForbiddenTransition:
            # Another worker or an editor was faster; theirs stands.
            continue
        published += 1
    return published
