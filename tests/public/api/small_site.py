"""A small site with data in every resource of the API, and its URLs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver
from django.utils import timezone

from apps.discovery.author_index import index_authors_batch
from apps.discovery.models import OutsideSignal
from apps.papers.models import PaperVersion
from apps.public.site.notices import add_notice
from apps.translation.glossary.service import store_terms
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all
from tests.support.trend_reports import report
from tests.translation.glossary.glossary_entries import entry

PAPER = "2602.00001"
WEEK_OF_TRENDS = "2026-W08"

ADDRESSES = {
    "service": "",
    "papers": "papers/",
    "paper": f"papers/{PAPER}/",
    "versions": f"papers/{PAPER}/versions/",
    "translations": f"papers/{PAPER}/translations/",
    "translation": f"papers/{PAPER}/translations/ja/",
    "summary": f"papers/{PAPER}/summary/",
    "score": f"papers/{PAPER}/score/",
    "related": f"papers/{PAPER}/related/",
    "search": "search/?q=effect",
    "categories": "categories/",
    "category": "categories/cs.CL/",
    "authors": "authors/",
    "author": "authors/ada-example/",
    "days": "days/",
    "day": "days/2026-02-10/",
    "trends": "trends/",
    "glossary": "glossary/",
    "notices": "notices/",
    "notice": "notices/disclaimer/",
    "notice-version": "notices/disclaimer/1/",
    "problem-types": "problems/",
    "problem-type": "problems/changed-meanwhile/",
}
"""An address below /api/v1/ for each name of the URL table that reads."""

ELSEWHERE = {"paper-spelled": "papers/arXiv:2602.00001/", "schema": "schema/", "docs": "docs/"}
"""URLs that the schema does not describe."""


def build_site(papers: int = 2) -> None:
    """Publish `papers` papers, and as many of everything that lists have."""
    others = [
        publish_paper(
            arxiv_id=f"2602.{number:05d}",
            title=f"A study of effect {number}",
            abstract="We study an effect. It is large.",
            authors=[{"name": "Ada Example"}, {"name": f"Bert {number} Example"}],
            submitted_at=NOW.replace(month=2, day=10) - timedelta(days=number - 2),
            origin="person" if number % 2 else "memory",
        )
        for number in range(2, papers + 1)
    ]
    first = publish_paper(
        arxiv_id=PAPER,
        title="A study of effect 1",
        abstract="We study an effect. It is large.",
        authors=[{"name": "Ada Example"}],
        submitted_at=NOW.replace(month=2, day=10),
        licence_url="http://creativecommons.org/licenses/by/4.0/",
        related=others,
    )
    for number in range(1, papers + 1):
        PaperVersion.objects.create(paper=first.paper, number=number, submitted_at=NOW)
        add_notice(key="disclaimer", language="ja", text=f"免責 {number}。", now=timezone.now())
    for source in range(1, papers + 1):
        OutsideSignal.objects.create(
            paper=first.paper, source=f"source {source}", citations=3, asked_at=NOW
        )
    store_terms(
        [entry(f"effect {number}", f"効果{number}") for number in range(papers)],
        origin="a.csv",
        now=NOW,
    )
    report(**{f"term_{number}": [first.paper_id] for number in range(papers)})
    while index_authors_batch(changed_since=None):
        pass
    index_all()


def patterns_in(patterns: list[Any]) -> Iterator[URLPattern]:
    """Yield every URL, also of those that are included."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns_in(pattern.url_patterns)
        else:
            yield pattern
