"""Formula 2: growth of the topic, earlier papers of the authors, and the paper's own record.

Never change a formula that has scored papers, nor its measures; write a new one.
"""

from django.utils.translation import gettext_lazy as _

from apps.discovery.scoring.formulas import authors, metadata, topic
from apps.discovery.scoring.formulas.base import Component, Formula

FORMULA_2 = Formula(
    version=2,
    summary=_(
        "The second formula compares a paper with the papers that were on this site when it "
        "arrived, and uses its authors' earlier papers."
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
                "as many recent papers as expected: half of the points; four times as many: full "
                "points; a quarter: none"
            ),
            25,
            topic.growth,
            topic.describe_growth,
        ),
        Component(
            "centrality",
            _("Centrality"),
            _(
                "how high it ranks in the lists of nearest papers of its own nearest papers; "
                "newer papers count more"
            ),
            _(
                "in none of the lists: no points; a mean rank in the upper half of all lists: "
                "full points"
            ),
            20,
            topic.centrality,
            topic.describe_centrality,
        ),
        Component(
            "activity",
            _("Activity of the authors"),
            _("how many papers by its authors arrived on this site in the previous year"),
            _("no paper: no points; 12 or more papers per author: full points; logarithmic"),
            10,
            authors.activity,
            authors.describe_activity,
        ),
        Component(
            "record",
            _("Earlier scores"),
            _(
                "how its authors' earlier papers scored on this site, compared with all papers; "
                "new authors count as average"
            ),
            _(
                "equal to the average of this site: half of the points; 15 higher: full points; "
                "15 lower: none; with few papers the effect is smaller"
            ),
            10,
            authors.record,
            authors.describe_record,
        ),
        Component(
            "breadth",
            _("Breadth"),
            _(
                "the number of categories it is listed in, and whether they belong to several "
                "fields"
            ),
            _(
                "each category after the first: a fifth of the points; each field after the "
                "first: another three tenths"
            ),
            10,
            metadata.breadth,
            metadata.describe_breadth,
        ),
        Component(
            "openness",
            _("Code and data"),
            _("whether abstract and comments link to code or data, or promise them"),
            _(
                "a promise: three tenths of the points; a statement without a link: half; one "
                "link: seven tenths; three links: full points"
            ),
            10,
            metadata.openness,
            metadata.describe_openness,
        ),
        Component(
            "venue",
            _("Venue"),
            _("what the authors say about where it is published"),
            _(
                "submitted: a fifth of the points; workshop or poster: half; accepted or "
                "published: four fifths; award or oral presentation: full points"
            ),
            10,
            metadata.venue,
            metadata.describe_venue,
        ),
        Component(
            "team",
            _("Team"),
            _("the number of authors, logarithmically"),
            _("one author: no points; 32 or more: full points"),
            5,
            authors.team,
            authors.describe_team,
        ),
    ),
)
