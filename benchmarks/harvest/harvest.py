"""How fast papers are harvested, next to `update_or_create` and to COPY.

Serves generated records by an OAI-PMH server on the loopback in another process, harvests them
(rate limit off) into a real PostgreSQL, and prints records per second next to

- a plain loop that calls `update_or_create` for each paper and each of its versions, on records
  that lie in memory ready parsed, over a part of them: it neither fetches nor parses,
- COPY of the same finished rows into the same tables with their indexes, from memory: the limit,

and the peak memory of the harvesting process at a tenth of the list and at the whole list.
"""

import argparse
import contextlib
import io
import multiprocessing
import os
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import connection, transaction

from apps.harvest.arxiv.oai import OaiPage
from apps.harvest.models import RunKind
from apps.harvest.runs.execute import harvest
from apps.harvest.runs.service import start_run
from apps.papers.models import Paper, PaperVersion
from apps.papers.records import PaperRecord, SourceFormat
from apps.papers.store.merge import authors_as_json
from benchmarks.scaffold.environment import alone, empty_database, spawned
from benchmarks.scaffold.timing import seconds, timed

RECORDS_PER_PAGE = 1000
LOOP_RECORDS = 1000
TINY = "--records 30"
SEED = 20250228
VOCABULARY = (
    "we show that the model learns representations of language from large corpora and improves "
    "accuracy by a wide margin over strong baselines while cost remains low for inference with "
    "attention layers sparse experts retrieval evaluation across tasks datasets theory bounds "
    "convergence gradient descent stochastic optimisation quantum states lattice symmetry"
)
WORDS = VOCABULARY.split()
SIGNS = ("$\\alpha$", "$O(n \\log n)$", 'Schr\\"odinger', "12.5\\%", "naive", "$k=3$")
FAMILIES = (
    "Garc\\'{\\i}a",
    'M\\"uller',
    "Tanaka",
    "Smith",
    "van der Berg",
    "Li",
    "Okafor",
    "Rossi",
)
FORENAMES = ("Ana", "B.", "Chen", "D. E.", "Emi", "Farid", "Grace", "H.-J.")


def record_xml(number: int) -> str:
    """Return one record in arXivRaw, of the size and kind that arXiv's have."""
    chance = random.Random(SEED + number)
    day = date(2015, 1, 1) + timedelta(days=number % 3000)
    identifier = f"{day:%y%m}.{number % 90000 + 1:05d}"

    # About a third of arXiv's abstracts hold TeX.
    share_of_signs = 0.06 if chance.random() < 0.35 else 0.0

    def text(words: int) -> str:
        return " ".join(
            chance.choice(SIGNS) if chance.random() < share_of_signs else chance.choice(WORDS)
            for _ in range(words)
        )

    # About an eighth of its author strings hold TeX.
    families = FAMILIES if chance.random() < 0.15 else FAMILIES[2:]
    authors = ", ".join(
        f"{chance.choice(FORENAMES)} {chance.choice(families)}" for _ in range(chance.randint(1, 9))
    )
    moment = datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC)
    versions = "".join(
        f'<version version="v{n}"><date>{format_datetime(moment + timedelta(days=40 * n), True)}'
        f"</date><size>{chance.randint(8, 4000)}kb</size></version>"
        for n in range(1, chance.choice((1, 1, 1, 2, 2, 3, 4)) + 1)
    )
    return (
        f"<record><header><identifier>oai:arXiv.org:{identifier}</identifier>"
        f"<datestamp>{day}</datestamp><setSpec>cs:cs:CL</setSpec></header><metadata>"
        f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{identifier}</id>'
        f"<submitter>Somebody</submitter>{versions}<title>{escape(text(10))} {number}</title>"
        f"<authors>{escape(authors)}</authors><categories>cs.CL cs.LG stat.ML</categories>"
        f"<comments>{chance.randint(4, 60)} pages, accepted somewhere</comments>"
        "<license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>"
        f"<abstract>  {escape(text(chance.randint(60, 190)))}.</abstract></arXivRaw>"
        "</metadata></record>"
    )


def page_xml(start: int, records: int) -> bytes:
    """Return the page of the list that begins with record `start`."""
    end = min(start + RECORDS_PER_PAGE, records)
    token = (
        quote(f"verb=ListRecords&records={records}&skip={end}", safe="") if end < records else ""
    )
    body = "".join(record_xml(number) for number in range(start, end))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        "<responseDate>2025-03-01T00:00:00Z</responseDate><request>loopback</request>"
        f"<ListRecords>{body}<resumptionToken>{token}</resumptionToken></ListRecords></OAI-PMH>"
    ).encode()


def serve(records: int, answer: Connection) -> None:
    """Serve the whole list, and its first tenth as the set "tenth". Pages are made beforehand."""
    pages = {
        (total, start): page_xml(start, total)
        for total in (records, records // 10)
        for start in range(0, total, RECORDS_PER_PAGE)
    }

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            arguments = parse_qs(urlsplit(self.path).query)
            if "resumptionToken" in arguments:
                token = parse_qs(unquote(arguments["resumptionToken"][0]))
                page = int(token["records"][0]), int(token["skip"][0])
            else:
                page = (records // 10 if "set" in arguments else records), 0
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(pages[page])))
            self.end_headers()
            self.wfile.write(pages[page])

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    answer.send(server.server_port)
    server.serve_forever()


