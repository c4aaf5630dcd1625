"""Components from the authors: their activity, their earlier scores, their number.

Authors are identified by name only (`apps.text.arxiv.author_key`).
"""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.discovery.scoring.formulas.base import Fact, Facts, Measured

BUSY = 12
"""The most papers of an author in a year that count."""
LARGE_TEAM = 32

# A prior: two more papers with the mean score of the site.
SUPPOSED_PAPERS = 2.0
# Points above or below the mean of the site at the ends of the scale.
RECORD_RANGE = 15.0


def activity(facts: Facts) -> Measured:
    """Return the authors' mean number of papers here in the year before.

    None is 0, twelve or more each are 1, logarithmically, to limit one busy author or common name.
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
    """Compare the scores of the authors' earlier papers with the mean of the site.

    Equal is 0.5, 15 points higher 1, 15 lower 0. Two papers with the site's mean are added, so
    that few papers change little; new authors get 0.5.
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
    """Return the number of authors, logarithmically: one is 0, thirty-two or more are 1."""
    return Measured(
        math.log2(max(facts.author_count, 1)) / math.log2(LARGE_TEAM),
        {"authors": facts.author_count},
    )


def describe_team(fact: Fact) -> str:
    return ngettext("%(authors)d author.", "%(authors)d authors.", fact["authors"]) % dict(fact)
