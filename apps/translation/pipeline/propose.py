"""Proposing: another engine's translation of one sentence, for an editor to take or leave."""

from collections.abc import Mapping
from typing import Any

from apps.text.checks.autofix import autofix
from apps.translation.engines.base import EngineUnavailable
from apps.translation.models import Segment
from apps.translation.pipeline.translate import Plan, ask_engine


def engines_for_proposals(configured: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the names of the engines that can translate a sentence that nobody has seen.

    The memory is none of them: its sentences are suggestions already.
    """
    return [name for name in configured if name != "memory"]


def propose(segment: Segment, name: str, plan: Plan) -> str:
    """Return what the engine `name` makes of a sentence, in the house style; nothing is saved.

    `segment` comes with its translation and paper. Raises EngineUnavailable, with what to do,
    when the engine has no translation.
    """
    engine = plan.engine(name)
    contexts = plan.contexts([segment])
    language = segment.translation.language
    [result] = ask_engine(engine, [segment.source], plan.source_language, language, contexts)
    if not result.text:
        raise EngineUnavailable(result.error or f"The engine {name} has no translation of this.")
    return autofix(result.text, segment.field).text
