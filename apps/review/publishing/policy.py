"""Publishing without an editor, by the policy of the site."""

from datetime import datetime

from django.db.models import F

from apps.discovery.models import Score
from apps.review.acts.publish import Publish
from apps.translation.models import Translation
from apps.translation.status import ForbiddenTransition, TranslationStatus


def publish_ready(*, policy: str, now: datetime, limit: int = 200) -> int:
    """Publish up to `limit` ready translations as unreviewed if `policy` is "clean".

    Translations of papers without a score wait for it. Returns the number of published ones.
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
            # Another worker or an editor changed the status in the meantime.
            continue
        published += 1
    return published
