"""Translating: a worker claims sentences of many papers, fills an engine's batch, commits.

The claim is a lease in the database. A worker that dies in the middle has written nothing, and
its sentences are claimable again when the lease ends; one that comes back too late finds that the
lease is no longer its own and writes nothing either.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from apps.text.masking import Masked, mask
from apps.translation.chains import chain_for
from apps.translation.engines.answers import checked
from apps.translation.engines.base import (
    Context,
    Engine,
    EngineMissing,
    EngineUnavailable,
    Result,
)
from apps.translation.models import Segment, SegmentOrigin, SegmentState, Translation
from apps.translation.status import TranslationStatus

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
FIRST_REST = timedelta(seconds=10)
LONGEST_REST = timedelta(hours=1)


def contexts_of(segments: Sequence[Segment]) -> list[Context]:
    """Return what engines may know around each sentence: its part and the paper's text."""
    return [
        Context(
            field=segment.field,
            document=f"{segment.translation.paper.title}\n\n{segment.translation.paper.abstract}",
        )
        for segment in segments
    ]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to translate: everything that settings decide, passed in.

    engine: gives the engine of a name. chains: see `chain_for`. batch: sentences a claim.
    lease_seconds: how long a claim holds; longer than the slowest batch takes. contexts: what
    engines are told around each of some sentences of one target language.
    """

    source_language: str
    engine: Callable[[str], Engine]
    chains: Sequence[Mapping[str, Any]]
    batch: int
    lease_seconds: int
    contexts: Callable[[Sequence[Segment]], Sequence[Context]] = contexts_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sentence: by which engine, with which text, or why there is none.

    unavailable: an engine could not be asked, so it is worth coming back.
    missing: an engine waits for a person, who has to do what `error` says.
    """

    engine: str = ""
    engine_version: str = ""
    text: str = ""
    memory_entry: int | None = None
    error: str = ""
    unavailable: bool = False
    missing: bool = False


def translate_batch(plan: Plan, *, clock: Callable[[], datetime]) -> int:
    """Claim one batch, translate it, commit it; return how many sentences were claimed.

    0 means that nothing is waiting (or that other workers have it all).
    """
    lease = uuid.uuid4()
    with transaction.atomic():
        segments = Segment.objects.claim(
            limit=plan.batch, lease=lease, now=clock(), seconds=plan.lease_seconds
        )
    if not segments:
        return 0
    outcomes: dict[int, Outcome] = {}
    for (language, chain), group in _by_chain(segments, plan).items():
        outcomes |= _translate_group(group, chain, language, plan)
    commit(lease, outcomes, now=clock())
    return len(segments)


def _by_chain(
    segments: Iterable[Segment], plan: Plan
) -> dict[tuple[str, tuple[str, ...]], list[Segment]]:
    groups: dict[tuple[str, tuple[str, ...]], list[Segment]] = defaultdict(list)
    for segment in segments:
        language = segment.translation.language
        category = segment.translation.paper.primary_category
        chain = chain_for(f"{plan.source_language}-{language}", category, plan.chains)
        groups[language, chain].append(segment)
    return groups


def _translate_group(
    segments: Sequence[Segment], chain: Sequence[str], language: str, plan: Plan
) -> dict[int, Outcome]:
    """Give the sentences to each engine of the chain in turn until each has a text."""
    # A title is worded differently from the same words in an abstract.
    same: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    for segment in segments:
        same[segment.source_hash, segment.field].append(segment)
    # Neural engines waste the least when a batch holds sentences of like length.
    waiting = sorted(same, key=lambda key: len(same[key][0].source))
    contexts = dict(zip(waiting, plan.contexts([same[key][0] for key in waiting]), strict=True))
    done = dict.fromkeys(waiting, Outcome())
    for name in chain:
        if not waiting:
            break
        engine = plan.engine(name)
        texts = [same[key][0].source for key in waiting]
        around = [contexts[key] for key in waiting]
        try:
            results = _ask(engine, texts, plan.source_language, language, around)
        except EngineMissing as error:
            log.warning("engine %s is missing: %s", name, error)
            for key in waiting:
                if not done[key].error:
                    done[key] = replace(done[key], error=str(error), missing=True)
            continue
        except EngineUnavailable as error:
            log.warning("engine %s is unavailable: %s", name, error)
            for key in waiting:
                done[key] = replace(done[key], error=str(error), unavailable=True)
            continue
        for key, result in zip(waiting, results, strict=True):
            if result.text:
                done[key] = Outcome(engine.name, engine.version, result.text, result.memory_entry)
            elif result.error:
                unavailable = done[key].unavailable or result.unavailable
                done[key] = Outcome(error=result.error, unavailable=unavailable)
        waiting = [key for key in waiting if not done[key].text]
    return {segment.pk: done[key] for key, group in same.items() for segment in group}


