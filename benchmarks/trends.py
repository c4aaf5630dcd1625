"""Trends over a corpus: speed of every step, and the lists themselves, for a person to judge.

    python benchmarks/trends.py --corpus papers.jsonl.zst [--papers 20000] [--lists cs.CL@2026-W20]

The corpus has one paper a line (JSON: arxiv_id, title, abstract, categories, published). A paper
without a date is put into the month of its identifier, at the place that its number has among that
month's. Uses a real PostgreSQL: the one of DATABASE_URL, where a test database is made and
dropped, or one of our own.

Printed are key terms and gathered papers a second, the time of computing a week's trends for all
categories, the time and the queries of reading a page, and for each of --lists the rising terms
next to what a plain ratio of counts before and after would lead with.
"""

import argparse
import calendar
import io
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from batching import test_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

LISTS = "cs.CL@2023-W14 cs.CL@2023-W24 cs.CL@2018-W45 cs.CL@2026-W20 cs.CV@2026-W20 @2026-W20"
SAMPLE = 5000


def seconds(work: Callable[[], Any]) -> float:
    """Return how long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def corpus(path: Path) -> list[dict[str, Any]]:
    """Return the papers of the file, each with its day of submission as `day`."""
    import zstandard

    with path.open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")
        papers = [json.loads(line) for line in lines]
    highest: Counter[str] = Counter()
    for paper in papers:
        month, _, number = paper["arxiv_id"].partition(".")
        if number.isdigit():
            highest[month] = max(highest[month], int(number))
    for paper in papers:
        paper["day"] = day_of(paper, highest)
    return [paper for paper in papers if paper["day"]]


def day_of(paper: dict[str, Any], highest: Counter[str]) -> date | None:
    """Return the day of submission, from the identifier where no date is given."""
    published = paper["published"]
    if published:
        if published[:4].isdigit():
            return date.fromisoformat(published[:10])
        return parsedate_to_datetime(published).date()
    month, _, number = paper["arxiv_id"].partition(".")
    if not number.isdigit():
        return None
    year, in_year = 2000 + int(month[:2]), int(month[2:])
    days = calendar.monthrange(year, in_year)[1]
    return date(year, in_year, 1 + int((days - 1) * int(number) / highest[month]))


def store(papers: list[dict[str, Any]]) -> None:
    """Put the papers into the database."""
    from apps.papers.models import Paper
    from apps.papers.records import SourceFormat
    from apps.papers.store.fingerprints import text_fingerprint

    def rows() -> Iterator[Paper]:
        for paper in papers:
            moment = datetime.combine(paper["day"], datetime.min.time(), UTC)
            title, abstract = paper["title"], paper["abstract"] or ""
            fingerprint = text_fingerprint(title, abstract)
            yield Paper(
                arxiv_id=paper["arxiv_id"],
                source_format=SourceFormat.ARXIV_RAW,
                title=title,
                abstract=abstract,
                authors=[{"name": name, "affiliations": []} for name in paper["authors"] or ()],
                categories=paper["categories"] or [],
                primary_category=(paper["categories"] or [""])[0],
                submitted_at=moment,
                revised_at=moment,
                harvested_at=moment,
                changed_at=moment,
                text_fingerprint=fingerprint,
                record_fingerprint=fingerprint,
            )

    Paper.objects.bulk_create(rows(), batch_size=2000)


def measure_key_terms(papers: list[dict[str, Any]]) -> None:
    """Print how many papers' key terms are found a second, on one core."""
    from apps.text.terms.key_terms import key_terms

    step = max(1, len(papers) // SAMPLE)
    sample = papers[::step]
    terms = 0
    started = time.process_time()
    for paper in sample:
        terms += len(key_terms(paper["title"], paper["abstract"] or ""))
    spent = time.process_time() - started
    print(
        f"key terms: {len(sample) / spent:,.0f} papers/s on one core (bar: 500), "
        f"{terms / len(sample):.1f} terms a paper"
    )


def measure_gathering(papers: int) -> None:
    """Print how fast the stage goes, and how large its table becomes."""
    from django.db import connection

    from apps.discovery.models import PaperTerms
    from apps.discovery.trends.extract_terms import gather_batch

    def all_of_them() -> None:
        while gather_batch(changed_since=None):
            pass

    spent = seconds(all_of_them)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT pg_total_relation_size(%s)", [PaperTerms._meta.db_table])
        size = cursor.fetchone()[0]
    print(
        f"gathering: {papers / spent:,.0f} papers/s in one worker ({spent:.0f} s), "
        f"{size / papers:,.0f} bytes a paper with the index"
    )


def monday(list_name: str) -> tuple[str, date]:
    """Read "cs.CL@2026-W20"."""
    category, _, week = list_name.partition("@")
    year, _, number = week.partition("-W")
    return category, date.fromisocalendar(int(year), int(number), 1)


def measure_weeks(weeks: list[date]) -> None:
    """Print the time of computing weeks, with the papers that each looks at."""
    from apps.discovery.models import PaperTerms
    from apps.discovery.trends.counting import Span
    from apps.discovery.trends.reports import compute_week

    for week in weeks:
        span = Span(week)
        looked_at = PaperTerms.objects.filter(week__range=(span.first, week)).count()
        started = time.perf_counter()
        reports = compute_week(week, now=datetime.now(UTC))
        spent = time.perf_counter() - started
        print(
            f"trends of {week}: {spent:.2f} s for {reports} categories over {looked_at:,} "
            f"papers ({looked_at / spent:,.0f} papers/s)"
        )


def measure_page(category: str, week: date) -> None:
    """Print what reading a page costs in the database and in all."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    iso = week.isocalendar()
    address = f"/trends/{category}/" if category else "/trends/"
    client = Client()

    def read() -> None:
        response = client.get(address, {"week": f"{iso.year}-W{iso.week:02d}"})
        assert response.status_code == 200, response.status_code

    read()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read()
    spent = sorted(seconds(read) for _ in range(20))[10]
    print(
        f"page {address}: {len(queries)} queries, {spent * 1000:.0f} ms in all "
        f"({sum(float(query['time']) for query in queries) * 1000:.0f} ms in the database)"
    )


def print_list(category: str, week: date) -> None:
    """Print the rising terms, and those of the plain ratio."""
    from apps.discovery.models import TrendReport

    report = TrendReport.objects.filter(category=category, week=week).first()
    iso = week.isocalendar()
    print(f"\n== {category or 'all'} {iso.year}-W{iso.week:02d}", end="")
    if report is None:
        print(": too few papers")
        return
    print(f": {report.papers:,} papers in the last weeks, {report.papers_before:,} before")
    for trend in report.trends.all():
        print(
            f"  {trend.rank:2d} {trend.label:45s} x{trend.growth:.2f}  {trend.papers:4d} papers, "
            f"{trend.share:.2%} before {trend.share_before:.2%}  G2 {trend.evidence:.0f}"
        )
    print("  plain ratio:", ", ".join(plain_ratio(category, week)))


def plain_ratio(category: str, week: date) -> list[str]:
    """Return the twenty terms whose count has grown most, as a ratio of shares; absent counts 1."""
    from apps.discovery.models import PaperTerms
    from apps.discovery.trends.counting import Span

    span = Span(week)
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    rows = PaperTerms.objects.filter(week__range=(span.first, week))
    if category:
        rows = rows.filter(categories__contains=[category])
    for when, terms in rows.values_list("week", "terms").iterator():
        counts[when >= span.first_of_last].update(terms)
    now, before = counts[True], counts[False]
    best = sorted(now, key=lambda term: (-now[term] / (before[term] or 1), term))[:20]
    return [f"{term} {now[term]}/{before[term]}" for term in best]


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=0, help="only the latest; 0 is all")
    parser.add_argument("--lists", nargs="*", default=LISTS.split(), metavar="CATEGORY@WEEK")
    given = parser.parse_args()
    papers = sorted(corpus(given.corpus), key=lambda paper: paper["day"])[-given.papers :]
    lists = [monday(name) for name in given.lists]
    print(f"{len(papers):,} papers, {papers[0]['day']} to {papers[-1]['day']}")
    measure_key_terms(papers)
    with test_database():
        store(papers)
        measure_gathering(len(papers))
        weeks = sorted({week for _, week in lists})
        measure_weeks(weeks)
        for category, week in lists:
            print_list(category, week)
        print()
        measure_page(*lists[-1])


if __name__ == "__main__":
    main()
