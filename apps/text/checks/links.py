"""Addresses are kept character for character."""

from collections.abc import Iterator

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import LINKS, protected_spans


class Links(Check):
    """URLs, DOIs, arXiv identifiers and e-mail addresses that are lost, changed or invented."""

    name = "links"
    label = Label("リンク", "link")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.source, pair.target
        wanted = [source[s.start : s.end] for s in protected_spans(source) if s.kind in LINKS]
        found = [s for s in protected_spans(target) if s.kind in LINKS]
        if not wanted and not found:
            return
        there = {target[s.start : s.end] for s in found}
        lost = [link for link in dict.fromkeys(wanted) if not _stands(link, target, there)]
        added = [s for s in found if target[s.start : s.end] not in source]
        for link in lost:
            if added:
                place = added.pop(0)
                now = target[place.start : place.end]
                yield self._finding(
                    place.start,
                    place.end,
                    f"「{link}」が「{now}」に変わっています。原文の文字列に戻してください。",
                    f"{link} has become {now}. Restore it as it is in the source.",
                )
            else:
                yield self._finding(
                    0,
                    0,
                    f"「{link}」が訳文にありません。補ってください。",
                    f"{link} is missing. Add it.",
                )
        for place in added:
            now = target[place.start : place.end]
            yield self._finding(
                place.start,
                place.end,
                f"「{now}」は原文にありません。削除してください。",
                f"{now} is not in the source. Remove it.",
            )

    def _finding(self, start: int, end: int, japanese: str, english: str) -> Finding:
        return Finding(self.name, Severity.BLOCKING, start, end, japanese, english)


def _stands(link: str, target: str, there: set[str]) -> bool:
    """Whether the target holds `link` whole, not as the beginning of a longer address."""
    return link in there or (link in target and not any(other.startswith(link) for other in there))
