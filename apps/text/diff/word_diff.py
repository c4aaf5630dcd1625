"""Word-level difference of two texts, also for languages without spaces."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that is in both texts, or only in the earlier or the later one."""

    kind: Kind
    text: str


# Accents, voicing marks and variants belong to the character before them.
_MARKS = "[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*+"
_TOKEN = re.compile(
    rf"""
      \\[A-Za-z]++                                          # a command of TeX
    | [0-9]++(?:[.,][0-9]++)*+                              # a number
    | (?:(?![0-9_\u3040-\u30ff\u3400-\u9fff\uff00-\uffef])\w{_MARKS})++
    | [\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]{_MARKS}(?:[\u30a1-\u30ff\uff66-\uff9f]{_MARKS})*+
    | を
    | [はがにのとでもへやか](?=[\u3041-\u3096])              # a particle before what follows
    | (?:(?!を)[\u3041-\u3096]{_MARKS})++
    | \s++
    | .{_MARKS}                                             # a kanji, a sign
    """,
    re.VERBOSE | re.DOTALL,
)
# A shared stretch this short between two changes is usually a coincidence.
_ISLAND = 1
# Tokens times tokens. Beyond it the middle counts as rewritten: such a diff is unreadable anyway.
_MOST_WORK = 1_000_000


def diff(before: str, after: str) -> list[Change]:
    """Return the difference of two texts.

    A word is a run of letters, a number, a run of one kind of kana or a single kanji.

    Args:
        before: the earlier text.
        after: the later text.

    Returns:
        Changes in reading order. "same" and "removed" together give `before`, "same" and "added"
        give `after`, exactly. None is empty, neighbours differ in kind, removed comes before added.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = common_prefix_length(old, new)
    tail = common_prefix_length(old[head:][::-1], new[head:][::-1])
    changes = [
        Change("same", "".join(old[:head])),
        *_middle(old[head : len(old) - tail], new[head : len(new) - tail]),
        Change("same", "".join(old[len(old) - tail :])),
    ]
    return list(_run_together(_without_islands(item for item in changes if item.text)))


def common_prefix_length(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items (characters of texts) both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    if len(old) * len(new) > _MOST_WORK:
        yield Change("removed", "".join(old))
        yield Change("added", "".join(new))
        return
    for name, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            yield Change("same", "".join(old[a:b]))
        else:
            yield Change("removed", "".join(old[a:b]))
            yield Change("added", "".join(new[c:d]))


def _without_islands(given: Iterable[Change]) -> Iterator[Change]:
    """Turn a very short shared stretch between two changes into a change."""
    changes = list(given)
    for place, change in enumerate(changes):
        inside = 0 < place < len(changes) - 1
        if change.kind == "same" and inside and len(change.text) <= _ISLAND:
            yield Change("removed", change.text)
            yield Change("added", change.text)
        else:
            yield change


def _run_together(given: Iterable[Change]) -> Iterator[Change]:
    """Merge neighbouring changes of one kind."""
    for is_same, run in groupby(given, key=lambda change: change.kind == "same"):
        stretch = list(run)
        kinds: tuple[Kind, ...] = ("same",) if is_same else ("removed", "added")
        for kind in kinds:
            text = "".join(item.text for item in stretch if item.kind == kind)
            if text:
                yield Change(kind, text)
