"""The one loader of published papers: parts by name, for a page of papers at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.public.catalogue.papers import listed_translations
from apps.public.catalogue.published_paper import (
    IN_LISTS,
    Part,
    load_papers,
    load_parts,
    published_paper,
)
from tests.support.factories import publish_paper

pytestmark = pytest.mark.django_db

ATTRIBUTES = {
    Part.ORIGINS: ["origins"],
    Part.PROVENANCE: ["segments", "origins"],
    Part.SEGMENTS: ["segments", "origins"],
    Part.CREDITS: ["credits"],
    Part.LICENCES: ["licences", "may_be_passed_on"],
    Part.SCORE: ["score"],
    Part.SCORE_HISTORY: ["score_history", "score"],
    Part.OUTSIDE_SIGNALS: ["outside_signals"],
    Part.VERSIONS: ["versions"],
    Part.RELATED: ["related"],
}
SENTENCES = {Part.PROVENANCE, Part.SEGMENTS, Part.CREDITS, Part.LICENCES}


@pytest.mark.parametrize("part", Part)
def test_a_part_fills_its_attributes_and_no_others(part):
    publish_paper()
    (paper,) = load_papers(listed_translations("ja"), {part})
    sentences = {"segments", "origins"} if part in SENTENCES else set()
    assert set(vars(paper)) == {"translation", *ATTRIBUTES[part]} | sentences


def test_a_part_that_was_not_loaded_is_an_error():
    publish_paper()
    (paper,) = load_papers(listed_translations("ja"), IN_LISTS)
    with pytest.raises(AttributeError, match="segments"):
        _ = paper.provenance


@pytest.mark.parametrize("part", Part)
def test_queries_of_a_part_do_not_grow_with_the_papers(part):
    publish_paper(origin="person")
    counts = []
    for _times in range(2):
        translations = list(listed_translations("ja"))
        with CaptureQueriesContext(connection) as captured:
            load_papers(translations, {part})
        counts.append(len(captured))
        publish_paper(origin="person")
        publish_paper(origin="person")
    assert counts[0] == counts[1] <= 4


def test_one_paper_is_loaded_as_a_list_of_one():
    publish_paper(arxiv_id="2602.00001")
    publish_paper(arxiv_id="2602.00002")
    alone = published_paper("2602.00001", "ja", {Part.SEGMENTS, Part.CREDITS})
    listed = load_papers(listed_translations("ja"), {Part.SEGMENTS, Part.CREDITS})
    (same,) = (paper for paper in listed if paper.paper.arxiv_id == "2602.00001")
    assert alone is not None
    assert alone.segments == same.segments
    assert alone.provenance == same.provenance
    assert published_paper("2602.00003", "ja", {Part.SEGMENTS}) is None


def test_parts_can_be_added_later_and_nothing_is_asked_for_no_papers(django_assert_num_queries):
    publish_paper()
    papers = load_papers(listed_translations("ja"), {Part.SCORE})
    load_parts(papers, {Part.VERSIONS})
    assert [paper.versions for paper in papers] == [[]]
    with django_assert_num_queries(0):
        load_parts([], set(Part))