def _ask(
    engine: Engine, texts: Sequence[str], source: str, target: str, contexts: Sequence[Context]
) -> list[Result]:
    """Return one result for each text, with what was masked put back."""
    style = engine.mask_style
    masked = [mask(text, style) if style else Masked(text, ()) for text in texts]
    results = _answers(engine, [item.text for item in masked], source, target, contexts)
    sound = [
        checked(item.text, result, target, field=context.field)
        for item, result, context in zip(masked, results, contexts, strict=True)
    ]
    return [
        replace(result, text=item.restore(result.text).text) if style and result.text else result
        for item, result in zip(masked, sound, strict=True)
    ]


def _answers(
    engine: Engine, texts: Sequence[str], source: str, target: str, contexts: Sequence[Context]
) -> list[Result]:
    """Return the engine's result for each text; one that breaks the engine has an error."""
    try:
        results = engine.translate(texts, source, target, contexts)
    except (EngineUnavailable, DatabaseError):
        raise
    except Exception as error:
        # One text must not take those of other papers with it, so each is asked for alone.
        log.exception("engine %s failed on %d texts", engine.name, len(texts))
        if len(texts) == 1:
            fault = f"The engine {engine.name} failed: {type(error).__name__}: {error}"
            return [Result(None, error=fault)]
        return [
            result
            for text, context in zip(texts, contexts, strict=True)
            for result in _answers(engine, [text], source, target, [context])
        ]
    if len(results) != len(texts):
        # Which text an answer belongs to cannot be known, so none is used.
        fault = f"The engine {engine.name} gave {len(results)} results for {len(texts)} texts."
        return [Result(None, error=fault) for _ in texts]
    return results


@transaction.atomic
def commit(lease: uuid.UUID, outcomes: Mapping[int, Outcome], *, now: datetime) -> int:
    """Write the outcomes of the sentences that `lease` still holds; return how many those are.

    A sentence that was approved, or claimed by another worker since, is left alone.
    """
    held = list(
        Segment.objects.held_by(lease)
        .filter(pk__in=outcomes)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for segment in held:
        _write(segment, outcomes[segment.pk], now)
    Segment.objects.bulk_update(
        held,
        [
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
        ],
        batch_size=500,
    )
    _note_waiting({segment.translation_id for segment in held}, now)
    return len(held)


def _write(segment: Segment, outcome: Outcome, now: datetime) -> None:
    segment.lease = None
    segment.last_error = outcome.error
    if outcome.text:
        from_memory = outcome.memory_entry is not None
        segment.state = SegmentState.DONE
        segment.machine_text = segment.text = outcome.text
        segment.origin = SegmentOrigin.MEMORY if from_memory else SegmentOrigin.MACHINE
        segment.engine = outcome.engine
        segment.engine_version = outcome.engine_version
        segment.memory_entry_id = outcome.memory_entry
        segment.claimable_at = now
        segment.translated_at = now
    elif outcome.unavailable:
        # An outage is not the sentence's fault: it must not use up the sentence's attempts.
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


def rest_after(attempts: int) -> timedelta:
    """Return how long a sentence rests after its `attempts`-th failure: doubling, at most 1 h."""
    return min(FIRST_REST * 2 ** min(max(attempts - 1, 0), 12), LONGEST_REST)


def _note_waiting(translation_keys: Iterable[int], now: datetime) -> None:
    """Say on the translations why nothing moves, and take it back once something does."""
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
    """Make sentences that waited for an engine claimable again; return how many."""
    keys = list(
        Segment.objects.filter(state=SegmentState.WAITING)
        .order_by("id")
        .values_list("pk", flat=True)[:limit]
    )
    return Segment.objects.filter(pk__in=keys, state=SegmentState.WAITING).update(
        state=SegmentState.PENDING, claimable_at=now, attempts=0
    )
