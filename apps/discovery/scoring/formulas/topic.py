"""The topic of a paper: how fast it grows, and how near its middle the paper stands."""

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

# Where a whole site is younger than half a year, everything in it is recent: then the newest
# third of its papers counts as such.
NEWEST_SHARE = 3
# As if one more recent neighbour had been seen, and one more expected.
ONE_MORE = 1.0
# Four times as many recent neighbours as expected, or a quarter, are the ends of the scale.
GROWTH_RANGE = 2.0

# As if one more neighbour of today had been seen that does not list the paper.
UNSEEN_NEIGHBOURS = 1.0
HALF_LIFE_YEARS = 1.0
# So far does a paper come that stands in the middle of every list; few come further.
CENTRAL = 0.6


def growth(facts: Facts) -> Measured:
    """Return how fast the topic grows: how many of its nearest papers are recent, next to how
    many of as many papers of this site at that time would be.

    As many as expected is 0.5, four times as many is 1, a quarter is 0, logarithmically. Recent is
    what is at most half a year older than the paper, and no more than the newest third of the
    site. Where few are expected, on a new or a sparse site, one more or less moves little, and
    without neighbours the value is 0.5.
    """
    known = _known(facts)
    then = _known_dates(facts)
    start = _recent_start(facts.submitted_at, then)
    recent = sum(neighbour.submitted_at >= start for neighbour in known)
    # The paper itself is one of the site's, and recent.
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
    """Say what `growth` saw."""
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
    """Return how central the paper is among recent work: how high it stands in the lists of
    nearest papers of its own nearest papers.

    The first place of a list counts 1, the last little, no place 0; a neighbour counts half as
    much for each year that it is older. 0.6 on average is 1. Places, not cosines, are looked at:
    they mean the same on a small and a large site and with any embedder.
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
    """Say what `centrality` saw."""
    if not fact["neighbours"]:
        return _("This site has no earlier paper that is similar yet.")
    return _(
        "%(listed_by)d of the %(neighbours)d nearest papers list this paper among their own "
        "nearest papers."
    ) % dict(fact)


def _known(facts: Facts) -> list[Neighbour]:
    """The neighbours that were there when the paper came."""
    end = facts.submitted_at + SAME_ANNOUNCEMENT
    return [neighbour for neighbour in facts.neighbours if neighbour.submitted_at <= end]


def _known_dates(facts: Facts) -> Sequence[datetime]:
    """When the papers were submitted that were there when the paper came, oldest first."""
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
