"""How long every call of the API takes; paging by cursor, next to pages by number.

Serves a site of published papers (see `sites/reading.py`) as a deployment would, on two cores, and
asks it from one connection, each time for another document. Printed for each kind of call: the
50th, 95th and 99th percentile of the milliseconds until the whole answer was there.

Then the list of papers is followed by its cursors from the first page to the last. Printed: the
median of the first and of the last hundred pages, and their ratio; next to it the same for what
`?page=N` would do (LIMIT and OFFSET, and the count that Django's Paginator makes), in the
database alone.

Bars: 50 ms at the 95th percentile of list and detail calls; the last page costs what the first
does. The database is kept in --cache, which it shares with `load`.
"""

import argparse
import http.client
import json
import random
import statistics
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from apps.discovery.models import AuthorPaper
from apps.papers.models import Paper
from apps.papers.orderings import NEWEST
from apps.public.catalogue.papers import listed_translations
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES
from benchmarks.scaffold.corpus import corpus_options
from benchmarks.scaffold.environment import served
from benchmarks.scaffold.timing import percentile, timed
from benchmarks.sites.reading import addresses, reading_site

PAGES = 100
TINY = "--papers 60 --calls 4 --page 20"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    corpus_options(parser, papers=128_000)
    parser.add_argument("--calls", type=int, default=400, help="of each kind")
    parser.add_argument("--page", type=int, default=100, help="papers on a page that is followed")


def run(given: argparse.Namespace) -> None:
    """Bring the site, measure, print."""
    with reading_site(given):
        paths = calls(random.Random(1), given.calls)
        # Whoever measures asks more often than anybody may.
        with served(API_ANONYMOUS_PER_MINUTE="1000000") as (url, _pids):
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
            measure_calls(connection, paths)
            measure_paging(connection, given.page)
        measure_offsets(given.page)


def calls(chance: random.Random, count: int) -> dict[str, list[str]]:
    """Return, for each kind of call, the paths of `count` calls, each once."""
    site = addresses(chance, count)
    days = [path.split("/")[2] for path in site["day"]]
    papers = [f"/api/v1{path}" for path in site["paper"]]
    categories = [chance.choice(list(CURRENT_CATEGORIES)) for _ in range(count)]
    authors = AuthorPaper.objects.values_list("author_key", flat=True)
    last = Paper.objects.count()
    some = chance.sample(range(1, last + 1), min(2 * count, last))
    known = list(authors.filter(paper__in=some)[:count])
    words = [path.partition("?")[2] for path in site["search"]]

    def lists(query: str, choices: list[Any]) -> list[str]:
        return [f"/api/v1/papers/?{query.format(quote(str(choice)))}" for choice in choices]

    return {
        "papers of a day": lists("day={}", days),
        "papers of a category": lists("category={}", categories),
        "papers of an author": lists("author={}", known),
        "100 papers of a day": lists("limit=100&day={}", days),
        "papers with abstract and score": lists("expand=abstract,score&day={}", days),
        "papers by last change": lists("ordering=-updated_at&category={}", categories),
        "highest scored papers": lists("ordering=-score&category={}", categories),
        "three fields of 100": lists("limit=100&fields=arxiv_id,title,url&day={}", days),
        "paper": papers,
        **{
            f"paper, {part}": [f"{path}{part}/" for path in papers]
            for part in ("translations", "score", "related", "versions", "summary")
        },
        "author": [f"/api/v1/authors/{quote(key)}/" for key in known],
        "day": [f"/api/v1/days/{day}/" for day in days],
        "days": [f"/api/v1/days/?category={code}" for code in categories],
        "category": [f"/api/v1/categories/{code}/" for code in categories],
        "glossary": [f"/api/v1/glossary/?limit={number % 100 + 1}" for number in range(count)],
        "search": [f"/api/v1/search/?{word}" for word in words],
        "OAI-PMH, 100 records": [
            f"/oai?verb=ListRecords&metadataPrefix=papersite&set=language:ja&until=2999-01-{number:02}"
            for number in range(1, 29)
        ],
    }


def measure_calls(connection: http.client.HTTPConnection, paths: dict[str, list[str]]) -> None:
    """Print the percentiles of every kind of call."""
    print(f"{'':36}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'kB':>8}")
    for name, asked in paths.items():
        warm = min(10, len(asked) // 2)
        for path in asked[:warm]:
            fetch(connection, path)
        answers = [timed(partial(fetch, connection, path)) for path in asked[warm:]]
        times = [took for took, _body in answers]
        cuts = "".join(f"{percentile(times, share):9.1f}" for share in (0.5, 0.95, 0.99))
        size = statistics.median(len(body) / 1000 for _took, body in answers)
        print(f"{name:36}{cuts}{size:8.1f}", flush=True)


def measure_paging(connection: http.client.HTTPConnection, size: int) -> None:
    """Follow the list of papers to its end; print what the first and the last pages took."""
    path: str | None = f"/api/v1/papers/?limit={size}"
    times, seen = [], 0
    while path:
        took, body = timed(partial(fetch, connection, path))
        page = json.loads(body)
        times.append(took)
        seen += len(page["results"])
        following = page["next"]
        path = following and following[following.index("/api/") :]
    # The last page may be a short one.
    first, last = statistics.median(times[:PAGES]), statistics.median(times[-PAGES - 1 : -1])
    print(f"by cursor: {seen:,} papers in {len(times):,} pages of {size}")
    print_growth(first, last)


def print_growth(first: float, last: float) -> None:
    """Print what the first and the last pages took, in milliseconds."""
    times = f"{last / first:.2f} times"
    print(f"  a page of the first {first:.1f} ms, of the last {last:.1f} ms: {times}")


def measure_offsets(size: int) -> None:
    """Print what pages by number take in the database, the first and the last ones."""
    papers = NEWEST.sorted(listed_translations("ja"))
    count = papers.count()
    first = median_of(lambda start: list(papers[start : start + size]), range(0, 10 * size, size))
    end = range(max(0, count - 10 * size), count, size)
    last = median_of(lambda start: list(papers[start : start + size]), end)
    counted = median_of(lambda _start: papers.count(), range(5))
    print("by number, in the database alone:")
    print_growth(first, last)
    print(f"  and each page counts them all: {counted:.1f} ms")


def median_of(work: Callable[[int], object], places: range) -> float:
    """Return the median milliseconds of `work` at each place."""
    return statistics.median(timed(partial(work, place))[0] for place in places)


def fetch(connection: http.client.HTTPConnection, path: str) -> bytes:
    """Return the body of an answer. Raises RuntimeError for any but 200."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}: {body[:300]!r}")
    return body
