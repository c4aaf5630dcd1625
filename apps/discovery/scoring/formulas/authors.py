"""The people behind a paper: how active they are, how their papers fared here, how many they are.

Authors are told apart by name only (`apps.text.arxiv.author_key`): namesakes count as one person.
"""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.discovery.scoring.formulas.base import Fact, Facts, Measured

BUSY = 12
"""So many papers of an author within a year, all that is counted of one, are the top."""
LARGE_TEAM = 32

# As if two papers had been seen that scored as the site's papers do in general.
SUPPOSED_PAPERS = 2.0
# So many points above the site's mean are the top, as many below the bottom.
RECORD_RANGE = 15.0


def activity(facts: Facts) -> Measured:
    """Return how much its authors published here in the year before it, on average.

    No paper is 0, twelve or more of each author are 1, logarithmically, so that one busy author
    or one common name does not carry a whole list.
    """
    counts = [min(author.papers_in_year, BUSY) for author in facts.authors]
    value = sum(math.log2(1 + count) for count in counts) / math.log2(1 + BUSY)
    return Measured(
        value / len(counts) if counts else 0.0,
        {
            "active": sum(count > 0 for count in counts),
            "authors": len(counts),
            "most": max(counts, default=0),
        },
    )


def describe_activity(fact: Fact) -> str:
    """Say what `activity` saw."""
    if not fact["authors"]:
        return _("No author is named.")
    if not fact["active"]:
        return _("The authors have no papers on this site from the previous year.")
    most = fact["most"]
    papers = _("%d papers or more") if most >= BUSY else ngettext("%d paper", "%d papers", most)
    return ngettext(
        "%(active)d of %(authors)d authors has papers on this site from the year before; the most "
        "active one has %(most)s.",
        "%(active)d of %(authors)d authors have papers on this site from the year before; the "
        "most active one has %(most)s.",
        fact["active"],
    ) % {**fact, "most": papers % most}


def record(facts: Facts) -> Measured:
    """Return how the authors' earlier papers scored here under the same formula, compared with
    the mean of the site.

    As high as the site is 0.5, 15 points higher is 1, 15 lower is 0. Two papers of the site's mean
    are supposed to be among them, so that one paper moves little; without any the value is 0.5:
    newcomers are neither raised nor put down.
    """
    scores = [score for author in facts.authors for score in author.past_scores]
    if not scores:
        return Measured(0.5, {"papers": 0})
    mean = sum(scores) / len(scores)
    typical = mean if facts.site_score is None else facts.site_score
    above = (mean - typical) * len(scores) / (len(scores) + SUPPOSED_PAPERS)
    return Measured(
        0.5 + above / (2 * RECORD_RANGE),
        {"papers": len(scores), "mean": round(mean, 1), "site": round(typical, 1)},
    )


def describe_record(fact: Fact) -> str:
    """Say what `record` saw."""
    if not fact["papers"]:
        return _("The authors' earlier papers have no score on this site, so the average is used.")
    return ngettext(
        "%(papers)d earlier paper of its authors scored %(mean).1f here; papers here score "
        "%(site).1f on average.",
        "%(papers)d earlier papers of its authors scored %(mean).1f here; papers here score "
        "%(site).1f on average.",
        fact["papers"],
    ) % dict(fact)


def team(facts: Facts) -> Measured:
    """Return the length of the author list, logarithmically: one is 0, thirty-two or more is 1."""
    return Measured(
        math.log2(max(facts.author_count, 1)) / math.log2(LARGE_TEAM),
        {"authors": facts.author_count},
    )


def describe_team(fact: Fact) -> str:
    """Say what `team` saw."""
    return ngettext("%(authors)d author.", "%(authors)d authors.", fact["authors"]) % dict(fact)
