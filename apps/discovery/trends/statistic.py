"""Which terms rise: version 1 of the statistic, without a database.

The papers of the last eight weeks are held against those of the 52 weeks before. A term rises when

- at least five papers have it, at least two of them in the title, and a quarter of those that
  have it at all: what nobody puts into a title is a manner of writing, not a topic;
- at least four of these papers have no author in common, so that no single group makes a trend;
- its share has grown by a quarter or more, smoothed: (found + c) / (expected + c), where
  `expected` is what the share before would give now and c is five papers and a thousandth of all.
  Smoothing keeps terms of a few papers from leading the list;
- the growth is no chance at the one per cent level, by the log-likelihood ratio G2 (T. Dunning,
  "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics
  19, 1993), which holds for rare terms too.

Terms are ranked by smoothed growth. The papers before are weighted so that every primary category
has the part in them that it has now. Otherwise a change of what is harvested would be a trend. A
category that hardly had papers before is left out until it has.
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
"""The chi-squared distribution with one degree of freedom is above this once in a hundred times."""

LARGEST_WEIGHT = 4.0
KEPT = 20


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many papers there are: of the last weeks, and before."""

    papers: int
    before: int


@dataclass(frozen=True, slots=True)
class Rise:
    """A term with what speaks for it: papers that have it now, and before (weighted)."""

    term: str
    papers: int
    before: float
    growth: float
    evidence: float


def field_weights(last: Mapping[str, int], before: Mapping[str, int]) -> dict[str, float]:
    """Return what a paper before counts, by its field, so that the fields have their part of now.

    Fields that would count more than fourfold are left out. All papers before that are not left
    out together keep their number.
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
    """Return the rise of a term, or None where it has not risen enough or may have by chance."""
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
    """Return Dunning's G2 for the share of the papers with a term, now and before."""
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
    """Return the rises, greatest growth first; of equals the longer and then the alphabet's."""
    return sorted(rises, key=lambda rise: (-rise.growth, -len(rise.term), rise.term))


def without_duplicates(
    rises: Sequence[Rise], papers_of: Mapping[str, Set[int]], most: int = KEPT
) -> list[Rise]:
    """Return up to `most` of the ranked rises, without those that say what another one says.

    Of "language model" and "large language model", when most papers with the shorter have the
    longer, only the longer stays, in the better place; else a longer one after its shorter one
    goes. Of others a term goes that stands in the same papers as a better one, or only in papers of
    one that is at most four times as frequent, as what an acronym stands for does.
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
    """Return how many of the papers have no author in common with one counted before."""
    seen: set[str] = set()
    groups = 0
    for names in authors:
        if seen.isdisjoint(names):
            groups += 1
        seen.update(names)
    return groups
