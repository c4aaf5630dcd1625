"""Trends over a corpus: speed of every step, and the lists themselves, for a person to judge.

Printed are key terms and gathered papers a second, the time of computing a week's trends for all
categories, the time and the queries of reading a page, and for each of --lists the rising terms
next to what a plain ratio of counts before and after would lead with.
"""

import argparse
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.discovery.models import PaperTerms, TrendReport
from apps.discovery.trends.counting import Span
from apps.discovery.trends.extract_terms import extract_terms_batch
from apps.discovery.trends.reports import compute_week
from apps.text.terms.key_terms import key_terms
from benchmarks.scaffold.corpus import corpus_of, papers_in
from benchmarks.scaffold.environment import empty_database
from benchmarks.scaffold.rows import copy_in, papers_of
from benchmarks.scaffold.timing import percentile, seconds
from benchmarks.sites.published import until_done

LISTS = "cs.CL@2023-W14 cs.CL@2023-W24 cs.CL@2018-W45 cs.CL@2026-W20 cs.CV@2026-W20 @2026-W20"
SAMPLE = 5000
TINY = "--papers 300 --lists @2025-W50"


def measure_key_terms(papers: list[dict[str, Any]]) -> None:
    """Print how many papers' key terms are found a second, on one core."""
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
    spent = seconds(lambda: until_done(extract_terms_batch, changed_since=None))
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
    spent = percentile([seconds(read) for _ in range(20)], 0.5)
    print(
        f"page {address}: {len(queries)} queries, {spent * 1000:.0f} ms in all "
        f"({sum(float(query['time']) for query in queries) * 1000:.0f} ms in the database)"
    )


def print_list(category: str, week: date) -> None:
    """Print the rising terms, and those of the plain ratio."""
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


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--corpus", type=Path, help="papers, JSON lines (made ones)")
    parser.add_argument("--papers", type=int, default=20_000, help="the latest; 0 is all")
    parser.add_argument("--lists", nargs="*", default=LISTS.split(), metavar="CATEGORY@WEEK")


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    papers = papers_in(given.corpus) if given.corpus else corpus_of(given)
    papers = sorted(papers, key=lambda paper: paper["published"])[-given.papers :]
    lists = [monday(name) for name in given.lists]
    print(f"{len(papers):,} papers, {papers[0]['published']} to {papers[-1]['published']}")
    measure_key_terms(papers)
    with empty_database():
        copy_in(papers_of(papers))
        measure_gathering(len(papers))
        weeks = sorted({week for _, week in lists})
        measure_weeks(weeks)
        for category, week in lists:
            print_list(category, week)
        print()
        made = [
            (category, week)
            for category, week in lists
            if TrendReport.objects.filter(category=category, week=week).exists()
        ]
        if made:
            measure_page(*made[-1])
        else:
            print("no page was read: the papers are too few for a list")
