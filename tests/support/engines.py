"""Deterministic engines with recognisable output."""

from collections.abc import Sequence

from apps.text.protection.placeholders import BRACKETS, Style
from apps.translation.engines.base import Context, EngineUnavailable, Result
from apps.translation.pipeline.translate import Plan


class EchoEngine:
    """Writes 訳: before the text, so that a translation differs from its source."""

    name = "echo"
    version = "echo-1"
    mask_style: Style | None = BRACKETS
    batch_size = 10

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        """Return 訳: and the text."""
        self.asked += texts
        return [Result(f"訳：{text}") for text in texts]


class DownEngine(EchoEngine):
    """An engine that is never available."""

    name = "down"

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        """Raise EngineUnavailable."""
        raise EngineUnavailable("The server is down.")


class GarblingEngine(EchoEngine):
    """An engine whose answers are never usable."""

    name = "garbling"

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        """Return an error for each text."""
        return [Result(None, error="no JSON") for _ in texts]


def plan(*engines: object, batch: int = 100) -> Plan:
    """A plan with these engines in order."""
    named = {engine.name: engine for engine in engines}  # type: ignore[attr-defined]
    return Plan(
        source_language="en",
        engine=named.__getitem__,  # type: ignore[arg-type]
        chains=[{"engines": list(named)}],
        batch=batch,
        lease_seconds=60,
    )
