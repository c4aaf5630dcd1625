"""How fast everything public is exported, next to COPY to CSV; memory; restoring.

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
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from apps.public.exports import schema
from apps.public.exports.write.run import make_export, start_full, start_increment
from benchmarks.scaffold.corpus import corpus_of, corpus_options
from benchmarks.scaffold.environment import ROOT, alone, kept_database
from benchmarks.sites.exported import build

SHARE, MOST_MB = 0.25, 300
REPEATS = 3
TINY = "--papers 20 --restore"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    corpus_options(parser, papers=10_000)
    parser.add_argument("--restore", action="store_true", help="also restore into an empty site")


def run(given: argparse.Namespace) -> None:
    """Make or find the site, and measure."""
    name = f"exports-{'corpus' if given.corpus else 'made'}-{given.papers}"
    with (
        kept_database(given, name, lambda: build(corpus_of(given))),
        tempfile.TemporaryDirectory() as folder,
    ):
        copied = alone(copy_to_csv)
        exported = alone(export, folder)
        report(copied, exported)
        if given.restore:
            restored(Path(folder))


@dataclass(frozen=True)
class Copied:
    """How long COPY took for the tables of one kind of row, the best of some times."""

    rows: int
    size: int
    seconds: float


def copy_to_csv() -> dict[str, Copied]:
    """Return how fast COPY writes the same columns of the same rows as CSV."""
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
    settings.STORAGES["exports"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder},
    }

    before, last = peak(), 0.0
    made: list[Exported] = []

    def on_part(part: Any) -> None:
        nonlocal last
        made.append(Exported(part.name, part.rows, part.size, time.perf_counter() - last))
        last = time.perf_counter()

    def clock() -> datetime:
        return datetime.now(UTC)

    # An empty increment, so that what is loaded but once is loaded.
    first = make_export(
        start_increment(now=clock(), since=datetime(2100, 1, 1, tzinfo=UTC)).pk, clock
    )
    shutil.rmtree(Path(folder, first.folder))
    last = time.perf_counter()
    make_export(start_full(now=clock()).pk, clock, on_part=on_part)
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
