"""Translating sentences: claim a batch across papers, ask the engines, commit the outcomes.

A claim is a lease in the database. If a worker dies, its sentences become claimable when the lease
ends. A worker that finishes after its lease has ended writes nothing.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, transaction

from apps.text.protection.masking import Masked, mask
from apps.translation.engines.base import (
    Context,
    Engine,
    EngineMissing,
    EngineUnavailable,
    Result,
)
from apps.translation.engines.validation import validate_result
from apps.translation.models import Segment
from apps.translation.pipeline.commit import Outcome, commit
from apps.translation.pipeline.contexts import document_contexts
from apps.translation.pipeline.routing import chain_for

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of translation.

    engine: returns the engine of a name. chains: see `chain_for`. batch: sentences per claim.
    lease_seconds: duration of a claim; longer than the slowest batch. contexts: returns the context
    of each segment; all have the same target language. prices: for a million tokens sent and
    received, by engine.
    """

    source_language: str
    engine: Callable[[str], Engine]
    chains: Sequence[Mapping[str, Any]]
    batch: int
    lease_seconds: int
    contexts: Callable[[Sequence[Segment]], Sequence[Context]] = document_contexts
    prices: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)


def translate_batch(plan: Plan, *, clock: Callable[[], datetime]) -> int:
    """Claim, translate and commit one batch; return the number of claimed sentences."""
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
    """Ask the engines of a chain in order until every sentence has a text."""
    # A title is translated differently from the same words in an abstract.
    same: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    for segment in segments:
        same[segment.source_hash, segment.field].append(segment)
    # Neural engines are fastest on batches of sentences of similar length.
    waiting = sorted(same, key=lambda key: len(same[key][0].source))
    contexts = dict(zip(waiting, plan.contexts([same[key][0] for key in waiting]), strict=True))
    done = dict.fromkeys(waiting, Outcome())
    for name in chain:
        if not waiting:
            break
        texts = [same[key][0].source for key in waiting]
        around = [contexts[key] for key in waiting]
        try:
            engine = plan.engine(name)
            results = ask_engine(engine, texts, plan.source_language, language, around)
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
                done[key] = _outcome(engine, result, len(same[key]), plan)
            elif result.error:
                unavailable = done[key].unavailable or result.unavailable
                done[key] = Outcome(error=result.error, unavailable=unavailable)
        waiting = [key for key in waiting if not done[key].text]
    return {segment.pk: done[key] for key, group in same.items() for segment in group}


def _outcome(engine: Engine, result: Result, shared_by: int, plan: Plan) -> Outcome:
    """Return the outcome of a result, with its tokens divided by the sentences that share it."""
    price_in, price_out = plan.prices.get(engine.name, (Decimal(0), Decimal(0)))
    tokens_in, tokens_out = result.tokens_in // shared_by, result.tokens_out // shared_by
    return Outcome(
        engine.name,
        engine.version,
        result.text or "",
        result.memory_entry,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost=(tokens_in * price_in + tokens_out * price_out) / 1_000_000,
    )


def ask_engine(
    engine: Engine, texts: Sequence[str], source: str, target: str, contexts: Sequence[Context]
) -> list[Result]:
    """Mask, translate, validate and unmask `texts`; return one result each.

    Raises EngineUnavailable if the engine cannot answer now; other errors are in the results.
    """
    style = engine.mask_style
    masked = [mask(text, style) if style else Masked(text, ()) for text in texts]
    results = _answers(engine, [item.text for item in masked], source, target, contexts)
    sound = [
        validate_result(item.text, result, target, field=context.field)
        for item, result, context in zip(masked, results, contexts, strict=True)
    ]
    return [
        replace(result, text=item.restore(result.text).text) if style and result.text else result
        for item, result in zip(masked, sound, strict=True)
    ]


def _answers(
    engine: Engine, texts: Sequence[str], source: str, target: str, contexts: Sequence[Context]
) -> list[Result]:
    """Return the engine's result for each text; a text on which it fails has an error."""
    try:
        results = engine.translate(texts, source, target, contexts)
    except (EngineUnavailable, DatabaseError):
        raise
    except Exception as error:
        # One text must not fail those of other papers, so each is retried on its own.
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
        # The answers cannot be assigned to texts, so none is used.
        fault = f"The engine {engine.name} gave {len(results)} results for {len(texts)} texts."
        return [Result(None, error=fault) for _ in texts]
    return results
