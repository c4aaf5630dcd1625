"""Math is kept, and no placeholder is left over."""

import re
from collections.abc import Iterator

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import is_bare_script, math_bodies, prose, protected_spans
from apps.text.protection.spans import Kind

_NUMERIC = re.compile(r"(?:\\sim|\\approx|\\pm|\\times|\\cdot|\\,|\\%|[\d.,%+\-<>~^{}×])+")
_DOLLAR = re.compile(r"(?<!\\)\$")
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")
_SHORT = 60


class Math(Check):
    """Math that is lost, changed or added, and unclosed dollar signs.

    White space and delimiters may differ. A purely numeric formula may become a plain number, whose
    value the check of numbers compares.
    """

    name = "math"
    label = Label("数式", "math")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.source, pair.target
        if not any(mark in text for text in (source, target) for mark in "$\\_^"):
            return
        there = math_bodies(target)
        # Each once, in order: a pronoun may replace a repeated symbol.
        wanted = dict.fromkeys(body for body, _, _ in math_bodies(source))
        found = {body for body, _, _ in there}
        lost = [tex for tex in wanted if tex not in found and not _NUMERIC.fullmatch(tex)]
        added = [(tex, start, end) for tex, start, end in there if tex not in wanted]
        flat = "".join(target.split())
        for tex in lost:
            if added:
                now, start, end = added.pop(0)
                yield self._blocking(
                    start,
                    end,
                    f"数式「{_cut(tex)}」が「{_cut(now)}」に変わっています。原文の数式に戻してください。",
                    f"The formula {_cut(tex)} has become {_cut(now)}. Restore it.",
                )
            elif tex in flat:
                yield self.finding(
                    Severity.WARNING,
                    f"数式「{_cut(tex)}」を囲む記号（$）がありません。補ってください。",
                    f"The formula {_cut(tex)} has lost its delimiters ($). Add them.",
                )
            else:
                yield self._blocking(
                    0,
                    0,
                    f"数式「{_cut(tex)}」が訳文にありません。補ってください。",
                    f"The formula {_cut(tex)} is missing. Add it.",
                )
        for tex, start, end in added:
            if not _NUMERIC.fullmatch(tex):
                yield self._blocking(
                    start,
                    end,
                    f"数式「{_cut(tex)}」は原文にありません。削除してください。",
                    f"The formula {_cut(tex)} is not in the source. Remove it.",
                )
        yield from self._dollars(source, target)
        yield from self._scripts(source, target)
        yield from self._commands(source, target)

    def _dollars(self, source: str, target: str) -> Iterator[Finding]:
        odd = len(_DOLLAR.findall(target)) % 2
        if odd and not len(_DOLLAR.findall(source)) % 2:
            place = target.rfind("$")
            yield self._blocking(
                place,
                place + 1,
                "記号$が閉じていません。数式の両端に$を置いてください。",
                "A dollar sign is not closed. Put $ at both ends of the formula.",
            )

    def _scripts(self, source: str, target: str) -> Iterator[Finding]:
        """Compare math without delimiters (x_i); powers of ten are numbers."""
        for span in protected_spans(source):
            tex = source[span.start : span.end]
            if is_bare_script(source, span) and tex not in target and not tex[0].isdigit():
                yield self.finding(
                    Severity.WARNING,
                    f"「{_cut(tex)}」が訳文にありません。式であれば原文のまま残してください。",
                    f"{_cut(tex)} is missing. Keep it as in the source if it is a formula.",
                )

    def _commands(self, source: str, target: str) -> Iterator[Finding]:
        for match in _COMMAND.finditer(prose(target)):
            if match[0] not in source:
                yield self._blocking(
                    match.start(),
                    match.end(),
                    f"TeXの命令「{match[0]}」は原文にありません。削除してください。",
                    f"The TeX command {match[0]} is not in the source. Remove it.",
                )
        for span in protected_spans(target):
            if span.kind is Kind.TEX:
                command = _COMMAND.match(target, span.start)
                if command and command[0] not in source:
                    yield self._blocking(
                        span.start,
                        span.end,
                        f"TeXの命令「{command[0]}」は原文にありません。削除してください。",
                        f"The TeX command {command[0]} is not in the source. Remove it.",
                    )

    def _blocking(self, start: int, end: int, japanese: str, english: str) -> Finding:
        return Finding(self.name, Severity.BLOCKING, start, end, japanese, english)


_MAY_BE_PLACEHOLDER = re.compile(
    r"[⟦⟧⟪⟫〚〛⦃⦄❮<{%@_\[【$\ue000-\uf8ff]|[A-ZＸ][ _]?[0-9０-９]|プレースホ"
)
_PLACEHOLDER = re.compile(
    r"[⟦⟪〚⦃❮]\s*\S{0,12}\s*[⟧⟫〛⦄❯]"
    r"|[⟦⟧⟪⟫〚〛⦃⦄]"
    r"|</?\s?[xg]\d*\b[^<>]{0,40}>"
    r"|\{\{\s?\w{1,20}\s?\}\}|\[\[\s?\w{1,20}\s?\]\]|%%\w{1,20}%%|@@\w{1,20}@@"
    r"|__[A-Za-z]{1,20}_?\d{1,4}__|__\d{1,4}__"
    r"|(?<![A-Za-z])(?:PLACEHOLDER|MATH|MASK|FORMULA|EQN?|URL|TOKEN|PH|XMATH|MTH|REF|CIT)"
    r"[_ ]?\d{1,4}(?![A-Za-z])"
    r"|(?<![A-Za-z0-9])[XＸ]\s?[0-9０-９]{1,6}\s?[XＸ](?![A-Za-z0-9])"
    r"|[【\[](?:数式|プレースホルダー?|URL|リンク)\s?\d{0,4}[】\]]"
    r"|プレースホルダー?\s?\d{1,4}"
    r"|[\ue000-\uf8ff]|\$\{\w{1,20}\}"
)


class Placeholders(Check):
    """Placeholders that were not replaced by their originals (⟦3⟧, <x id="1"/>, MATH_2)."""

    name = "placeholders"
    label = Label("プレースホルダー", "placeholder")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if not _MAY_BE_PLACEHOLDER.search(pair.target):
            return
        for match in _PLACEHOLDER.finditer(pair.target):
            if match[0] in pair.source or _inside_math(pair.target, match):
                continue
            yield self.finding(
                Severity.BLOCKING,
                f"プレースホルダー「{match[0]}」が残っています。原文の数式やURLに置き換えてください。",
                f"The placeholder {match[0]} is left over. Put back what the source has here.",
                match.span(),
            )


def _inside_math(target: str, match: re.Match[str]) -> bool:
    return any(
        span.kind is Kind.MATH and span.start <= match.start() < span.end
        for span in protected_spans(target)
    )


def _cut(tex: str) -> str:
    return tex if len(tex) <= _SHORT else tex[:_SHORT] + "…"
