"""Summaries by a model, used only if the abstract supports every number and term."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from apps.text.checks.summary_support import unsupported_phrases
from apps.translation.models import SummaryOrigin, Translation
from apps.translation.status import PUBLIC, TranslationStatus
from apps.translation.summarisers.base import Summariser

LONGEST = 300
_LOCK_CLASS = 0x73756D6D


def refusal_reason(summary: str, abstract: str, source: str) -> str:
    """Return why a model's `summary` of `abstract` cannot be used; empty if it can."""
    sentences = [part for part in summary.split("。") if part.strip()]
    if not summary.endswith("。") or not 1 <= len(sentences) <= 3 or "\n" in summary:
        return "not two or three whole sentences"
    if len(summary) > LONGEST:
        return "too long"
    unsupported = unsupported_phrases(summary, abstract, source)
    return f"not in the abstract: {', '.join(unsupported[:5])}" if unsupported else ""


def finished_translations() -> QuerySet[Translation]:
    """Return the translations that are ready or public."""
    return Translation.objects.filter(status__in=[TranslationStatus.READY, *PUBLIC])


def without_model_summary(version: str) -> QuerySet[Translation]:
    """Return finished translations that the summariser `version` has not seen, newest first."""
    extracted = finished_translations().filter(summary_origin=SummaryOrigin.EXTRACTED)
    return extracted.exclude(summary_engine=version).order_by("-id")


def sum_up_batch(summariser: Summariser, *, now: datetime, limit: int = 10) -> int:
    """Summarise up to `limit` translations, and return their number.

    No row is locked during a request: a summary or abstract that changes in the meantime wins.
    Raises SummariserUnavailable; earlier summaries stay.
    """
    done = 0
    found = without_model_summary(summariser.version).values_list("pk", flat=True)
    for key in list(found[:limit]):
        with _locked(key) as is_locked:
            if is_locked:
                _sum_up(key, summariser, now)
                done += 1
    return done


def _sum_up(key: int, summariser: Summariser, now: datetime) -> None:
    seen = Translation.objects.select_related("paper").get(pk=key)
    summary = summariser.summarise(seen.abstract, seen.language)
    refused = refusal_reason(summary, seen.abstract, seen.paper.abstract)
    with transaction.atomic():
        unchanged = Translation.objects.filter(
            pk=key, abstract=seen.abstract, summary_origin=SummaryOrigin.EXTRACTED
        )
        if refused:
            unchanged.update(summary_engine=summariser.version, summary_refusal=refused)
        else:
            unchanged.update(
                summary=summary,
                summary_origin=SummaryOrigin.MODEL,
                summary_positions=[],
                summary_engine=summariser.version,
                summary_refusal="",
                updated_at=now,
            )


@contextmanager
def _locked(key: int) -> Iterator[bool]:
    """Lock a translation against other summarising workers; yield whether that succeeded."""
    lock = [_LOCK_CLASS, key % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
        (is_locked,) = cursor.fetchone()
    try:
        yield is_locked
    finally:
        if is_locked:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)
