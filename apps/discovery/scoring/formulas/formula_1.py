"""Formula 1, the first formula in force."""

import math
import re
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from apps.discovery.scoring.formulas.base import Component, Facts, Formula, Measured

RECENT = timedelta(days=180)
CODE_OR_DATA = re.compile(
    r"github\.com|gitlab\.com|huggingface\.co|zenodo\.org|osf\.io|bitbucket\.org|kaggle\.com|"
    r"code (?:is|will be|are) (?:made )?(?:publicly )?available|we release (?:the |our )?code",
    re.IGNORECASE,
)
ACCEPTED = re.compile(
    r"\b(?:accepted (?:at|by|to|for|in)|to appear (?:in|at)|published (?:in|at)|camera[- ]ready|"
    r"oral|spotlight|best paper)\b",
    re.IGNORECASE,
)


def topic_recency(facts: Facts) -> Measured:
    """Return the share of neighbours submitted within half a year of this paper."""
    if not facts.neighbours:
        return Measured(0.0)
    near = [n for n in facts.neighbours if abs(facts.submitted_at - n.submitted_at) <= RECENT]
    return Measured(len(near) / len(facts.neighbours))


def centrality(facts: Facts) -> Measured:
    """Return the mean cosine of the ten nearest papers: 0.75, typical of unrelated ones, is 0."""
    nearest = [neighbour.similarity for neighbour in facts.neighbours[:10]]
    if not nearest:
        return Measured(0.0)
    return Measured((sum(nearest) / len(nearest) - 0.75) / 0.2)


def breadth(facts: Facts) -> Measured:
    """Return the number of categories: one is 0, four or more are 1."""
    return Measured((len(facts.categories) - 1) / 3)


def openness(facts: Facts) -> Measured:
    """Return 1 if abstract or comments mention code or data, else 0."""
    return Measured(float(bool(CODE_OR_DATA.search(f"{facts.abstract} {facts.comments}"))))


def acceptance(facts: Facts) -> Measured:
    """Return 1 if comments or journal reference name a venue, else 0."""
    return Measured(float(bool(facts.journal_ref or ACCEPTED.search(facts.comments))))


def team(facts: Facts) -> Measured:
    """Return the number of authors, logarithmically: one is 0, thirty-two are 1."""
    return Measured(math.log2(max(facts.author_count, 1)) / 5)


FORMULA_1 = Formula(
    version=1,
    summary=_("The first formula looked at the paper and its nearest papers only."),
    components=(
        Component(
            "topic_recency",
            _("Liveliness of the topic"),
            _("the share of the nearest papers that appeared within half a year of this one"),
            _("none of them: no points; all of them: full points"),
            30,
            topic_recency,
        ),
        Component(
            "centrality",
            _("Centrality"),
            _("how close the ten nearest papers on this site are"),
            _("a mean cosine of 0.75: no points; 0.95: full points"),
            25,
            centrality,
        ),
        Component(
            "breadth",
            _("Breadth"),
            _("the number of arXiv categories it is listed in"),
            _("one category: no points; four or more: full points"),
            15,
            breadth,
        ),
        Component(
            "openness",
            _("Code and data"),
            _("whether the abstract or the comments point to code or data"),
            _("full points or none"),
            10,
            openness,
        ),
        Component(
            "acceptance",
            _("Venue"),
            _("whether the comments or the journal reference name a venue"),
            _("full points or none"),
            10,
            acceptance,
        ),
        Component(
            "team",
            _("Team"),
            _("the number of authors, logarithmically"),
            _("one author: no points; 32: full points"),
            10,
            team,
        ),
    ),
)
