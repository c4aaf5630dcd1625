"""Indexing authors: idempotent, following changes, serving the newest papers of a name."""

from datetime import timedelta

import pytest
from django.db import connection

from apps.discovery.author_index import index_authors_batch, with_authors_to_index
from apps.discovery.models import AuthorPaper
from apps.papers.orderings import NEWEST_IN_INDEX
from tests.support.builders import NOW, build_paper

pytestmark = pytest.mark.django_db


def people(*names: str) -> list[dict[str, object]]:
    return [{"name": name, "affiliations": []} for name in names]


def index() -> int:
    done = 0
    while found := index_authors_batch(changed_since=None, limit=2):
        done += found
    return done


def rows(paper) -> list[tuple[str, int]]:
    found = AuthorPaper.objects.filter(paper=paper).order_by("position")
    return list(found.values_list("author_key", "position"))


def test_every_author_of_a_paper_is_indexed_in_order():
    paper = build_paper(authors=people("José Álvarez", "Bo Sample", "...", "J. O'Neil"))
    assert index() == 1
    assert rows(paper) == [("jose alvarez", 0), ("bo sample", 1), ("j oneil", 3)]
    assert set(paper.author_keys.values_list("submitted_at", flat=True)) == {paper.submitted_at}


def test_doing_it_again_finds_nothing_to_do():
    papers = [build_paper() for _ in range(5)]
    assert index() == 5
    before = [rows(paper) for paper in papers]
    assert index() == 0
    assert [rows(paper) for paper in papers] == before


def test_a_name_that_stands_twice_has_one_row():
    paper = build_paper(authors=people("Ada Example", "ADA EXAMPLE"))
    index()
    assert rows(paper) == [("ada example", 0)]


def test_a_changed_author_list_replaces_the_rows():
    paper = build_paper(authors=people("Ada Example", "Bo Sample"))
    index()
    paper.authors = people("Bo Sample", "Cy Other")
    paper.record_fingerprint = "later"
    paper.save()
    assert index() == 1
    assert rows(paper) == [("bo sample", 0), ("cy other", 1)]


def test_a_changed_day_of_submission_is_taken_over():
    paper = build_paper(authors=people("Ada Example"))
    index()
    paper.submitted_at, paper.record_fingerprint = NOW - timedelta(days=9), "later"
    paper.save()
    index()
    assert AuthorPaper.objects.get(paper=paper).submitted_at == NOW - timedelta(days=9)


def test_a_paper_without_authors_is_done_as_well():
    build_paper(authors=[])
    assert index() == 1
    assert not with_authors_to_index(None).exists()


def test_only_papers_changed_since_a_moment_are_looked_at():
    build_paper(changed_at=NOW - timedelta(days=3))
    assert index_authors_batch(changed_since=NOW - timedelta(days=1)) == 0
    assert index_authors_batch(changed_since=None) == 1


def test_the_newest_papers_of_an_author_page_by_key():
    papers = [
        build_paper(authors=people("Ada Example"), submitted_at=NOW - timedelta(days=day // 2))
        for day in range(7)
    ]
    build_paper(authors=people("Bo Sample"))
    index()
    expected = [paper.pk for paper in sorted(papers, key=lambda p: (p.submitted_at, p.pk))[::-1]]
    seen: list[int] = []
    after = None
    while after or not seen:
        page = NEWEST_IN_INDEX.page(AuthorPaper.objects.by("ada example"), after, size=2)
        seen += [row.paper_id for row in page.rows]
        after = page.next
    assert seen == expected


def test_a_page_of_an_author_is_one_walk_along_the_index():
    rows = NEWEST_IN_INDEX.after(AuthorPaper.objects.by("ada example"), (NOW, 7))
    page = NEWEST_IN_INDEX.sorted(rows).values("paper_id")[:20]
    statement, parameters = page.query.sql_with_params()
    with connection.cursor() as cursor:
        # The planner would read a table of no rows from end to end.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {statement}", parameters)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "papers_of_author" in plan
    assert "Sort" not in plan
