"""Finding glossary terms in sentences with a trie over words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from apps.text.checks import Term
from apps.text.protection.spans import find_spans
from apps.translation.glossary.entries import GAPS, HYPHENS, WORD, TermEntry
from apps.translation.models import CaseRule

_PROTECTED = "\u00a6"
"""Replaces math and URLs; neither a word nor a gap."""

_IRREGULAR = (
    ("ix", "ices"), ("ex", "ices"), ("sis", "ses"), ("xis", "xes"), ("us", "i"), ("us", "ora"),
    ("um", "a"), ("on", "a"), ("ma", "mata"), ("a", "ae"),
)  # fmt: skip
_MOST_JOINTS = 4


@dataclass(slots=True)
class _Node:
    following: dict[str, _Node] = field(default_factory=dict)
    spellings: list[_Spelling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A spelling of an entry: its letters with their case.

    hyphen_first: whether the gap after the first word must be a hyphen.
    """

    letters: str
    entry: TermEntry
    hyphen_first: bool


class TermIndex:
    """The terms of one language pair."""

    def __init__(self, entries: Iterable[TermEntry]) -> None:
        """Build the index from valid entries with unique keys."""
        self._root = _Node()
        self._entries = tuple(entries)
        self._reach: dict[tuple[str, str], int] = {}
        for entry in self._entries:
            for words, hyphen_first in _spellings(entry.source):
                node = self._root
                for word in words:
                    node = node.following.setdefault(word.lower(), _Node())
                node.spellings.append(_Spelling("".join(words), entry, hyphen_first))

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[TermEntry]:
        return iter(self._entries)

    def find(self, text: str, category: str = "") -> tuple[Term, ...]:
        """Return the terms in the text of a paper of `category`, in order.

        Each has the spelling of the text ("pre-training" for the entry "pretraining"). Matches
        plurals, and capitals if the entry requires it. Of overlapping terms the first wins, then
        the longest; of entries for one term the narrowest scope. Skips math, TeX commands and URLs.
        """
        if not self._entries:
            return ()
        pieces = WORD.split(_without_protected(text))
        words, gaps = pieces[1::2], pieces[2::2]
        lowered = [word.lower() for word in words]
        first = self._root.following
        found: dict[int, Term] = {}
        at = 0
        for start, word in enumerate(lowered):
            if start < at or (word not in first and gaps[start] not in HYPHENS):
                continue
            hit = self._longest(start, words, lowered, gaps, category)
            if hit is not None:
                entry, at = hit
                if id(entry) not in found:
                    found[id(entry)] = _term(entry, "".join(pieces[2 * start + 1 : 2 * at]))
        return tuple(found.values())

    def _longest(
        self, start: int, words: list[str], lowered: list[str], gaps: list[str], category: str
    ) -> tuple[TermEntry, int] | None:
        """Return the longest entry that starts at word `start`, and its end."""
        best: tuple[TermEntry, int] | None = None
        ways = [(self._root, start)]
        while ways:
            node, at = ways.pop()
            if node.spellings and (best is None or at > best[1]):
                letters = "".join(words[start:at])
                entry = self._choose(node.spellings, letters, gaps[start], category)
                if entry is not None:
                    best = entry, at
            if at == len(lowered) or (at > start and gaps[at - 1] not in GAPS):
                continue
            onward = node.following.get(lowered[at])
            if onward is not None:
                ways.append((onward, at + 1))
            if gaps[at] in HYPHENS and at + 1 < len(lowered):
                onward = node.following.get(lowered[at] + lowered[at + 1])
                if onward is not None:
                    ways.append((onward, at + 2))
        return best

    def _choose(
        self, spellings: list[_Spelling], letters: str, gap: str, category: str
    ) -> TermEntry | None:
        """Return the matching entry with the narrowest scope; `gap` follows the first word."""
        chosen, narrowest = None, -1
        for spelling in spellings:
            entry = spelling.entry
            if entry.case_rule == CaseRule.EXACT and spelling.letters != letters:
                continue
            if spelling.hyphen_first and gap not in HYPHENS:
                continue
            narrowness = self._narrowness(entry, category)
            if narrowness > narrowest:
                chosen, narrowest = entry, narrowness
        return chosen

    def _narrowness(self, entry: TermEntry, category: str) -> int:
        """Return how narrow the matching scope is: -1 no match, 0 all, 1 archive, 2 category."""
        if not entry.scope:
            return 0
        key = entry.scope, category
        known = self._reach.get(key)
        if known is None:
            archive = category.partition(".")[0]
            patterns = entry.scope.split()
            whole = archive in patterns or f"{archive}.*" in patterns
            known = 2 if category in patterns else 1 if whole else -1
            self._reach[key] = known
        return known


def _without_protected(text: str) -> str:
    spans = find_spans(text)
    if not spans:
        return text
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], _PROTECTED]
        at = span.end
    return "".join([*pieces, text[at:]])


def _term(entry: TermEntry, source: str) -> Term:
    return Term(source, entry.target, entry.forbidden, entry.case_rule == CaseRule.EXACT)


def _spellings(source: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the spellings of a term, and whether a hyphen must follow the first word.

    Hyphens are optional (pre-training, pretraining), and so is the gap of two words (data set,
    dataset); the last word may be a plural. A hyphen after one or two letters cannot be a space:
    "k means" and "on policy" are rarely k-means and on-policy.
    """
    pieces = WORD.split(source)
    words, gaps = pieces[1::2], pieces[2:-1:2]
    joints = [at for at, gap in enumerate(gaps) if gap in HYPHENS or len(gaps) == 1][:_MOST_JOINTS]
    for closed in range(2 ** len(joints)):
        closing = {joint for bit, joint in enumerate(joints) if closed >> bit & 1}
        hyphen_first = bool(gaps) and gaps[0] in HYPHENS and len(words[0]) < 3 and 0 not in closing
        joined = [words[0]]
        for at, word in enumerate(words[1:]):
            if at in closing:
                joined[-1] += word
            else:
                joined.append(word)
        for last in _with_plurals(joined[-1]):
            yield (*joined[:-1], last), hyphen_first


def _with_plurals(word: str) -> Iterator[str]:
    """Yield the word and its possible plurals; a form that does not exist has no effect."""
    yield word
    lowered = word.lower()
    if not lowered[-1].isalpha() or len(word) < 2:
        return
    if lowered.endswith(("s", "x", "z", "ch", "sh")):
        yield f"{word}es"
    else:
        yield f"{word}s"
    if lowered.endswith("y") and lowered[-2] not in "aeiou":
        yield f"{word[:-1]}ies"
    for singular, plural in _IRREGULAR:
        if len(word) > 4 and lowered.endswith(singular):
            yield f"{word[: -len(singular)]}{plural}"