@contextlib.contextmanager
def oai_server(records: int) -> Iterator[str]:
    """Run the server in another process; yield its address."""
    ours, theirs = multiprocessing.Pipe()
    process = spawned(serve, records, theirs)
    try:
        yield f"http://127.0.0.1:{ours.recv()}/oai"
    finally:
        process.terminate()
        process.join()


def harvest_list(url: str, set_spec: str = "") -> dict[str, float]:
    """Harvest a list in this process; return seconds, records, peak MB."""
    settings.ARXIV_OAI_URL = url
    run = start_run(RunKind.OAI, SourceFormat.ARXIV_RAW, now=datetime.now(UTC), set_spec=set_spec)
    milliseconds, run = timed(lambda: harvest(run))
    return {
        "seconds": milliseconds / 1000,
        "created": run.created,
        "unchanged": run.unchanged,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def empty() -> None:
    """Empty the tables and bring their statistics up to date."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE papers_paper, harvest_harvestrun RESTART IDENTITY CASCADE")
        cursor.execute("CHECKPOINT")


def copy_limit() -> float:
    """Copy the rows that were harvested out, and time copying them in again, indexes and all."""
    tables = ("papers_paper", "papers_paperversion")
    rows: dict[str, bytes] = {}
    with connection.cursor() as cursor:
        for table in tables:
            buffer = io.BytesIO()
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                for block in copy:
                    buffer.write(block)
            rows[table] = buffer.getvalue()
        empty()
        started = time.perf_counter()
        with transaction.atomic():
            for table in tables:
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows[table])
        return time.perf_counter() - started


def loop_seconds_per_record(records: int) -> float:
    """Time `update_or_create` for papers and versions, on records parsed beforehand."""
    page = OaiPage(io.BytesIO(page_xml(0, records)), "memory")
    parsed = [item for item in page.items() if isinstance(item, PaperRecord)]
    empty()
    return seconds(lambda: store_one_by_one(parsed)) / len(parsed)


def store_one_by_one(records: list[PaperRecord]) -> None:
    """Store papers and versions as a plain script would."""
    now = datetime.now(UTC)
    copied = ["source_format", "latest_version", "title", "abstract", "comments", "licence_url"]
    copied += ["submitted_at", "revised_at", "datestamp"]
    for record in records:
        paper, _ = Paper.objects.update_or_create(
            arxiv_id=record.arxiv_id,
            defaults={name: getattr(record, name) for name in copied}
            | {
                "authors": authors_as_json(record.authors),
                "primary_category": record.categories[0] if record.categories else "",
                "categories": list(record.categories or ()),
                "harvested_at": now,
                "changed_at": now,
            },
        )
        for stamp in record.versions:
            PaperVersion.objects.update_or_create(
                paper=paper,
                number=stamp.number,
                defaults={"submitted_at": stamp.submitted_at, "size_kb": stamp.size_kb},
            )


def report(
    records: int,
    tenth: dict[str, float],
    whole: dict[str, float],
    again: dict[str, float],
    copy_seconds: float,
    loop: float,
) -> None:
    """Print the figures and their ratios."""
    harvest = records / whole["seconds"]
    copy = records / copy_seconds
    print(f"{records:,} records in pages of {RECORDS_PER_PAGE:,}; {os.cpu_count()} cores")
    print(f"harvest, all new       {harvest:10,.0f} records/s   ({whole['created']:,} added)")
    rate = records / again["seconds"]
    print(f"harvest, nothing new   {rate:10,.0f} records/s   ({again['unchanged']:,} unchanged)")
    print(f"update_or_create loop  {1 / loop:10,.0f} records/s   (from {LOOP_RECORDS:,} records)")
    print(f"COPY of finished rows  {copy:10,.0f} records/s")
    print(f"harvest / loop         {harvest * loop:10.1f}   (bar: at least 10)")
    print(f"harvest / COPY         {harvest / copy:10.2f}   (bar: at least 0.33)")
    print(f"peak memory            {tenth['peak_mb']:10.0f} MB at a tenth of the list")
    print(f"                       {whole['peak_mb']:10.0f} MB at the whole list")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--records", type=int, default=10_000, help="how many (10000)")


def run(given: argparse.Namespace) -> None:
    """Measure everything and print it."""
    records = given.records
    with empty_database(), oai_server(records) as url:
        tenth = alone(harvest_list, url, "tenth")
        empty()
        whole, again = alone(harvest_list, url), alone(harvest_list, url)
        copy_seconds = copy_limit()
        loop = loop_seconds_per_record(min(LOOP_RECORDS, records))
    report(records, tenth, whole, again, copy_seconds, loop)
