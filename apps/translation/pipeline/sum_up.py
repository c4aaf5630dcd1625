"""Summing up by a model: its words replace the picked sentences only where all is supported."""

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
    """Return why a model's `summary` of `abstract` cannot be used; empty when it can."""
    sentences = [part for part in summary.split("。") if part.strip()]
    if not summary.endswith("。") or not 1 <= len(sentences) <= 3 or "\n" in summary:
        return "not two or three whole sentences"
    if len(summary) > LONGEST:
        return "too long"
    said = unsupported_phrases(summary, abstract, source)
    return f"not in the abstract: {', '.join(said[:5])}" if said else ""


def finished_translations() -> QuerySet[Translation]:
    """Return the translations that are clean or public."""
    return Translation.objects.filter(status__in=[TranslationStatus.READY, *PUBLIC])


def without_model_summary(version: str) -> QuerySet[Translation]:
    """Return the finished translations that the summariser `version` has not seen, newest first."""
    extracted = finished_translations().filter(summary_origin=SummaryOrigin.EXTRACTED)
    return extracted.exclude(summary_engine=version).order_by("-id")


def sum_up_batch(summariser: Summariser, *, now: datetime, limit: int = 10) -> int:
    """Let `summariser` sum up some translations; return how many it was asked about.

    No row is locked while the model thinks: a summary or abstract that changed meanwhile wins.
    Raises SummariserUnavailable; what was done before stays.
    """
    done = 0
    found = without_model_summary(summariser.version).values_list("pk", flat=True)
    for key in list(found[:limit]):
        with _alone(key) as ours:
            if ours:
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
def _alone(key: int) -> Iterator[bool]:
    """Say whether no other worker has the same translation, and keep others off it meanwhile."""
    lock = [_LOCK_CLASS, key % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
        (ours,) = cursor.fetchone()
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)
