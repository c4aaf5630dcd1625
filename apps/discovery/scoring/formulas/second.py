"""Formula 2: how the topic grows and who writes, next to what the paper's own record says.

A formula that has scored papers is history and must not change, nor the measures that it is made
of: what should be measured otherwise is a new function in a new formula.
"""

from django.utils.translation import gettext_lazy as _

from apps.discovery.scoring.formulas import listing, people, topic
from apps.discovery.scoring.formulas.base import Component, Formula

SECOND = Formula(
    version=2,
    summary=_(
        "The second formula compares a paper with what this site held when the paper came, and "
        "knows its authors' earlier papers."
    ),
    components=(
        Component(
            "growth",
            _("Growth of the topic"),
            _(
                "how many of its nearest papers are recent, compared with what is expected of any "
                "paper on this site at that time"
            ),
            _(
                "as many recent ones as expected give half of the points, four times as many give "
                "all, a quarter gives none"
            ),
            25,
            topic.growth,
            topic.growth_in_words,
        ),
        Component(
            "centrality",
            _("Centrality"),
            _(
                "how high it stands in its nearest papers' own lists of nearest papers; newer "
                "papers count more"
            ),
            _(
                "in none of the lists it gets no points; a mean place in the upper half of all of "
                "them gives all"
            ),
            20,
            topic.centrality,
            topic.centrality_in_words,
        ),
        Component(
            "activity",
            _("Activity of the authors"),
            _("how many papers its authors brought to this site in the year before"),
            _("no paper gives no points, twelve or more of each author give all, logarithmically"),
            10,
            people.activity,
            people.activity_in_words,
        ),
        Component(
            "record",
            _("Earlier scores"),
            _(
                "how its authors' earlier papers scored here, compared with all papers here; "
                "somebody new counts as average"
            ),
            _(
                "as high as all papers here gives half of the points, 15 higher gives all, 15 "
                "lower none; few papers count less"
            ),
            10,
            people.record,
            people.record_in_words,
        ),
        Component(
            "breadth",
            _("Breadth"),
            _("in how many categories it is listed, and whether they are of several fields"),
            _(
                "each category after the first gives a fifth of the points, each further field "
                "three tenths more"
            ),
            10,
            listing.breadth,
            listing.breadth_in_words,
        ),
        Component(
            "openness",
            _("Code and data"),
            _("whether abstract and comments link to code or data, or promise them"),
            _(
                "a promise gives three tenths of the points, words without a link half, one link "
                "seven tenths, three links all"
            ),
            10,
            listing.openness,
            listing.openness_in_words,
        ),
        Component(
            "venue",
            _("Venue"),
            _("what its authors say about where it appears"),
            _(
                "submitted gives a fifth of the points, a workshop or poster half, accepted or "
                "published four fifths, an award or an oral presentation all"
            ),
            10,
            listing.venue,
            listing.venue_in_words,
        ),
        Component(
            "team",
            _("Team"),
            _("the number of authors, logarithmically"),
            _("one author gives no points, thirty-two or more give all"),
            5,
            people.team,
            people.team_in_words,
        ),
    ),
)
