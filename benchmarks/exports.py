"""How fast everything public is exported: `python benchmarks/exports.py --papers 128295`.

Makes a site of that many papers (or those of --corpus), published with about eleven sentences each,
and writes a full export of it by the services of the site, into a folder. Printed for each file:
rows and megabytes a second, next to PostgreSQL's own COPY of the same rows to CSV in the same run:
the columns of papers and of their versions, and those of translations and of their sentences, of
which COPY joins, orders, names and compresses nothing. Then the peak memory of the process that
exports, and how long restoring takes into an empty site.

Bars: every file of papers and translations at least a quarter of COPY's rows per second; the export
under 300 MB. The database is kept in --cache.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

import papers_generator  # noqa: E402
from corpus import papers_in  # noqa: E402
from load import databases  # noqa: E402

SHARE, MOST_MB = 0.25, 300
REPEATS = 3


def main() -> None:
    """Read the arguments, make or find the site, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=10_000, help="how many (10,000)")
    parser.add_argument("--corpus", type=Path, help="papers.jsonl.zst; else papers are made up")
    parser.add_argument(
        "--cache", type=Path, default=Path.home() / ".cache" / "papersite" / "exports"
    )
    parser.add_argument("--restore", action="store_true", help="also restore into an empty site")
    options = parser.parse_args()
    name = f"{'corpus' if options.corpus else 'made'}-{options.papers}"
    with databases(options.cache / name) as built:
        if not built.exists():
            print("building the site", flush=True)
            alone(build, options.corpus, options.papers)
            built.touch()
        with tempfile.TemporaryDirectory() as folder:
            copied = alone(copy_to_csv)
            exported = alone(export, folder)
            report(copied, exported)
            if options.restore:
                restored(Path(folder))


