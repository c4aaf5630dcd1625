"""How long the API takes: `python benchmarks/api.py --corpus papers.jsonl.zst`.

Serves a site of published papers (see `reading_site.py`) as a deployment would, on two cores, and
asks it from one connection, each time for another document. Printed for each kind of call: the
50th, 95th and 99th percentile of the milliseconds until the whole answer was there.

Then the list of papers is followed by its cursors from the first page to the last. Printed: the
median of the first and of the last hundred pages, and their ratio; next to it the same for what
`?page=N` would do (LIMIT and OFFSET, and the count that Django's Paginator makes), in the
database alone.

Bars: 50 ms at the 95th percentile of list and detail calls; the last page costs what the first
does. The database is kept in --cache, which it shares with `load.py`.
"""

import argparse
import http.client
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from load import databases, served
from reading_site import addresses, build

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

PAGES = 100
SIZE = 100


def main() -> None:
    """Read the command line, bring the site, measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpus", type=Path, required=True, help="papers.jsonl.zst")
    parser.add_argument("--papers", type=int, help="only the first so many lines of it")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "papersite" / "load")
    parser.add_argument("--calls", type=int, default=400, help="of each kind")
    options = parser.parse_args()
    with databases(options.cache / f"site-{options.papers or 'all'}") as built:
        import django

        django.setup()
        from django.core.management import call_command

        if not built.exists():
            build(options.corpus, options.papers)
            built.touch()
        # A database that is kept may be older than the latest index.
        call_command("migrate", verbosity=0)
        paths = calls(random.Random(1), options.calls)
        # Whoever measures asks more often than anybody may.
        with served(API_ANONYMOUS_PER_MINUTE="1000000") as (url, _pids):
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
            measure_calls(connection, paths)
            measure_paging(connection)
        measure_offsets()


def calls(chance: random.Random, count: int) -> dict[str, list[str]]:
    """Return, for each kind of call, the paths of `count` calls, each once."""
    from apps.discovery.models import AuthorPaper
    from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES

    site = addresses(chance, count)
    days = [path.split("/")[2] for path in site["day"]]
    papers = [f"/api/v1{path}" for path in site["paper"]]
    categories = [chance.choice(list(CURRENT_CATEGORIES)) for _ in range(count)]
    authors = AuthorPaper.objects.values_list("author_key", flat=True)
    known = list(authors.filter(paper__in=chance.sample(range(1, 100_000), 2 * count))[:count])
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
        for path in asked[:10]:
            fetch(connection, path)
        times, sizes = [], []
        for path in asked[10:]:
            started = time.perf_counter()
            body = fetch(connection, path)
            times.append(1000 * (time.perf_counter() - started))
            sizes.append(len(body) / 1000)
        cuts = statistics.quantiles(times, n=100)
        size = statistics.median(sizes)
        print(f"{name:36}{cuts[49]:9.1f}{cuts[94]:9.1f}{cuts[98]:9.1f}{size:8.1f}", flush=True)


def measure_paging(connection: http.client.HTTPConnection) -> None:
    """Follow the list of papers to its end; print what the first and the last pages took."""
    path: str | None = f"/api/v1/papers/?limit={SIZE}"
    times, seen = [], 0
    while path:
        started = time.perf_counter()
        page = json.loads(fetch(connection, path))
        times.append(1000 * (time.perf_counter() - started))
        seen += len(page["results"])
        following = page["next"]
        path = following and following[following.index("/api/") :]
    # The last page may be a short one.
    first, last = statistics.median(times[:PAGES]), statistics.median(times[-PAGES - 1 : -1])
    print(f"by cursor: {seen:,} papers in {len(times):,} pages of {SIZE}")
    print_growth(first, last)


def print_growth(first: float, last: float) -> None:
    """Print what the first and the last pages took, in milliseconds."""
    times = f"{last / first:.2f} times"
    print(f"  a page of the first {first:.1f} ms, of the last {last:.1f} ms: {times}")


def measure_offsets() -> None:
    """Print what pages by number take in the database, the first and the last ones."""
    from apps.papers.orderings import NEWEST
    from apps.public.catalogue.papers import listed_translations

    papers = NEWEST.sorted(listed_translations("ja"))
    count = papers.count()
    first = median_of(lambda start: list(papers[start : start + SIZE]), range(0, 1000, SIZE))
    end = range(count - 10 * SIZE, count, SIZE)
    last = median_of(lambda start: list(papers[start : start + SIZE]), end)
    counted = median_of(lambda _start: papers.count(), range(5))
    print("by number, in the database alone:")
    print_growth(first, last)
    print(f"  and each page counts them all: {counted:.1f} ms")


def median_of(work: Callable[[int], object], places: range) -> float:
    """Return the median milliseconds of `work` at each place."""
    times = []
    for place in places:
        started = time.perf_counter()
        work(place)
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def fetch(connection: http.client.HTTPConnection, path: str) -> bytes:
    """Return the body of an answer. Raises RuntimeError for any but 200."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}: {body[:300]!r}")
    return body


if __name__ == "__main__":
    main()
