"""The markers of a list in running text are kept: (i) (ii), 1) 2), (a) (b)."""

import re
from collections.abc import Iterator
from itertools import takewhile

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import narrow_prose

_MARKER = re.compile(
    r"(?<![A-Za-z0-9_)\]}])(?P<open>\()?(?P<label>[ivx]{1,4}|\d{1,2}|[a-h]|[A-H])\)"
    r"(?![A-Za-z0-9_]*\()"
)
_SEQUENCES = (
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    tuple(str(number) for number in range(1, 21)),
    tuple("abcdefgh"),
    tuple("ABCDEFGH"),
)
_CIRCLED = {chr(0x2460 + number): f"({number + 1})" for number in range(20)}
_IN_WORDS = ("第一", "第1", "まず", "一つ目", "1つ目", "１つ目", "一つは", "1つは")


class ListMarkers(Check):
    """A list marker that the target lacks or adds; 第一に、第二に may replace markers."""

    name = "list_markers"
    label = Label("箇条書き記号", "list markers")
    severity = Severity.WARNING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if ")" not in pair.source and ")" not in pair.target and "）" not in pair.target:
            return
        wanted = _lists(narrow_prose(pair.source))
        target = narrow_prose(pair.target)
        for mark, label in _CIRCLED.items():
            if mark in target:
                target = target.replace(mark, label)
        found = _lists(target)
        if not wanted and not found:
            return
        everything = _labels(target)
        missing = [label for label in wanted if label not in everything]
        if (
            missing
            and len(missing) == len(wanted)
            and (len(found) == len(wanted) or any(word in pair.target for word in _IN_WORDS))
        ):
            return
        for label in missing:
            yield self.finding(
                Severity.WARNING,
                f"列挙の番号「({label})」が訳文にありません。補ってください。",
                f"The list marker ({label}) is missing. Add it.",
            )
        if found and len(found) > len(wanted) and not missing:
            label = found[len(wanted)]
            at = max(0, pair.target.find(label))
            yield self.finding(
                Severity.WARNING,
                f"列挙の番号「({label})」は原文にありません。削除してください。",
                f"The list marker ({label}) is not in the source. Remove it.",
                (at, at + 1 if pair.target else at),
            )


def _lists(text: str) -> list[str]:
    """Return the labels of lists in `text` that have at least their first two members."""
    labels = _labels(text)
    if len(labels) < 2:
        return []
    found: list[str] = []
    for sequence in _SEQUENCES:
        members = list(takewhile(labels.__contains__, sequence))
        if len(members) >= 2:
            found += members
    return found


def _labels(text: str) -> set[str]:
    """Return the labels of all markers, except "2)" that closes a bracket: (Figure 2)."""
    labels = set()
    bare = 0
    for match in _MARKER.finditer(text):
        if not match["open"]:
            closed = text.count(")", 0, match.start()) - bare
            if text.count("(", 0, match.start()) > closed:
                continue
            bare += 1
        labels.add(match["label"])
    return labels
