"""Remove expired exports: keep the latest full ones and their increments."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from apps.public.exports import storage
from apps.public.exports.write.manifest import CHECKSUMS, MANIFEST, README
from apps.public.models import MOST_ATTEMPTS, ExportKind, ExportRun, ExportStatus

GIVEN_UP_AFTER = timedelta(days=1)


def expired_exports(*, keep: int, now: datetime) -> QuerySet[ExportRun]:
    """Return the exports to remove.

    Those older than the `keep`-th latest full one, those given up a day ago or longer, and those
    whose removal was interrupted.
    """
    full = ExportRun.objects.complete().filter(kind=ExportKind.FULL)
    moments = list(full.values_list("until", flat=True)[: max(keep, 1)])
    unwanted = Q(status=ExportStatus.REMOVED) | Q(
        status__in=(ExportStatus.FAILED, ExportStatus.RUNNING),
        attempts__gte=MOST_ATTEMPTS,
        touched_at__lt=now - GIVEN_UP_AFTER,
    )
    if len(moments) == max(keep, 1):
        unwanted |= Q(status=ExportStatus.COMPLETE, until__lt=moments[-1])
    return ExportRun.objects.filter(unwanted).order_by("started_at")


def sweep_exports(*, keep: int, now: datetime) -> list[str]:
    """Hide expired exports, then delete them; return the names of their folders."""
    removed = []
    for run in expired_exports(keep=keep, now=now):
        ExportRun.objects.filter(pk=run.pk).update(status=ExportStatus.REMOVED)
        names = list(run.parts.values_list("name", flat=True))
        # The manifest first: a folder without one is not an export.
        storage.remove(run.folder, [MANIFEST, CHECKSUMS, README, *names])
        run.delete()
        removed.append(run.folder)
    return removed
