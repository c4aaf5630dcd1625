"""Version 1 of the statistic of rising terms.

It compares the papers of the last eight weeks with those of the 52 weeks before. A term rises when

- at least five papers have it, two of them and a quarter of all in the title: other terms are
  style, not topics;
- at least four of these papers have no author in common, so that one group is no trend;
- its share has grown by a quarter or more, smoothed: (found + c) / (expected + c), where
  `expected` follows from the earlier share and c is five papers plus a thousandth of all;
- the growth is significant at the one percent level, by the log-likelihood ratio G2 (T. Dunning,
  "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics
  19, 1993), which holds for rare terms too.

Terms are ranked by smoothed growth. Earlier papers are weighted so that every primary category has
its present share; otherwise a change of what is harvested would be a trend. A category with hardly
any earlier papers is left out.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

VERSION = 1

LAST_WEEKS = 8
WEEKS_BEFORE = 52
FEWEST_WEEKS_BEFORE = 12
FEWEST_PAPERS = 50
FEWEST_PAPERS_BEFORE = 100

FEWEST_WITH_TERM = 5
FEWEST_IN_TITLE = 2
LEAST_IN_TITLE = 0.25
FEWEST_GROUPS = 4
LEAST_GROWTH = 1.25
LEAST_EVIDENCE = 6.63
"""The 99th percentile of the chi-squared distribution with one degree of freedom."""

LARGEST_WEIGHT = 4.0
KEPT = 20


@dataclass(frozen=True, slots=True)
class Sizes:
    """The number of papers of the last weeks, and before."""

    papers: int
    before: int


@dataclass(frozen=True, slots=True)
class Rise:
    """A rising term: its papers now and before (weighted), growth and G2."""

    term: str
    papers: int
    before: float
    growth: float
    evidence: float


def field_weights(last: Mapping[str, int], before: Mapping[str, int]) -> dict[str, float]:
    """Return the weight of an earlier paper by field, so that fields have their present shares.

    Fields with a weight above four are left out. The weights of the others preserve the total.
    """
    all_last, all_before = sum(last.values()), sum(before.values())
    kept = [
        field
        for field, papers in last.items()
        if before.get(field, 0) * LARGEST_WEIGHT * all_last >= papers * all_before > 0
    ]
    sizes = Sizes(sum(last[field] for field in kept), sum(before[field] for field in kept))
    return {field: last[field] * sizes.before / (before[field] * sizes.papers) for field in kept}


def rise_of(term: str, papers: int, before: float, sizes: Sizes) -> Rise | None:
    """Return the rise of a term; None where it is too small or not significant."""
    growth = smoothed_growth(papers, before, sizes)
    if papers < FEWEST_WITH_TERM or growth < LEAST_GROWTH:
        return None
    evidence = log_likelihood_ratio(papers, before, sizes)
    if evidence < LEAST_EVIDENCE:
        return None
    return Rise(term, papers, before, growth, evidence)


def smoothed_growth(papers: int, before: float, sizes: Sizes) -> float:
    """Return (found + c) / (expected + c); 1 is no change."""
    smoothing = 5 + sizes.papers / 1000
    expected = sizes.papers * before / sizes.before
    return (papers + smoothing) / (expected + smoothing)


def log_likelihood_ratio(papers: int, before: float, sizes: Sizes) -> float:
    """Return Dunning's G2 for the shares of papers with a term, now and before."""
    common = (papers + before) / (sizes.papers + sizes.before)
    apart = _log_likelihood(papers, sizes.papers, papers / sizes.papers)
    apart += _log_likelihood(before, sizes.before, before / sizes.before)
    together = _log_likelihood(papers, sizes.papers, common)
    together += _log_likelihood(before, sizes.before, common)
    return max(0.0, 2 * (apart - together))


def _log_likelihood(found: float, total: int, share: float) -> float:
    rest = total - found
    with_term = found * math.log(share) if share > 0 else 0.0
    without = rest * math.log1p(-share) if rest > 0 and share < 1 else 0.0
    return with_term + without


def ranked(rises: Iterable[Rise]) -> list[Rise]:
    """Return the rises by growth, then by length and alphabet of the term."""
    return sorted(rises, key=lambda rise: (-rise.growth, -len(rise.term), rise.term))


def without_duplicates(
    rises: Sequence[Rise], papers_of: Mapping[str, Set[int]], most: int = KEPT
) -> list[Rise]:
    """Return up to `most` of the ranked rises, without terms that repeat a better one.

    Of "language model" and "large language model" only the longer stays, at the better place, if
    most papers with the shorter have it; else a longer term after its shorter one is dropped.
    Other terms are dropped if they share most papers with a better one, or occur only in papers
    of one at most four times as frequent, as an acronym and its long form do.
    """
    kept: list[Rise] = []
    for rise in rises:
        papers = papers_of[rise.term]
        double = None
        for place, better in enumerate(kept):
            others = papers_of[better.term]
            both = len(papers & others)
            if _is_inside(better.term, rise.term):
                double = place
                if both >= 0.7 * len(others):
                    kept[place] = rise
            elif _is_inside(rise.term, better.term):
                double = place if both >= 0.7 * len(papers) else None
            elif both >= 0.5 * len(papers | others) or (
                both >= 0.9 * len(papers) and len(others) <= 4 * len(papers)
            ):
                double = place
            if double is not None:
                break
        if double is None and len(kept) < most:
            kept.append(rise)
    return kept


def _is_inside(part: str, whole: str) -> bool:
    return f" {part} " in f" {whole} "


def independent_groups(authors: Iterable[Collection[str]]) -> int:
    """Count the papers without an author in common with an earlier one."""
    seen: set[str] = set()
    groups = 0
    for names in authors:
        if seen.isdisjoint(names):
            groups += 1
        seen.update(names)
    return groups
