"""Proposals: another engine's translation of one sentence."""

from collections.abc import Mapping
from typing import Any

from apps.text.checks.autofix import autofix
from apps.translation.engines.base import EngineUnavailable
from apps.translation.models import Segment
from apps.translation.pipeline.translate import Plan, ask_engine


def engines_for_proposals(configured: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """List the engines that can propose a text: all but the memory, whose matches are suggestions.

    Args:
        configured: the engines of the settings by name.

    Returns:
        Their names, in order.
    """
    return [name for name in configured if name != "memory"]


def propose(segment: Segment, name: str, plan: Plan) -> str:
    """Translate one sentence by an engine. Saves nothing.

    Args:
        segment: the sentence, with its translation and paper.
        name: the engine's name in the settings.
        plan: the plan of translation.

    Returns:
        The text, automatically corrected.

    Raises:
        EngineUnavailable: the engine has no translation; the message says what to do.
    """
    engine = plan.engine(name)
    contexts = plan.contexts([segment])
    language = segment.translation.language
    [result] = ask_engine(engine, [segment.source], plan.source_language, language, contexts)
    if not result.text:
        raise EngineUnavailable(result.error or f"The engine {name} has no translation of this.")
    return autofix(result.text, segment.field).text
