"""Numbers, percent signs and units are the same in both texts."""

import re
from collections.abc import Iterator

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import math_bodies, narrow_prose
from apps.text.numbers.english import english_quantities, hinted_values
from apps.text.numbers.japanese import japanese_quantities
from apps.text.numbers.quantities import DIGITS, FRACTION, HINT, WORD, Quantity

_ANY_NUMBER = re.compile(r"[0-9０-９〇二三四五六七八九十百千]")
_MATH_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NEGATIVE = re.compile(r"(?:^|[\s(\[=<>~±])-$")
_NEGATIVE_JAPANESE = re.compile(r"(?:-|マイナス|負の)\s?$")


class Numbers(Check):
    """A number that changed, is lost or added; a lost percent sign; a changed unit.

    Digits of the source must occur in the target in some form (3 million, 300万, 三百万). Number
    words may be rendered without a number, but not by another number.
    """

    name = "numbers"
    label = Label("数値", "number")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if not _ANY_NUMBER.search(pair.source) and not _ANY_NUMBER.search(pair.target):
            return
        source, target = narrow_prose(pair.source), narrow_prose(pair.target)
        here = english_quantities(source)
        there = (
            japanese_quantities(target)
            if pair.target_language == "ja"
            else english_quantities(target)
        )
        present = _values(there) | _math_values(pair.target)
        allowed = _values(here) | _math_values(pair.source)
        lost = [q for q in here if q.kind == DIGITS and present.isdisjoint(q.values)]
        lost_words = [q for q in here if q.kind == WORD and present.isdisjoint(q.values)]
        added = [q for q in there if q.kind != WORD and not _known(q, allowed, source, target)]
        counted = [
            q
            for q in there
            if q.kind == WORD and q.values[0] >= 2 and not _known(q, allowed, source, target)
        ]
        yield from self._changed(source, target, lost, lost_words, added, counted)
        by_value: dict[float, list[Quantity]] = {}
        for quantity in there:
            for value in quantity.values:
                by_value.setdefault(value, []).append(quantity)
        compared = set()
        for quantity in here:
            # The comparison depends only on these; the same number is compared once.
            negative = _is_negative(source, quantity, _NEGATIVE)
            key = (quantity.values, quantity.percent, quantity.unit, negative)
            if quantity.kind not in {HINT, WORD} and key not in compared:
                compared.add(key)
                yield from self._marks(quantity, by_value, source, target)

    def _changed(
        self,
        source: str,
        target: str,
        lost: list[Quantity],
        lost_words: list[Quantity],
        added: list[Quantity],
        counted: list[Quantity],
    ) -> Iterator[Finding]:
        wrong = [*added, *(counted if lost or lost_words else [])]
        missing = [*lost, *(lost_words if wrong else [])]
        for index, quantity in enumerate(missing):
            was = source[quantity.start : quantity.end].strip()
            if index < len(wrong):
                new = wrong[index]
                now = target[new.start : new.end].strip()
                yield self._finding(
                    Severity.BLOCKING,
                    new,
                    f"数値「{was}」が「{now}」になっています。原文の値に直してください。",
                    f"The number {was} has become {now}. Restore the value of the source.",
                )
            else:
                yield self._finding(
                    Severity.BLOCKING,
                    None,
                    f"数値「{was}」が訳文にありません。補ってください。",
                    f"The number {was} is missing. Add it.",
                )
        for new in wrong[len(missing) :]:
            now = target[new.start : new.end].strip()
            small = new.values[0] <= 3 and new.percent is not True
            yield self._finding(
                Severity.WARNING if small else Severity.BLOCKING,
                new,
                f"数値「{now}」は原文にありません。削除するか、原文の値に直してください。",
                f"The number {now} is not in the source. Remove it or restore the source's value.",
            )
        if not wrong:
            for quantity in lost_words:
                if quantity.values[0] < 3:
                    continue
                was = source[quantity.start : quantity.end].strip()
                yield self._finding(
                    Severity.WARNING,
                    None,
                    f"数詞「{was}」に対応する語が訳文に見当たりません。訳し落としであれば補ってください。",
                    f"Nothing renders the number word '{was}'. Add it if it was left out.",
                )

    def _marks(
        self, quantity: Quantity, there: dict[float, list[Quantity]], source: str, target: str
    ) -> Iterator[Finding]:
        """Compare the percent sign, sign and unit of a number that both texts have."""
        same = [q for value in quantity.values for q in there.get(value, ())]
        if not same:
            return
        was = source[quantity.start : quantity.end].strip()
        place = same[0]
        if quantity.percent is True and not any(q.percent is not False for q in same):
            yield self._finding(
                Severity.BLOCKING,
                place,
                f"「{was}」のパーセントが訳文から抜けています。%を補ってください。",
                f"The percent sign of {was} is lost. Add it.",
            )
        elif quantity.percent is False and all(q.percent is True for q in same):
            yield self._finding(
                Severity.BLOCKING,
                place,
                f"原文の「{was}」はパーセントではありません。訳文の%を削除してください。",
                f"{was} is not a percentage in the source. Remove the percent sign.",
            )
        units = {q.unit for q in same}
        if quantity.unit not in {"", "?"} and units.isdisjoint({"", "?", quantity.unit}):
            yield self._finding(
                Severity.BLOCKING,
                place,
                f"「{was}」の単位が「{place.unit}」になっています。原文の単位に直してください。",
                f"The unit of {was} has become {place.unit}. Restore the unit of the source.",
            )
        if _is_negative(source, quantity, _NEGATIVE) and not any(
            _is_negative(target, q, _NEGATIVE_JAPANESE) for q in same
        ):
            yield self._finding(
                Severity.BLOCKING,
                place,
                f"「-{was}」の負号が訳文から抜けています。負号を補ってください。",
                f"The minus sign of -{was} is lost. Add it.",
            )

    def _finding(
        self, severity: Severity, place: Quantity | None, japanese: str, english: str
    ) -> Finding:
        start, end = (place.start, place.end) if place else (0, 0)
        return Finding(self.name, severity, start, end, japanese, english)


def _values(quantities: tuple[Quantity, ...]) -> set[float]:
    return {value for quantity in quantities for value in quantity.values}


def _math_values(text: str) -> set[float]:
    return {
        float(digits) for body, _, _ in math_bodies(text) for digits in _MATH_NUMBER.findall(body)
    }


def _known(quantity: Quantity, allowed: set[float], source: str, target: str) -> bool:
    if quantity.kind == FRACTION:
        meant = quantity.values[:2]  # 3分の1 stands for 'a third', not for any 1 of the source
        return not (allowed.isdisjoint(meant) and hinted_values(source).isdisjoint(meant))
    if not allowed.isdisjoint(quantity.values):
        return True
    if quantity.kind == HINT and not target[quantity.start].isdigit():
        return True  # a kanji inside a word: 一般, 三角形
    if quantity.values[0] == 1 and not quantity.percent:
        return True  # 1つの for 'a'
    return not hinted_values(source).isdisjoint(quantity.values)


def _is_negative(text: str, quantity: Quantity, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(text[max(0, quantity.start - 5) : quantity.start]))
