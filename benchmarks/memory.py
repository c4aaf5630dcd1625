"""How fast the memory finds sentences like another: `python benchmarks/memory.py [--rows 1000000]`.

Fills the memory of a real PostgreSQL with generated pairs, asks for sentences of which one word
was changed, and prints the milliseconds of `fuzzy_matches`, how often it brought the sentence that
was changed, and the time of the same question without an index, measured once.

The words of the sentences are as unevenly frequent as those of a language (Zipf), because what
makes this slow is that all sentences share the frequent ones. The database is the one of
DATABASE_URL, where a test database is made and dropped, or a server of our own.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

SEED = 20260302
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
    from django.db import connection

    from apps.text.hygiene.normalise import source_hash
    from apps.translation.sketches import sketch

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
    from apps.translation.memory.fuzzy_match import fuzzy_matches

    took, right = [], 0
    for question, answer in asked:
        started = time.perf_counter()
        found = fuzzy_matches(question, "en", "ja", at_least=AT_LEAST)
        took.append((time.perf_counter() - started) * 1000)
        right += any(match.source == answer for match in found)
    return took, right


def scan(question: str) -> float:
    """Return the milliseconds of one question without an index, in one process."""
    from django.db import connection, transaction

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
    from django.db import connection

    started = time.perf_counter()
    asked = fill(rows)
    print(f"{rows:,} entries made and stored in {time.perf_counter() - started:,.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('memory_sketch') / 1048576")
        print(f"index of sketches      {cursor.fetchone()[0]:10,} MB")
    ask(asked[:5])
    took, right = ask(asked)
    took.sort()
    median = statistics.median(took)
    print(f"fuzzy_matches, median  {median:10.1f} ms")
    print(f"fuzzy_matches, 95%     {took[int(len(took) * 0.95)]:10.1f} ms")
    print(f"sentence found         {right:10} of {len(asked)}")
    without = scan(asked[0][0])
    print(f"sequential scan        {without:10.1f} ms")
    print(f"scan / fuzzy_matches   {without / median:10.0f}")


def main() -> None:
    """Read the command line and bring the servers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many (1000000)")
    options = parser.parse_args()
    from papersite.embedded.postgres import PostgresServer

    with ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            folder.chmod(0o755)
            os.environ["DATABASE_URL"] = stack.enter_context(PostgresServer(folder / "pg")).url
        import django

        django.setup()
        from django.db import connection

        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            measure(options.rows)
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
