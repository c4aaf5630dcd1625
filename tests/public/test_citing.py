"""BibTeX entries: of the paper on arXiv, and readable for BibTeX whatever the title holds."""

from datetime import UTC, datetime

import pytest

from apps.papers.models import Paper
from apps.public.pages.citing import bibtex


def paper(**fields) -> Paper:
    defaults = {
        "arxiv_id": "hep-th/9901001",
        "source_format": "arXivRaw",
        "title": "The Sheep of\n  Étretat",
        "authors": [{"name": "Zoë van der Berg", "keyname": "van der Berg"}],
        "primary_category": "hep-th",
        "submitted_at": datetime(1999, 1, 1, tzinfo=UTC),
    }
    return Paper(**(defaults | fields))


def test_an_entry_points_to_arxiv():
    assert bibtex(paper(doi="10.1000/1 10.1000/2")) == (
        "@misc{vanderberg1999sheep,\n"
        "  title         = {{The Sheep of Étretat}},\n"
        "  author        = {Zoë van der Berg},\n"
        "  year          = {1999},\n"
        "  eprint        = {hep-th/9901001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass  = {hep-th},\n"
        "  doi           = {10.1000/1},\n"
        "  url           = {https://arxiv.org/abs/hep-th/9901001}\n"
        "}"
    )


@pytest.mark.parametrize("title", ["a } b", "a { b", "}{", "{{x}", "$\\frac{a}{b$"])
def test_unbalanced_braces_do_not_swallow_the_bibliography(title):
    entry = bibtex(paper(title=title))
    assert entry.count("{") == entry.count("}")


def test_balanced_braces_are_kept():
    assert "{{The {DNA} of Sheep}}" in bibtex(paper(title="The {DNA} of Sheep"))


def test_a_paper_without_authors_still_has_a_key():
    assert bibtex(paper(authors=[], title="")).startswith("@misc{arxiv1999,")
