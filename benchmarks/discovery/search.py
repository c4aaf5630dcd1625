"""How fast and how complete search is, next to `icontains`.

Prints, over 1,000 mixed queries, the time in the database (all SQL of one search: lexicon,
glossary, words, vectors, rank, and the titles of the page), next to `icontains` over the same
fields on some of the same queries; and the share of what `icontains` finds for 200 Japanese and
English words that search finds as well.

The Japanese is made up, and so are the vectors unless --vectors names a file: see
`sites/searchable.py`. With --vectors queries are embedded by the embedder of the
settings, and that time is printed apart. The database is kept in --cache and used again while
--papers is the same.
"""

import argparse
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q

from apps.discovery.embedders import embedder
from apps.discovery.search.planner import make_plan
from apps.discovery.search.results import Settings
from apps.discovery.search.retrieval import month_entries_until
from apps.discovery.search.service import search
from apps.discovery.search.synonyms import Thesaurus
from apps.text.search.query import parse_query
from apps.translation.glossary.index import TermIndex
from apps.translation.models import Translation
from benchmarks.scaffold.corpus import corpus_of, corpus_options
from benchmarks.scaffold.environment import kept_database
from benchmarks.scaffold.made_japanese import NOUNS
from benchmarks.scaffold.rows import LANGUAGE, NOW
from benchmarks.sites.searchable import EMBEDDER, build

SEED = 20260302
TINY = "--papers 200 --queries 28 --icontains 5 --recall --words 5"
PAGE = 20
COUNTED = 1_000
TYPES = (
    "one character", "two characters", "three characters", "Japanese compound", "English word",
    "English words", "phrase", "author", "filters", "typing error", "exclusion", "Japanese words",
    "English title", "Japanese title",
)  # fmt: skip


class StandIn:
    """The embedder of the settings, under the name of the vectors of the corpus.

    Queries are embedded before they are timed: the model's threads would take the database's cores.
    Where the vectors of the corpus are random, so are those of queries.
    """

    name = EMBEDDER
    dimensions = 384

    def __init__(self, *, is_random: bool) -> None:

        self._embedder = None if is_random else embedder()
        self._chance = np.random.default_rng(SEED)
        self._vectors: dict[str, Any] = {}
        self.seconds: list[float] = []

    def query(self, text: str) -> Any:
        """Return the vector; the first time embed, and keep the time."""
        if text not in self._vectors:
            started = time.perf_counter()
            if self._embedder is None:
                vector = self._chance.standard_normal(self.dimensions)
                self._vectors[text] = vector / np.linalg.norm(vector)
            else:
                self._vectors[text] = self._embedder.query(text)
            self.seconds.append(time.perf_counter() - started)
        return self._vectors[text]

    def passages(self, texts: Any) -> Any:
        """Nothing of a paper is embedded here."""
        raise NotImplementedError


