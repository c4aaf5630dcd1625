"""The interface of checks: a check is a pure function of a source and its translation."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from apps.core.plugins import Label


class Severity(StrEnum):
    """How serious a finding is: blocking keeps a text from being published unreviewed."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTICE = "notice"


RANK = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term that applies to a pair: how to render `source`.

    `forbidden` are renderings known to be wrong. With `case_sensitive` the term matches only in its
    own letter case.
    """

    source: str
    target: str
    forbidden: tuple[str, ...] = ()
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A source sentence (or title, or abstract) and its translation."""

    source: str
    target: str
    source_language: str = "en"
    target_language: str = "ja"
    field: str = "abstract"
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that a check found at [start, end) of the target.

    Both are 0 if it concerns the whole target or something missing. `fix` is the whole corrected
    target, if there is exactly one right correction.
    """

    check: str
    severity: Severity
    start: int
    end: int
    message_ja: str
    message_en: str
    fix: str | None = None

    @property
    def message(self) -> Label:
        """The message in both languages."""
        return Label(self.message_ja, self.message_en)


class Check(Protocol):
    """One kind of error."""

    @property
    def name(self) -> str:
        """The name under which findings are stored; never changed."""
        ...

    @property
    def label(self) -> Label:
        """What it looks for, in one or two words."""
        ...

    @property
    def severity(self) -> Severity:
        """The highest severity that it reports."""
        ...

    def finding(
        self,
        severity: Severity,
        message_ja: str,
        message_en: str,
        place: tuple[int, int] = (0, 0),
        fix: str | None = None,
    ) -> Finding:
        """Return a finding of this check; `place` is [start, end) of the target."""
        return Finding(self.name, severity, *place, message_ja, message_en, fix)

    def run(self, pair: Pair) -> Iterable[Finding]:
        """Yield the findings of the pair; none if it is right."""
        ...
