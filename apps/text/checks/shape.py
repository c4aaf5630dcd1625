"""The shape of the target: its length compared with the source, and repetitions."""

import re
from collections.abc import Iterator

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import prose
from apps.text.diff.word_diff import common_prefix_length

# Japanese characters per English character, measured on human translations: 99% of sentences
# are within the warning bounds.
_USUAL = {"abstract": (0.22, 0.95), "title": (0.2, 1.3)}
_ABSURD = {"abstract": (0.13, 1.6), "title": (0.1, 2.4)}
_SHORTEST = {"abstract": 40, "title": 20}


class Length(Check):
    """A target that is far too short (omission) or too long (addition).

    Lengths are counted without math and links. For a short source, only far too long is reported.
    """

    name = "length"
    label = Label("長さ", "length")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if not pair.target.strip():
            if pair.source.strip():
                yield self.finding(
                    Severity.BLOCKING,
                    "訳文が空です。翻訳してください。",
                    "The target is empty. Translate it.",
                )
            return
        if pair.target_language != "ja":
            return
        field = pair.field if pair.field in _USUAL else "abstract"
        here, there = _letters(pair.source), _letters(pair.target)
        low, high = _USUAL[field]
        if here < _SHORTEST[field] and there <= high * here + _SHORTEST[field]:
            return
        ratio = there / max(here, 1)
        if low <= ratio <= high:
            return
        absurd_low, absurd_high = _ABSURD[field]
        absurd = not absurd_low <= ratio <= absurd_high
        if ratio < low:
            japanese = f"訳文が短すぎます（原文の{ratio:.0%}）。訳し落としを確認してください。"
            english = f"The target is too short ({ratio:.0%} of the source). See what was left out."
        else:
            japanese = f"訳文が長すぎます（原文の{ratio:.0%}）。余計な文がないか確認してください。"
            english = f"The target is too long ({ratio:.0%} of the source). See what was added."
        severity = Severity.BLOCKING if absurd else Severity.WARNING
        yield Finding(self.name, severity, 0, 0, japanese, english)


_NO_WORDS = re.compile(r"[\s\d.,…・ー〜~=*_+-]+|[A-Za-z]{1,3}|(.)\1*")
_LONG_UNIT = 12


class Repetition(Check):
    """A phrase that a decoder repeated: three times in a row, or a long one twice in a row."""

    name = "repetition"
    label = Label("繰り返し", "repetition")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        text = prose(pair.target)
        loop, grams_again = _loop(text)
        if loop:
            start, length = loop
            unit = text[start : start + length].strip()
            if text[start : start + 2 * length] not in pair.source:
                yield self._finding(start, start + 2 * length, unit)
                return
        if grams_again < _LONG_UNIT // 2:
            return
        yield from self._twice(pair, text)

    def _twice(self, pair: Pair, text: str) -> Iterator[Finding]:
        """Report a clause that occurs twice, although the source does not repeat it."""
        seen: dict[str, str] = {}
        for match in _CLAUSES.finditer(text):
            clause = match[0].strip()
            if len(clause) < _LONG_UNIT:
                continue
            begin = clause[:_LONG_UNIT]
            before = seen.setdefault(begin, clause)
            shared = common_prefix_length(before, clause)
            again = before is not clause and shared >= 0.8 * min(len(before), len(clause))
            if again and not _repeats(pair.source):
                yield self._finding(match.start(), match.end(), clause)
                return

    def _finding(self, start: int, end: int, unit: str) -> Finding:
        shown = unit if len(unit) <= 30 else unit[:30] + "…"
        return self.finding(
            Severity.BLOCKING,
            f"「{shown}」が繰り返されています。1つを残して削除してください。",
            f"'{shown}' is repeated. Leave one and remove the rest.",
            (start, end),
        )


def _loop(text: str) -> tuple[tuple[int, int] | None, int]:
    """Return (start, length) of a unit repeated in a row, and the number of repeated 4-grams.

    A unit of eight characters or more counts if it occurs twice, a shorter one three times.
    """
    seen: dict[str, int] = {}
    again = 0
    for at in range(len(text) - 3):
        gram = text[at : at + 4]
        before = seen.get(gram)
        seen[gram] = at
        if before is None:
            continue
        again += 1
        length = at - before
        if length > _LONGEST_UNIT or length < 2 or text[at : at + length] != text[before:at]:
            continue
        unit = text[before:at]
        short = length < _TWICE_IS_ENOUGH
        if short and text[at + length : at + 2 * length] != unit:
            continue
        if unit.strip() and not _NO_WORDS.fullmatch(unit) and not unit.isspace():
            return (before, length), again
    return None, again


_LONGEST_UNIT = 60
_TWICE_IS_ENOUGH = 8
_CLAUSES = re.compile(r"[^、。,.;；]+")


def _repeats(source: str) -> bool:
    clauses = [clause.strip() for clause in re.split(r"[,.;]", source)]
    long = [clause for clause in clauses if len(clause) >= _LONG_UNIT]
    return len(set(long)) < len(long)


def _letters(text: str) -> int:
    return len("".join(prose(text).split()))