@contextmanager
def database_time() -> Iterator[list[tuple[float, float, str]]]:
    """Collect every statement with its seconds, by the clock and on the server's processor."""
    spent: list[tuple[float, float, str]] = []
    connection.ensure_connection()
    file = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def on_processor() -> float:
        # Linux counts nanoseconds; elsewhere, or on another machine, there is nothing to read.
        return int(file.read_text().split()[0]) / 1e9 if file.exists() else 0.0

    def timed(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        before, started = on_processor(), time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append((time.perf_counter() - started, on_processor() - before, sql))

    with connection.execute_wrapper(timed):
        yield spent


def words_of(chance: random.Random, papers: list[dict[str, Any]]) -> list[str]:
    """Return the words of the title of a random paper, in letters."""
    words = [word.strip(".,:;()") for word in chance.choice(papers)["title"].split()]
    return [word for word in words if word.isascii() and word.isalpha() and len(word) > 3]


def misspelled(chance: random.Random, word: str) -> str:
    """Return the word with one letter left out, doubled, or changed places."""
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def queries(
    papers: list[dict[str, Any]], translations: list[tuple[str, str]], count: int
) -> list[tuple]:
    """Return (type, query): as many of each type, from the titles and words of the corpus."""
    chance = random.Random(SEED)
    terms = [noun for noun in NOUNS if len(noun) > 1]

    def piece(length: int) -> str:
        while True:
            title, abstract = chance.choice(translations)
            text = chance.choice((title, abstract))
            at = chance.randrange(max(1, len(text) - length))
            found = text[at : at + length]
            if len(found) == length and all("\u30a1" <= c <= "\u9fff" for c in found):
                return found

    def word() -> str:
        while not (found := words_of(chance, papers)):
            pass
        return chance.choice(found)

    def long_word() -> str:
        while len(found := word()) < 8:
            pass
        return found

    def some(count: int) -> list[str]:
        while len(found := words_of(chance, papers)) < count:
            pass
        at = chance.randrange(len(found) - count + 1)
        return found[at : at + count]

    def author() -> str:
        while not (names := chance.choice(papers)["authors"]):
            pass
        name = chance.choice(names)
        return chance.choice([name, f'author:"{name}"', f"author:{name.split()[-1]}"])

    def filters() -> str:
        paper = chance.choice(papers)
        category = (paper["categories"] or ["cs.LG"])[0]
        year = paper["published"][:4]
        return chance.choice(
            [
                f"category:{category} {word()}",
                f"from:{year} until:{year} {chance.choice(terms)}",
                f"category:{category} from:{year}",
                f"field:cs {chance.choice(terms)}",
            ]
        )

    make: dict[str, Callable[[], str]] = {
        "one character": lambda: piece(1),
        "two characters": lambda: piece(2),
        "three characters": lambda: piece(3),
        "Japanese compound": lambda: chance.choice(terms) + chance.choice(terms),
        "English word": word,
        "English words": lambda: " ".join(some(2)),
        "phrase": lambda: f'"{" ".join(some(2))}"',
        "author": author,
        "filters": filters,
        "typing error": lambda: misspelled(chance, long_word()),
        "exclusion": lambda: f"{word()} -{chance.choice(terms)}",
        "Japanese words": lambda: f"{chance.choice(terms)}の{chance.choice(terms)}",
        "English title": lambda: chance.choice(papers)["title"][:290],
        "Japanese title": lambda: chance.choice(translations)[0],
    }
    return [(kind, make[kind]()) for kind in (TYPES[n % len(TYPES)] for n in range(count))]


def run_search(query: Any, embedder: StandIn) -> Any:
    """Search and load the page's titles, as the page does."""
    settings = Settings("en", LANGUAGE, 10_000, NOW, embedder)
    found = search(query, settings, size=PAGE)
    keys = [hit.translation_id for hit in found.hits]
    shown = Translation.objects.listed().in_language(LANGUAGE).filter(pk__in=keys)
    list(shown.select_related("paper").defer("abstract", "paper__abstract"))
    return found


def measure_time(asked: list[tuple], embedder: StandIn, slow: int) -> list[tuple[str, Any, float]]:
    """Print the time of the queries; return (type, query, milliseconds)."""
    parsed = [(kind, parse_query(text)) for kind, text in asked]
    for _, query in parsed:
        embedder.query(" ".join((*query.words, *query.phrases)))
    for _, query in parsed[:100]:
        run_search(query, embedder)
    took: list[tuple[str, Any, float]] = []
    busy: list[float] = []
    whole: list[float] = []
    statements = 0
    for kind, query in parsed:
        started = time.perf_counter()
        with database_time() as spent:
            run_search(query, embedder)
        whole.append(1000 * (time.perf_counter() - started))
        took.append((kind, query, 1000 * sum(seconds for seconds, _, _ in spent)))
        busy.append(1000 * sum(seconds for _, seconds, _ in spent))
        statements = max(statements, len(spent))
        if took[-1][2] > slow:
            print(f"  {took[-1][2]:.0f} ms: {kind}: {query.text}")
            for seconds, _, sql in sorted(spent, reverse=True)[:3]:
                print(f"     {1000 * seconds:.0f} ms {' '.join(sql.split())[:100]}")
    by_kind = defaultdict(list)
    for kind, _, ms in took:
        by_kind[kind].append(ms)
    print(f"{'milliseconds in the database':<28}{'median':>9}{'95%':>9}{'most':>9}")
    for kind, times in [*by_kind.items(), ("all", [ms for _, _, ms in took])]:
        ordered = sorted(times)
        p95 = ordered[int(0.95 * len(ordered))]
        print(f"{kind:<28}{statistics.median(ordered):9.1f}{p95:9.1f}{ordered[-1]:9.1f}")
    print("95th percentile of all: bar at most 50 ms, on an otherwise idle machine")
    ordered = sorted(busy)
    print(
        f"of this the server was on a processor: median {statistics.median(busy):.1f} ms, "
        f"95% {ordered[int(0.95 * len(ordered))]:.1f} ms (a busy machine changes this less)"
    )
    print(
        f"statements at most {statements}; embedding a query "
        f"{1000 * statistics.median(embedder.seconds):.1f} ms; "
        f"whole search with Python, median {statistics.median(whole):.1f} ms, "
        f"95% {sorted(whole)[int(0.95 * len(whole))]:.1f} ms"
    )
    return took


def containing(words: list[str]) -> Any:
    """Return the translations that contain all of the words somewhere, by `icontains`."""
    found = Translation.objects.listed().in_language(LANGUAGE)
    fields = (
        "title", "summary", "abstract", "paper__title", "paper__abstract", "paper__authors",
    )  # fmt: skip
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        found = found.filter(anywhere)
    return found


def measure_icontains(took: list[tuple[str, Any, float]], sample: int) -> None:
    """Print the time of the same queries by `icontains`: a page, newest first, and a count."""
    chance = random.Random(SEED)
    plain = [
        (query, ms) for kind, query, ms in took
        if kind in TYPES[:6] or kind == "Japanese words"
    ]  # fmt: skip
    ours, pages, both = [], [], []
    for query, ms in chance.sample(plain, sample):
        found = containing(list(query.words))
        started = time.perf_counter()
        list(found.select_related("paper").order_by("-paper__submitted_at", "-paper_id")[:PAGE])
        page = 1000 * (time.perf_counter() - started)
        started = time.perf_counter()
        found[: COUNTED + 1].count()
        ours.append(ms)
        pages.append(page)
        both.append(page + 1000 * (time.perf_counter() - started))
    print(f"{sample} of these queries          search  icontains: a page  page and count to 1,000")
    for name, of in (("mean", statistics.mean), ("median", statistics.median)):
        print(f"  {name:<26}{of(ours):8.1f}{of(pages):17.1f}{of(both):25.1f} ms")
    print(
        f"icontains / search, means: {statistics.mean(both) / statistics.mean(ours):.0f} with the "
        f"count, {statistics.mean(pages) / statistics.mean(ours):.0f} for the page alone "
        "(bar: at least 30)"
    )


def measure_recall(
    papers: list[dict[str, Any]], translations: list[tuple[str, str]], count: int
) -> None:
    """Print how much of what `icontains` finds for words of each language search finds too."""
    chance = random.Random(SEED + 1)
    japanese: list[str] = []
    while len(japanese) < count:
        _title, abstract = chance.choice(translations)
        length = chance.choice((1, 2, 2, 3, 3, 4, 5, 6))
        at = chance.randrange(max(1, len(abstract) - length))
        found = abstract[at : at + length]
        if all("\u3041" <= c <= "\u9fff" for c in found) and len(found) == length:
            japanese.append(found)
    english: list[str] = []
    while len(english) < count:
        english += words_of(chance, papers)[:1]
    without = Thesaurus(TermIndex([]))
    months = month_entries_until(NOW.date())
    for name, words in (("Japanese", japanese), ("English", english)):
        shares = []
        for word in words:
            theirs = set(containing([word]).values_list("pk", flat=True))
            if not theirs:
                continue
            planned = make_plan(parse_query(f"{word}"), without, months)
            ours = set()
            with connection.cursor() as cursor:
                for part in (planned.exact, (planned.wide(months) or (None,))[0]):
                    if part is not None:
                        cursor.execute(
                            "SELECT translation_id FROM discovery_searchdocument "
                            "WHERE words @@ %s::tsquery",
                            [str(part)],
                        )
                        ours |= {key for (key,) in cursor.fetchall()}
            shares.append((len(theirs & ours) / len(theirs), word, len(theirs), len(ours)))
        mean = statistics.mean(share for share, *_ in shares)
        print(f"recall against icontains, {len(shares)} {name} words: {mean:.4f} (bar: 0.99)")
        print("  lowest: " + ", ".join(f"{w} {s:.2f} of {n}" for s, w, n, _ in sorted(shares)[:6]))


def sizes() -> None:
    """Print how large things are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_table_size('discovery_searchdocument') / 1048576, "
            "pg_relation_size('discovery_searchdocument') / 1048576, "
            "pg_relation_size('search_words') / 1048576, "
            "pg_total_relation_size('discovery_lexiconentry') / 1048576"
        )
        table, rows, index, lexicon = cursor.fetchone()
    print(
        f"documents {table:,} MB, of which {rows:,} MB in the rows; index of words {index:,} MB; "
        f"lexicon {lexicon:,} MB"
    )


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    corpus_options(parser, papers=128_000)
    parser.add_argument("--vectors", type=Path, help="a .npy, one row for each sorted identifier")
    parser.add_argument("--queries", type=int, default=1000, help="in all (1000)")
    parser.add_argument("--icontains", type=int, default=40, help="queries to compare (40)")
    parser.add_argument("--recall", action="store_true", help="also compare what is found")
    parser.add_argument("--words", type=int, default=100, help="of each language, for --recall")
    parser.add_argument("--slow", type=int, default=10**6, help="show queries over so many ms")


def run(given: argparse.Namespace) -> None:
    """Bring the database, measure, print."""
    papers = corpus_of(given)
    with kept_database(given, f"search-{len(papers)}", lambda: build(papers, given.vectors)):
        sizes()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT title, abstract FROM translation_translation "
                "WHERE id %% %s = 0 ORDER BY id",
                [max(1, len(papers) // 2000)],
            )
            translations = cursor.fetchall()
        embedder = StandIn(is_random=given.vectors is None)
        asked = queries(papers, translations, given.queries)
        took = measure_time(asked, embedder, given.slow)
        if given.icontains:
            measure_icontains(took, given.icontains)
        if given.recall:
            measure_recall(papers, translations, given.words)
