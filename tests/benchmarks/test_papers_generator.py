"""Made papers: the same for the same seed, each by itself, of the form that arXiv's have."""

import pytest

from apps.text.arxiv.identifiers import ArxivId
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES
from benchmarks.scaffold import made_papers as generator


def test_each_paper_depends_on_its_number_and_the_seed_alone() -> None:
    whole = list(generator.papers(200))
    assert list(generator.papers(200, start=150)) == whole[150:]
    assert list(generator.papers(200, seed=1)) != whole


@pytest.mark.parametrize("total", [1, 30, 3000])
def test_identifiers_are_distinct_and_papers_in_the_order_of_their_days(total: int) -> None:
    papers = list(generator.papers(total))
    assert len({paper["arxiv_id"] for paper in papers}) == total
    assert all(ArxivId.parse(paper["arxiv_id"]).base == paper["arxiv_id"] for paper in papers)
    days = [paper["published"] for paper in papers]
    assert days == sorted(days)


def test_texts_have_no_gaps_left_and_categories_exist() -> None:
    for paper in generator.papers(500):
        text = f"{paper['title']} {paper['abstract']} {paper['comments']}"
        assert "<" not in text
        assert paper["authors"]
        assert set(paper["categories"]) <= set(CURRENT_CATEGORIES)
        assert len(paper["abstract"].split()) >= 20


def test_a_few_authors_write_much_and_most_write_little() -> None:
    written: dict[str, int] = {}
    for paper in generator.papers(3000):
        for name in paper["authors"]:
            written[name] = written.get(name, 0) + 1
    counts = sorted(written.values(), reverse=True)
    assert counts[0] > 20 * counts[len(counts) // 2]
