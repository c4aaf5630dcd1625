"""Texts that break off, brackets that do not close, and texts that were not translated."""

import re
from collections.abc import Iterator

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.language import CUSTOMARY
from apps.text.checks.normalised_pair import narrow_prose

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s*$")
_WHOLE = re.compile(r"(?:[。．.！!？?：:…]|[。．.！!？?：:…][」』）)\]\"”]|[」』）)])\s*$")
_BROKEN_OFF = re.compile(
    r"(?:[、，,・(（「『]|[をがは]|(?<!も)の|(?<![こそ])に|および|または|ならびに|に対する|による)\s*$"
)


class Ending(Check):
    """An abstract or sentence without its end, or any text that breaks off."""

    name = "ending"
    label = Label("訳文の途切れ", "cut off")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        target = pair.target.rstrip()
        if pair.target_language != "ja" or not target:
            return
        broken = _BROKEN_OFF.search(target)
        if broken and not pair.source.rstrip().endswith((",", "-")):
            yield self.finding(
                Severity.BLOCKING,
                f"訳文が「{target[-8:]}」で途切れています。最後まで訳してください。",
                f"The target breaks off at '{target[-8:]}'. Translate it to the end.",
                (broken.start(), len(target)),
            )
        elif (
            pair.field != "title"
            and _SENTENCE_END.search(pair.source)
            and not _WHOLE.search(target)
            and narrow_prose(target)[-1] != " "
        ):
            yield self.finding(
                Severity.WARNING,
                f"訳文が「。」で終わっていません（末尾「{target[-8:]}」）。途切れていないか確認してください。",
                f"The target does not end with 。 ('{target[-8:]}'). See whether it broke off.",
                (max(0, len(target) - 1), len(target)),
            )


_PAIRS = {")": "(", "]": "[", "}": "{", "」": "「", "』": "『", "】": "【", "》": "《"}
_OPENERS = frozenset(_PAIRS.values())
_ANY_BRACKET = re.compile(r"[()\[\]{}「」『』【】《》]")
_MARKER = re.compile(r"(?<![A-Za-z0-9(])(?:[ivx]{1,4}|\d{1,2}|[A-Za-z])\)")
_INTERVAL = re.compile(
    r"[\[(]\s*[-+]?[\w.∞]+\s*,\s*[-+]?[\w.∞]+\s*[\])]"
    r"|[\])][-+]?[\d.∞]+\s*,\s*[-+]?[\d.∞]+\s*[\[(]"
)


class Brackets(Check):
    """A bracket that is not closed, or not opened. Full and half width may be mixed."""

    name = "brackets"
    label = Label("括弧", "brackets")
    severity = Severity.WARNING

    def run(self, pair: Pair) -> Iterator[Finding]:
        target = narrow_prose(pair.target)
        if not _ANY_BRACKET.search(target):
            return
        bad = _unbalanced(target)
        if bad is None or _unbalanced(narrow_prose(pair.source)) is not None:
            return
        bracket = pair.target[bad]
        if bracket in "「」『』" and _open_quotes(pair.source):
            return  # a quotation of several sentences
        yield self.finding(
            Severity.WARNING,
            f"括弧「{bracket}」が対になっていません。開きと閉じをそろえてください。",
            f"The bracket {bracket} has no partner. Open and close it.",
            (bad, bad + 1),
        )


def _open_quotes(source: str) -> bool:
    return source.count('"') % 2 == 1 or source.count("“") != source.count("”")


def _unbalanced(text: str) -> int | None:
    """Return the position of the first bracket without a partner, or None."""
    stack: list[tuple[str, int]] = []
    text = _INTERVAL.sub(_blank, text)
    stray: int | None = None
    for match in _ANY_BRACKET.finditer(text):
        bracket = match[0]
        if bracket in _OPENERS:
            stack.append((bracket, match.start()))
        elif stack and stack[-1][0] == _PAIRS[bracket]:
            stack.pop()
        elif not (bracket == ")" and _MARKER.search(text, max(0, match.start() - 5), match.end())):
            stray = match.start() if stray is None else stray
            break
    if stray is not None:
        return stray
    return stack[0][1] if stack else None


class Identical(Check):
    """A target that repeats the source instead of translating it."""

    name = "identical"
    label = Label("未翻訳", "not translated")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if _form(pair.source) != _form(pair.target):
            return
        words = [
            word
            for word in _WORD.findall(narrow_prose(pair.source))
            if word.lower() not in CUSTOMARY
        ]
        if len(words) < 2:
            return
        yield self.finding(
            Severity.BLOCKING,
            "訳文が原文と同じです。翻訳してください。",
            "The target is the same as the source. Translate it.",
            (0, len(pair.target)),
        )


_WORD = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]?[a-z]{2,})(?![A-Za-z0-9])")


def _form(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
