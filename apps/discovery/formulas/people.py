"""The people behind a paper: how active they are, how their papers fared here, how many they are.

Authors are told apart by name only (`apps.text.author_key`): namesakes count as one person.
"""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.discovery.formulas.base import Fact, Facts, Measured

BUSY = 12
"""So many papers of an author within a year, all that is counted of one, are the top."""
LARGE_TEAM = 32

# As if two papers of a middling score had been seen: the record of somebody new is middling.
SUPPOSED_PAPERS = 2.0
SUPPOSED_SCORE = 40.0
LOW_SCORE, HIGH_SCORE = 20.0, 65.0


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


def activity_in_words(fact: Fact) -> str:
    """Say what `activity` saw."""
    if not fact["authors"]:
        return _("Nobody is named as author.")
    if not fact["active"]:
        return _("None of the authors has a paper on this site from the year before.")
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
    """Return how the authors' earlier papers scored here under the same formula.

    The mean of those scores and of two supposed ones of 40; 20 is 0 and 65 is 1. Without earlier
    papers it is what the supposed ones give, so that newcomers are neither raised nor put down.
    """
    scores = [score for author in facts.authors for score in author.past_scores]
    supposed = SUPPOSED_PAPERS * SUPPOSED_SCORE
    mean = (sum(scores) + supposed) / (len(scores) + SUPPOSED_PAPERS)
    return Measured(
        (mean - LOW_SCORE) / (HIGH_SCORE - LOW_SCORE),
        {"papers": len(scores), "mean": round(sum(scores) / len(scores), 1) if scores else None},
    )


def record_in_words(fact: Fact) -> str:
    """Say what `record` saw."""
    if not fact["papers"]:
        return _("No earlier paper of its authors has a score here; a middling one is supposed.")
    return ngettext(
        "%(papers)d earlier paper of its authors scored %(mean).1f here.",
        "%(papers)d earlier papers of its authors scored %(mean).1f here on average.",
        fact["papers"],
    ) % dict(fact)


def team(facts: Facts) -> Measured:
    """Return the length of the author list, logarithmically: one is 0, thirty-two or more is 1."""
    return Measured(
        math.log2(max(facts.author_count, 1)) / math.log2(LARGE_TEAM),
        {"authors": facts.author_count},
    )


def team_in_words(fact: Fact) -> str:
    """Say what `team` saw."""
    return ngettext("%(authors)d author.", "%(authors)d authors.", fact["authors"]) % dict(fact)
