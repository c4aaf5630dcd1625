"""Components from the topic of a paper: its growth, and how central the paper is in it."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _

from apps.discovery.scoring.formulas.base import Fact, Facts, Measured, Neighbour

# arXiv announces the papers of several days together, so these are known at the same time.
SAME_ANNOUNCEMENT = timedelta(days=3)
HALF_YEAR = timedelta(days=182)
YEAR_DAYS = 365.25

# On a site younger than half a year, only the newest third of its papers is recent.
NEWEST_SHARE = 3
# A prior: one more recent neighbour, found and expected.
ONE_MORE = 1.0
# Powers of two at the ends of the scale: four times as many as expected, or a quarter.
GROWTH_RANGE = 2.0

# A prior: one more neighbour of today that does not list the paper.
UNSEEN_NEIGHBOURS = 1.0
HALF_LIFE_YEARS = 1.0
# The mean height that gets full points; few papers are above it.
CENTRAL = 0.6


def growth(facts: Facts) -> Measured:
    """Compare how many nearest papers are recent with the expectation for this site at that time.

    As expected is 0.5, four times as many 1, a quarter 0, logarithmically; 0.5 without neighbours.
    Recent papers are at most half a year older and among the newest third of the site.
    """
    known = _known(facts)
    then = _known_dates(facts)
    start = _recent_start(facts.submitted_at, then)
    recent = sum(neighbour.submitted_at >= start for neighbour in known)
    # The paper itself counts as one of the site's recent papers.
    expected = (len(then) - bisect_left(then, start) + 1) / (len(then) + 1)
    ratio = (recent + ONE_MORE) / (len(known) * expected + ONE_MORE)
    value = 0.5 + math.log2(ratio) / (2 * GROWTH_RANGE)
    return Measured(
        value,
        {
            "recent": recent,
            "neighbours": len(known),
            "since": start.astimezone(UTC).date().isoformat(),
            "expected": round(expected, 4),
        },
    )


def describe_growth(fact: Fact) -> str:
    if not fact["neighbours"]:
        return _("This site has no earlier paper that is similar yet.")
    return _(
        "%(recent)d of the %(neighbours)d nearest papers (%(share)d%%) are from %(since)s or "
        "later (%(expected)d%% of all papers on this site at that time)."
    ) % {
        **fact,
        "share": round(100 * fact["recent"] / fact["neighbours"]),
        "since": dateformat.format(date.fromisoformat(fact["since"]), _("Y-m-d")),
        "expected": round(100 * fact["expected"]),
    }


def centrality(facts: Facts) -> Measured:
    """Return how high the paper ranks in the lists of its own nearest papers.

    The first place counts 1, the last little, no place 0; the weight of a neighbour halves with
    each year of age. A mean of 0.6 is 1. Places, unlike cosines, are comparable across sites and
    embedders.
    """
    known = _known(facts)
    weights = [_weight(facts.submitted_at, neighbour) for neighbour in known]
    heights = [_height(neighbour) for neighbour in known]
    total = sum(weight * height for weight, height in zip(weights, heights, strict=True))
    return Measured(
        total / (sum(weights) + UNSEEN_NEIGHBOURS) / CENTRAL,
        {
            "listed_by": sum(neighbour.place is not None for neighbour in known),
            "neighbours": len(known),
        },
    )


def describe_centrality(fact: Fact) -> str:
    if not fact["neighbours"]:
        return _("This site has no earlier paper that is similar yet.")
    return _(
        "%(listed_by)d of the %(neighbours)d nearest papers list this paper among their own "
        "nearest papers."
    ) % dict(fact)


def _known(facts: Facts) -> list[Neighbour]:
    """Return the neighbours known when the paper arrived."""
    end = facts.submitted_at + SAME_ANNOUNCEMENT
    return [neighbour for neighbour in facts.neighbours if neighbour.submitted_at <= end]


def _known_dates(facts: Facts) -> Sequence[datetime]:
    """Return the dates of papers known when the paper arrived, oldest first."""
    end = facts.submitted_at + SAME_ANNOUNCEMENT
    return facts.site_dates[: bisect_right(facts.site_dates, end)]


def _recent_start(submitted_at: datetime, then: Sequence[datetime]) -> datetime:
    start = submitted_at - HALF_YEAR
    return max(start, then[-((len(then) + 2) // NEWEST_SHARE)]) if then else start


def _weight(submitted_at: datetime, neighbour: Neighbour) -> float:
    age = max((submitted_at - neighbour.submitted_at) / timedelta(days=YEAR_DAYS), 0.0)
    return math.pow(0.5, age / HALF_LIFE_YEARS)


def _height(neighbour: Neighbour) -> float:
    if neighbour.place is None or neighbour.listed <= 0:
        return 0.0
    return max(1 - (neighbour.place - 1) / neighbour.listed, 0.0)
