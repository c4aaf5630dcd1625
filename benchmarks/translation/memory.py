"""How fast the memory finds sentences like another, next to a scan without an index.

Fills the memory of a real PostgreSQL with generated pairs, asks for sentences of which one word
was changed, and prints the milliseconds of `fuzzy_matches`, how often it brought the sentence that
was changed, and the time of the same question without an index, measured once.

The words of the sentences are as unevenly frequent as those of a language (Zipf), because what
makes this slow is that all sentences share the frequent ones.
"""

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from django.db import connection, transaction

from apps.text.hygiene.normalise import source_hash
from apps.translation.memory.fuzzy_match import fuzzy_matches
from apps.translation.sketches import sketch
from benchmarks.scaffold.environment import empty_database
from benchmarks.scaffold.timing import percentile, timed

SEED = 20260302
TINY = "--rows 200"
VOCABULARY = 30_000
QUESTIONS = 100
AT_LEAST = 0.6
SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "xu",
    "tion", "ing", "al", "er", "con", "pro", "re", "in", "ed", "ment", "st", "tr",
)  # fmt: skip


def vocabulary(chance: random.Random) -> list[str]:
    """Return made-up words of one to four syllables, the short ones first."""
    words = {
        "".join(chance.choices(SYLLABLES, k=1 + min(3, number // 300 + chance.randint(0, 1))))
        for number in range(2 * VOCABULARY)
    }
    return sorted(words, key=len)[:VOCABULARY]


def sentences(rows: int) -> Iterator[str]:
    """Yield sentences of 8 to 35 words."""
    chance = random.Random(SEED)
    words = vocabulary(chance)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    reach = [0.0]
    for weight in weights:
        reach.append(reach[-1] + weight)
    for _number in range(rows):
        yield " ".join(chance.choices(words, cum_weights=reach[1:], k=chance.randint(8, 35))) + "."


def fill(rows: int) -> list[tuple[str, str]]:
    """Copy the rows into the memory; return sentences with one word changed, and as they were."""
    chance = random.Random(SEED + 1)
    asked: list[tuple[str, str]] = []
    provenance = ("imported", "benchmark", "CC0-1.0", datetime.now(UTC).isoformat())
    columns = (
        "source_language, target_language, source, source_hash, sketch, target, target_hash, "
        "origin, collection, licence, created_at"
    )
    with connection.cursor() as cursor:
        copying = f"COPY translation_memoryentry ({columns}) FROM STDIN"
        with cursor.copy(copying) as copy:
            for number, text in enumerate(sentences(rows)):
                hashed = source_hash(text)
                copy.write_row(("en", "ja", text, hashed, sketch(text), text, hashed, *provenance))
                if number % max(1, rows // QUESTIONS) == 0:
                    words = text.split()
                    words[chance.randrange(len(words))] = "otherwise"
                    asked.append((" ".join(words), text))
        cursor.execute("VACUUM ANALYZE translation_memoryentry")
    return asked


def ask(asked: list[tuple[str, str]]) -> tuple[list[float], int]:
    """Return the milliseconds of each question, and how many brought the right sentence."""
    took, right = [], 0
    for question, answer in asked:
        milliseconds, found = timed(partial(fuzzy_matches, question, "en", "ja", at_least=AT_LEAST))
        took.append(milliseconds)
        right += any(match.source == answer for match in found)
    return took, right


def scan(question: str) -> float:
    """Return the milliseconds of one question without an index, in one process."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        started = time.perf_counter()
        cursor.execute(
            "SELECT id FROM translation_memoryentry WHERE similarity(source, %s) >= %s",
            [question, AT_LEAST],
        )
        cursor.fetchall()
        return (time.perf_counter() - started) * 1000


def measure(rows: int) -> None:
    """Measure and print."""
    started = time.perf_counter()
    asked = fill(rows)
    print(f"{rows:,} entries made and stored in {time.perf_counter() - started:,.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('memory_sketch') / 1048576")
        print(f"index of sketches      {cursor.fetchone()[0]:10,} MB")
    ask(asked[:5])
    took, right = ask(asked)
    median = statistics.median(took)
    print(f"fuzzy_matches, median  {median:10.1f} ms")
    print(f"fuzzy_matches, 95%     {percentile(took, 0.95):10.1f} ms")
    print(f"sentence found         {right:10} of {len(asked)}")
    without = scan(asked[0][0])
    print(f"sequential scan        {without:10.1f} ms")
    print(f"scan / fuzzy_matches   {without / median:10.0f}")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many (1000000)")


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    with empty_database():
        measure(given.rows)