def alone(work: Any, *given: Any) -> Any:
    """Return what `work` returns in a process of its own, so that its memory is its own too."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def build(corpus: Path | None, count: int) -> None:
    """Fill the database with the first papers of the corpus, or with as many made ones."""
    import django

    django.setup()
    from django.core.management import call_command
    from exports_site import build as fill

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    stored = fill(records(corpus, count))
    print(f"  {stored:,} papers in {time.perf_counter() - started:,.0f} s", flush=True)


def records(corpus: Path | None, count: int) -> Iterator[dict[str, Any]]:
    """Give out what the site is made of."""
    if corpus is None:
        yield from papers_generator.papers(count)
        return
    for number, record in enumerate(papers_in(corpus)):
        if number >= count:
            return
        yield record


@dataclass(frozen=True)
class Copied:
    """How long COPY took for the tables of one kind of row, the best of some times."""

    rows: int
    size: int
    seconds: float


def copy_to_csv() -> dict[str, Copied]:
    """Return how fast COPY writes the same columns of the same rows as CSV."""
    import django

    django.setup()
    from django.db import connection

    from apps.public.exports import schema

    derived = {"record", "versions", "badges", "licences", "licence", "segments", "arxiv_id"}

    def columns(row: tuple[schema.Column, ...], *also: str) -> str:
        return ", ".join([*also, *(each.name for each in row if each.name not in derived)])

    public = "status IN ('published', 'reviewed')"
    statements = {
        "papers": [
            f"SELECT {columns(schema.PAPER, 'arxiv_id')} FROM papers_paper",
            f"SELECT {columns(schema.VERSION, 'paper_id')} FROM papers_paperversion",
        ],
        "translations": [
            f"SELECT {columns(schema.TRANSLATION, 'paper_id')} FROM translation_translation "
            f"WHERE {public}",
            f"SELECT {columns(schema.SEGMENT, 'translation_id')} FROM translation_segment",
        ],
    }
    found = {}
    for kind, parts in statements.items():
        size, seconds = 0, 0.0
        for statement in parts:
            tries = [copy_one(connection, statement) for _ in range(REPEATS)]
            size += tries[0][0]
            seconds += min(each for _size, each in tries)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({parts[0]}) AS rows")
            found[kind] = Copied(cursor.fetchone()[0], size, seconds)
    return found


def copy_one(connection: Any, statement: str) -> tuple[int, float]:
    """Return how many bytes a statement gives as CSV, and how long that takes."""
    started, size = time.perf_counter(), 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as copy,
    ):
        for block in copy:
            size += len(block)
    return size, time.perf_counter() - started


@dataclass(frozen=True)
class Exported:
    """A file of the export: how long it took, after the one before it."""

    name: str
    rows: int
    size: int
    seconds: float


def export(folder: str) -> tuple[list[Exported], float, float]:
    """Make a full export in `folder`; return its files, and the memory before and at most (MB)."""
    import django
    from django.conf import settings

    settings.STORAGES["exports"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder},
    }
    django.setup()
    from apps.public.exports.write.run import start_full, start_increment, work_on

    before, made = peak(), []

    def on_part(part: Any) -> None:
        nonlocal last
        made.append(Exported(part.name, part.rows, part.size, time.perf_counter() - last))
        last = time.perf_counter()

    def clock() -> datetime:
        return datetime.now(UTC)

    # An empty increment, so that what is loaded but once is loaded.
    first = work_on(start_increment(now=clock(), since=datetime(2100, 1, 1, tzinfo=UTC)).pk, clock)
    shutil.rmtree(Path(folder, first.folder))
    last = time.perf_counter()
    work_on(start_full(now=clock()).pk, clock, on_part=on_part)
    return made, before, peak()


def peak() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(copied: dict[str, Copied], exported: tuple[list[Exported], float, float]) -> None:
    """Print what was measured, and whether it is enough."""
    files, before, most = exported
    print(f"{'':28}{'rows':>10}{'MB':>9}{'seconds':>9}{'rows/s':>10}{'to COPY':>9}")
    for kind, each in copied.items():
        line(f"COPY of {kind}", each.rows, each.size, each.seconds, "")
    worst = 1.0
    for file in files:
        ratio = ""
        against = copied.get(file.name.partition(".")[0])
        if against is not None:
            share = (file.rows / file.seconds) / (against.rows / against.seconds)
            worst, ratio = min(worst, share), f"{share:.2f}"
        line(file.name, file.rows, file.size, file.seconds, ratio)
    whole = sum(file.seconds for file in files)
    line("the whole export", 0, sum(file.size for file in files), whole, "")
    print(f"memory of the exporting process: {before:.0f} MB before, {most:.0f} MB at most")
    print(f"slowest file at {worst:.2f} of COPY: {verdict(worst >= SHARE)} (bar {SHARE})")
    print(f"memory: {verdict(most < MOST_MB)} (bar {MOST_MB} MB)")


def line(name: str, rows: int, size: int, seconds: float, ratio: str) -> None:
    """Print one line of the table."""
    rate = f"{rows / seconds:10,.0f}" if rows else f"{'':10}"
    print(f"{name:28}{rows or '':>10}{size / 1e6:9.1f}{seconds:9.2f}{rate}{ratio:>9}", flush=True)


def verdict(good: bool) -> str:
    """Say whether a bar is met."""
    return "met" if good else "NOT met"


def restored(folder: Path) -> None:
    """Restore the export into an empty site on the same server, and print how long that takes."""
    import psycopg

    (dump,) = folder.iterdir()
    url = os.environ["DATABASE_URL"]
    other = f"{url.rpartition('/')[0]}/restored"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS restored")
        admin.execute("CREATE DATABASE restored")
    environment = os.environ | {"DATABASE_URL": other}
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    for name in ("restoring into an empty site", "restoring once more"):
        started = time.perf_counter()
        subprocess.run(
            [*command, "restore", str(dump)],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        print(f"{name}: {time.perf_counter() - started:,.1f} s", flush=True)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory of the restoring process: {most:.0f} MB at most")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("DROP DATABASE restored")
    shutil.rmtree(dump)


if __name__ == "__main__":
    main()
