"""Writing the outcomes of claimed sentences that the lease still holds."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from apps.core.bulk_sql import update_columns
from apps.text.checks.autofix import autofix
from apps.translation.models import Segment, SegmentOrigin, SegmentState, Translation
from apps.translation.status import TranslationStatus

MOST_ATTEMPTS = 5
FIRST_REST = timedelta(seconds=10)
LONGEST_REST = timedelta(hours=1)
WRITTEN = (
    "state",
    "machine_text",
    "text",
    "origin",
    "engine",
    "engine_version",
    "memory_entry",
    "attempts",
    "last_error",
    "lease",
    "claimable_at",
    "translated_at",
    "fixes",
    "tokens_in",
    "tokens_out",
    "cost",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one sentence: its text and engine, or an error.

    unavailable: an engine could not answer, so a retry is useful. missing: an engine cannot answer
    until a person does what `error` says. tokens_in, tokens_out, cost: its use of a paid engine.
    """

    engine: str = ""
    engine_version: str = ""
    text: str = ""
    memory_entry: int | None = None
    error: str = ""
    unavailable: bool = False
    missing: bool = False
    tokens_in: int = 0
    tokens_out: int = 0
    cost: Decimal = Decimal(0)


@transaction.atomic
def commit(lease: uuid.UUID, outcomes: Mapping[int, Outcome], *, now: datetime) -> int:
    """Write the outcomes of the sentences that `lease` still holds, and return their number.

    Skips sentences that were approved or claimed by another worker since.
    """
    held = list(
        Segment.objects.held_by(lease)
        .filter(pk__in=outcomes)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for segment in held:
        _write(segment, outcomes[segment.pk], now)
    update_columns(held, WRITTEN)
    _mark_waiting({segment.translation_id for segment in held}, now)
    return len(held)


def _write(segment: Segment, outcome: Outcome, now: datetime) -> None:
    segment.lease = None
    segment.last_error = outcome.error
    if outcome.text:
        from_memory = outcome.memory_entry is not None
        segment.state = SegmentState.DONE
        segment.machine_text = outcome.text
        segment.text, segment.fixes = _in_house_style(segment, outcome.text, from_memory)
        segment.tokens_in = outcome.tokens_in
        segment.tokens_out = outcome.tokens_out
        segment.cost = outcome.cost
        segment.origin = SegmentOrigin.MEMORY if from_memory else SegmentOrigin.MACHINE
        segment.engine = outcome.engine
        segment.engine_version = outcome.engine_version
        segment.memory_entry_id = outcome.memory_entry
        segment.claimable_at = now
        segment.translated_at = now
    elif outcome.unavailable:
        # An outage must not use up the attempts of a sentence.
        segment.attempts = min(segment.attempts, MOST_ATTEMPTS - 2)
        segment.claimable_at = now + rest_after(segment.attempts)
    elif outcome.missing:
        segment.state = SegmentState.WAITING
    elif outcome.error and segment.attempts < MOST_ATTEMPTS:
        segment.claimable_at = now + rest_after(segment.attempts)
    elif outcome.error:
        segment.state = SegmentState.FAILED
    else:
        segment.state = SegmentState.WAITING


def _in_house_style(segment: Segment, text: str, from_memory: bool) -> tuple[str, list[str]]:
    """Return the automatically corrected text and the corrections; none for text of the memory."""
    if from_memory:
        return text, []
    fixed = autofix(text, segment.field)
    return fixed.text, list(fixed.applied)


def rest_after(attempts: int) -> timedelta:
    """Return the delay after the `attempts`-th failure: doubling, at most 1 h."""
    return min(FIRST_REST * 2 ** min(max(attempts - 1, 0), 12), LONGEST_REST)


def _mark_waiting(translation_keys: Iterable[int], now: datetime) -> None:
    """Set translations to waiting, with the reason, if all their open sentences wait."""
    segments = Segment.objects.filter(translation=OuterRef("pk"))
    waiting = segments.filter(state=SegmentState.WAITING)
    reasons = waiting.exclude(last_error="").order_by("pk").values("last_error")[:1]
    nothing = _(
        "No engine has a translation for some sentences. Configure an engine "
        "(see README.md), or add the sentences to the translation memory."
    )
    touched = Translation.objects.filter(pk__in=translation_keys)
    touched.filter(
        Exists(waiting),
        ~Exists(segments.filter(state=SegmentState.PENDING)),
        status=TranslationStatus.PENDING,
    ).update(
        status=TranslationStatus.WAITING,
        status_reason=Coalesce(Subquery(reasons), Value(nothing)),
        updated_at=now,
    )


def retry_waiting(*, now: datetime, limit: int = 10_000) -> int:
    """Make up to `limit` waiting sentences claimable again, and return their number."""
    keys = list(
        Segment.objects.filter(state=SegmentState.WAITING)
        .order_by("id")
        .values_list("pk", flat=True)[:limit]
    )
    return Segment.objects.filter(pk__in=keys, state=SegmentState.WAITING).update(
        state=SegmentState.PENDING, claimable_at=now, attempts=0
    )
