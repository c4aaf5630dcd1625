"""Formula 2: what each component measures, says and promises."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from apps.discovery.scoring.formulas import FORMULAS, AuthorRecord, Facts, Neighbour
from apps.discovery.scoring.formulas.authors import BUSY, activity, record, team
from apps.discovery.scoring.formulas.metadata import breadth, openness, venue
from apps.discovery.scoring.formulas.topic import centrality, growth
from tests.support.builders import NOW

SECOND = FORMULAS[2]
DAY = timedelta(days=1)
# A site that took in a paper each day for 1,000 days: half a year has 182 of them.
OLD_SITE = [NOW - number * DAY for number in range(1000, 0, -1)]
YOUNG_SITE = OLD_SITE[-9:]


def facts(**known) -> Facts:
    return Facts(submitted_at=NOW, **known)


def near(ages, place=None, listed=20) -> list[Neighbour]:
    """Neighbours that are so many days older than the paper."""
    return [Neighbour(0.8, NOW - age * DAY, place, listed) for age in ages]


def of(measure, **known) -> float:
    return measure(facts(**known)).value


@pytest.mark.parametrize("version", FORMULAS)
def test_the_weights_add_up_to_one_hundred(version):
    assert FORMULAS[version].version == version
    assert sum(component.weight for component in FORMULAS[version].components) == 100


class TestGrowth:
    def test_without_neighbours_nothing_is_known(self):
        assert of(growth) == 0.5
        assert of(growth, site_dates=OLD_SITE) == 0.5

    def test_as_many_recent_ones_as_expected_is_the_middle(self):
        expected = round(20 * 182 / 1000)
        ages = [10] * expected + [400] * (20 - expected)
        assert of(growth, neighbours=near(ages), site_dates=OLD_SITE) == pytest.approx(0.5, abs=0.1)

    def test_more_recent_neighbours_mean_more(self):
        values = [
            of(growth, neighbours=near([10] * n + [400] * (20 - n)), site_dates=OLD_SITE)
            for n in range(21)
        ]
        assert values == sorted(values)
        assert values[0] < 0.05
        assert values[-1] > 0.9

    def test_recent_is_measured_against_the_site_not_the_calendar(self):
        crowd = [NOW - age * DAY for age in sorted([*range(1, 180)] * 8 + [*range(200, 900)])][::-1]
        neighbours = near([10] * 10 + [400] * 10)
        assert of(growth, neighbours=neighbours, site_dates=sorted(crowd)) < of(
            growth, neighbours=neighbours, site_dates=OLD_SITE
        )

    def test_on_a_site_of_ten_papers_it_still_tells_topics_apart(self):
        newest = of(growth, neighbours=near([1, 1, 2]), site_dates=YOUNG_SITE)
        oldest = of(growth, neighbours=near([7, 8, 9]), site_dates=YOUNG_SITE)
        assert oldest < 0.5 < newest

    def test_where_all_came_on_one_day_nothing_is_known(self):
        site = [NOW - DAY] * 9
        assert of(growth, neighbours=near([1] * 9), site_dates=site) == pytest.approx(0.5)

    def test_later_papers_do_not_count(self):
        then = {"neighbours": near([10, 300]), "site_dates": OLD_SITE}
        now = {
            "neighbours": near([10, 300, -40, -50]),
            "site_dates": [*OLD_SITE, NOW + 40 * DAY, NOW + 50 * DAY],
        }
        assert growth(facts(**now)) == growth(facts(**then))

    def test_the_papers_of_one_announcement_count(self):
        assert growth(facts(neighbours=near([-2]))).fact["neighbours"] == 1


class TestCentrality:
    @pytest.mark.parametrize(
        ("neighbours", "low", "high"),
        [
            pytest.param([], 0, 0, id="no neighbours, no middle"),
            pytest.param(near([5] * 20), 0, 0, id="in nobody's list"),
            pytest.param(near([5] * 20, place=1), 1.4, 1.7, id="first in every list"),
            pytest.param(near([5] * 20, place=20), 0.01, 0.1, id="last in every list"),
            pytest.param(near([5], place=1, listed=1), 0.7, 0.9, id="one neighbour weighs less"),
            pytest.param(near([1500] * 20, place=1), 0.5, 1.2, id="old ones weigh less"),
            pytest.param(near([-30] * 20, place=1), 0, 0, id="later ones are unknown"),
        ],
    )
    def test_places_in_the_lists_of_neighbours_count(self, neighbours, low, high):
        assert low <= of(centrality, neighbours=neighbours) <= high

    def test_the_scale_of_the_embedder_does_not_matter(self):
        here = [Neighbour(0.9, NOW - DAY, place, 20) for place in (1, 5, 9)]
        there = [Neighbour(0.3, NOW - DAY, place, 20) for place in (1, 5, 9)]
        assert centrality(facts(neighbours=here)) == centrality(facts(neighbours=there))


@pytest.mark.parametrize(
    ("measure", "known", "expected"),
    [
        pytest.param(activity, {}, 0, id="nobody"),
        pytest.param(activity, {"authors": [AuthorRecord()]}, 0, id="somebody new"),
        pytest.param(activity, {"authors": [AuthorRecord(BUSY)]}, 1, id="busy"),
        pytest.param(activity, {"authors": [AuthorRecord(900)]}, 1, id="a common name"),
        pytest.param(
            activity, {"authors": [AuthorRecord(BUSY), AuthorRecord()]}, 0.5, id="one of two"
        ),
        pytest.param(record, {}, 0.5, id="nobody has a record"),
        pytest.param(record, {"authors": [AuthorRecord()], "site_score": 70.0}, 0.5, id="newcomer"),
        pytest.param(
            record,
            {"authors": [AuthorRecord(1, [30.0])], "site_score": 30.0},
            0.5,
            id="as the site",
        ),
        pytest.param(
            record,
            {"authors": [AuthorRecord(1, [39.0])], "site_score": 30.0},
            0.6,
            id="one paper moves little",
        ),
        pytest.param(
            record,
            {"authors": [AuthorRecord(5, [45.0] * 8)], "site_score": 30.0},
            0.9,
            id="many move more",
        ),
        pytest.param(
            record,
            {"authors": [AuthorRecord(1, [0.0]), AuthorRecord(1, [0.0])], "site_score": 30.0},
            0,
            id="far below the site",
        ),
        pytest.param(breadth, {"categories": ["cs.CL"]}, 0, id="one category"),
        pytest.param(breadth, {"categories": ["cs.CL", "cs.LG"]}, 0.2, id="two of one field"),
        pytest.param(breadth, {"categories": ["cs.CL", "stat.ML"]}, 0.5, id="two of two fields"),
        pytest.param(
            breadth, {"categories": ["cs.CL", "cs.LG", "cs.AI", "stat.ML"]}, 0.9, id="four, two"
        ),
        pytest.param(breadth, {"categories": ["hep-th", "gr-qc"]}, 0.5, id="archives of old"),
        pytest.param(team, {"author_count": 0}, 0, id="authors unknown"),
        pytest.param(team, {"author_count": 1}, 0, id="one author"),
        pytest.param(team, {"author_count": 8}, 0.6, id="eight authors"),
        pytest.param(team, {"author_count": 32}, 1, id="thirty-two authors"),
    ],
)
def test_each_component_measures_what_it_says(measure, known, expected):
    assert of(measure, **known) == pytest.approx(expected)


OPEN = {
    "nothing": ("We release nothing.", 0.0),
    "a promise": ("Code will be made available.", 0.3),
    "promised upon acceptance": ("We will release the code upon acceptance.", 0.3),
    "words": ("Our code is publicly available.", 0.5),
    "we release": ("We release the dataset and all model weights.", 0.5),
    "one link": ("See https://github.com/a/b.", 0.7),
    "without a scheme": ("Code: github.com/a/b", 0.7),
    "a project page": ("Project page: https://a-b.github.io/c/", 0.7),
    "the same link twice": ("https://github.com/a/b and https://www.github.com/a/b/.", 0.7),
    "code and data": ("https://github.com/a/b, data at https://zenodo.org/record/1", 0.85),
    "three": ("github.com/a/b huggingface.co/a/c osf.io/abc12", 1.0),
    "another site": ("See https://example.org/github.", 0.0),
    "code as a word": ("We write code for error-correcting codes.", 0.0),
}


@pytest.mark.parametrize(("text", "expected"), OPEN.values(), ids=OPEN)
def test_openness_looks_for_links_then_words(text, expected):
    assert of(openness, abstract=text) == expected
    assert of(openness, comments=text) == expected


VENUE = {
    "silent": ("12 pages, 3 figures", "none"),
    "an election": ("12 pages, electoral study", "none"),
    "an oral history without a venue": ("Oral histories of 12 towns", "none"),
    "a classification": ("MSC 2020: 35Q30; LaTeX 2024", "none"),
    "a preprint in a style": ("9-page NeurIPS 2025 preprint", "none"),
    "in progress": ("Work in progress", "none"),
    "submitted to arXiv": ("Submitted to arXiv in Computation and Language", "none"),
    "submitted": ("submitted to Phys. Rev. D", "submitted"),
    "submitted to an edition": ("Submitted to ICML 2025", "submitted"),
    "under review": ("Preprint, under review", "submitted"),
    "not accepted": ("Submitted; not accepted yet", "submitted"),
    "accepted": ("Accepted to EMNLP 2025 (Main)", "accepted"),
    "accepted, joined": ("Accepted by CVPR2026. 10 pages", "accepted"),
    "an edition": ("10 pages, Neurips 2025. MICCAI 2025", "accepted"),
    "a year in two digits": ("KDD '25", "accepted"),
    "to appear": ("To appear in J. Mach. Learn. Res.", "accepted"),
    "in press": ("J. Phys. Soc. Jpn. (in press)", "accepted"),
    "was submitted, is accepted": ("Submitted in May, accepted by MNRAS in July", "accepted"),
    "a workshop": ("NIPS 2017 Workshop", "smaller"),
    "findings": ("Accepted to Findings of ACL 2025", "smaller"),
    "an oral": ("ICLR 2026 (Oral)", "distinguished"),
    "a highlight": ("Accepted by CVPR 2026 (Highlight). 10 pages", "distinguished"),
    "a spotlight": ("NeurIPS 2025 spotlight paper", "distinguished"),
    "an award": ("Accepted at CHI 2025, best student paper award", "distinguished"),
}


@pytest.mark.parametrize(("comments", "kind"), VENUE.values(), ids=VENUE)
def test_the_comments_say_where_it_appears(comments, kind):
    assert venue(facts(comments=comments)).fact["kind"] == kind


def test_kinds_of_venues_are_in_order_and_a_journal_reference_counts():
    order = ["silent", "submitted", "a workshop", "accepted", "an oral"]
    values = [of(venue, comments=VENUE[name][0]) for name in order]
    assert values == sorted(set(values))
    assert of(venue, journal_ref="Phys. Rev. D 1 (2026)") == of(venue, comments="Accepted at X")
    assert venue(facts(journal_ref="Phys. Rev. D 1")).fact["words"] == "Phys. Rev. D 1"


def test_the_words_that_were_found_are_kept():
    said = venue(facts(comments="12 pages, 3 figures. Accepted to EMNLP 2025 (Main)")).fact
    assert said["words"] == "Accepted to EMNLP 2025 (Main)"


neighbours = st.builds(
    Neighbour,
    similarity=st.floats(-1, 1),
    submitted_at=st.integers(-9000, 9000).map(lambda days: NOW + days * DAY),
    place=st.none() | st.integers(1, 40),
    listed=st.integers(0, 20),
)
any_facts = st.builds(
    Facts,
    submitted_at=st.just(NOW),
    abstract=st.text(),
    comments=st.text(),
    journal_ref=st.text(max_size=20),
    categories=st.lists(st.text(max_size=8), max_size=12),
    author_count=st.integers(0, 5000),
    neighbours=st.lists(neighbours, max_size=20),
    site_dates=st.lists(st.integers(-9000, 9000), max_size=30).map(
        lambda days: [NOW + day * DAY for day in sorted(days)]
    ),
    site_score=st.none() | st.floats(0, 100),
    authors=st.lists(
        st.builds(
            AuthorRecord,
            papers_in_year=st.integers(0, 10_000),
            past_scores=st.lists(st.floats(0, 100), max_size=5),
        ),
        max_size=40,
    ),
)


@given(any_facts)
def test_every_score_is_the_sum_of_its_bounded_components(known):
    for formula in FORMULAS.values():
        value, parts = formula.score(known)
        assert 0 <= value <= 100
        assert value == pytest.approx(sum(part["points"] for part in parts), abs=0.01)
        for part, component in zip(parts, formula.components, strict=True):
            assert part["name"] == component.name
            assert 0 <= part["value"] <= 1
            assert 0 <= part["points"] <= component.weight


@given(any_facts)
def test_every_fact_can_be_stored_and_said(known):

    _, parts = SECOND.score(known)
    for part, component in zip(json.loads(json.dumps(parts)), SECOND.components, strict=True):
        for language in ("ja", "en"):
            with translation.override(language):
                assert component.fact_label(part["fact"])
                assert str(component.meaning)
                assert str(component.scale)


@given(any_facts, st.text(alphabet="abc-", min_size=1, max_size=6))
def test_one_more_code_link_never_lowers_a_score(known, name):

    more = replace(known, abstract=f"{known.abstract} https://github.com/x/{name}")
    assert SECOND.score(more)[0] >= SECOND.score(known)[0]


@given(any_facts)
def test_one_more_author_category_or_active_year_never_lowers_its_component(known):

    busier = [replace(author, papers_in_year=author.papers_in_year + 1) for author in known.authors]
    for measure, more in (
        (team, replace(known, author_count=known.author_count + 1)),
        (breadth, replace(known, categories=[*known.categories, "new.XX"])),
        (activity, replace(known, authors=busier)),
    ):
        assert measure(more).value >= measure(known).value


@given(any_facts, st.lists(neighbours, max_size=5))
def test_what_came_later_never_changes_a_score(known, later):

    after = [replace(item, submitted_at=NOW + (5 + n) * DAY) for n, item in enumerate(later)]
    then = [item for item in known.neighbours if item.submitted_at <= NOW]
    dates = [moment for moment in known.site_dates if moment <= NOW]
    one = replace(known, neighbours=then, site_dates=dates)
    other = replace(
        known,
        neighbours=[*then, *after],
        site_dates=[*dates, *(item.submitted_at for item in after)],
    )
    assert SECOND.score(one) == SECOND.score(other)
