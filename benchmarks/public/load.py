"""How many readers two cores serve, next to a static file.

Serves a site of published papers (see `sites/reading.py`) as a deployment would (granian,
production settings, static files collected) and asks for pages with wrk, on the same cores. Printed
for each kind of page: requests per second, and the 50th and 99th percentile of the time that one
took, next to a static file of about the size of a compressed page, served by the same server.

- "cached": one page again and again, as on the morning that everybody reads it,
- "checked": pages that are kept, but whose edition is asked for each time,
- "made": pages that are not kept (PAGE_CACHE_MB=0), each another one,

and for the made pages SQL statements and the servers' memory in the first and the last part.

Bars: the cached paper page at least half of the static file's rate; made paper pages at least 150 a
second; no growth. wrk comes from Debian's package of that name. The database is kept in --cache.
"""

import argparse
import os
import random
import re
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
from django.db import connection

from benchmarks.scaffold.corpus import corpus_options
from benchmarks.scaffold.environment import fetched, require, served
from benchmarks.sites.reading import addresses, reading_site

STATIC = "/static/load.txt"
TINY = "--papers 60 --seconds 1 --warm 1 --connections 2"
SCRIPT = """
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local at = 0
wrk.headers["Accept-Encoding"] = "gzip"
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""
DONE = """
function done(summary, latency, requests)
  io.write(string.format("\\nbad=%d\\n", summary.errors.status + summary.errors.read
    + summary.errors.connect + summary.errors.timeout))
end
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    corpus_options(parser, papers=128_000)
    parser.add_argument("--seconds", type=int, default=15, help="for each measurement")
    parser.add_argument("--warm", type=int, default=10, help="seconds until all pages are kept")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--build-only", action="store_true", help="fill the database and stop")


def run(given: argparse.Namespace) -> None:
    """Bring the site, measure, print."""
    if not given.tiny:
        require("wrk")
    with reading_site(given):
        if not given.build_only:
            measure(addresses(random.Random(1), 20_000), given)


def measure(paths: dict[str, list[str]], given: argparse.Namespace) -> None:
    """Print the rates of every kind of page."""
    seconds, connections = given.seconds, given.connections
    print(f"{'':28}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'to static':>11}")
    with served(PAGE_CACHE_MB="64") as (url, _pids):
        print(f"a paper page has {len(fetched(url + paths['paper'][0])):,} bytes, compressed")
        require("wrk")
        size = len(fetched(url + STATIC))
        static = ask(url, [STATIC], seconds, connections, f"static file of {size:,} bytes", 0)
        for name in ("home", "day", "paper", "search"):
            path = paths[name][0] if name != "home" else "/"
            fetched(url + path)
            ask(url, [path], seconds, connections, f"{name}, cached", static)
        ask(url, [STATIC], seconds, connections, "static file once more", static)
    with served(PAGE_CHECK_SECONDS="0") as (url, _pids):
        few = paths["paper"][:200]
        # Until each process has made all of them.
        wrk(url, few, given.warm, connections)
        ask(url, few, seconds, connections, "paper, checked", static)
    with served(PAGE_CACHE_MB="0") as (url, pids):
        for name in ("home", "day", "paper", "search"):
            pages = paths[name] if name != "home" else ["/"]
            ask(url, pages, seconds, connections, f"{name}, made", static)
        parts = [part(url, paths["paper"], seconds, connections, pids) for _ in range(3)]
    for place, (statements, megabytes) in enumerate(parts, 1):
        print(
            f"made papers, part {place}: {statements:.2f} SQL statements each, {megabytes:.0f} MB"
        )


def ask(
    url: str, paths: list[str], seconds: int, connections: int, name: str, static: float
) -> float:
    """Ask for the paths in turn as fast as the server answers; print and return the rate."""
    rate, half, worst = wrk(url, paths, seconds, connections)
    ratio = f"{rate / static:11.2f}" if static else f"{'':11}"
    print(f"{name:28}{rate:12,.0f}{half:9.1f}{worst:9.1f}{ratio}", flush=True)
    return rate


def wrk(url: str, paths: list[str], seconds: int, connections: int) -> tuple[float, float, float]:
    """Return requests per second, and the 50th and 99th percentile in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder, "paths"), Path(folder, "ask.lua")
        listed.write_text("\n".join(paths) + "\n")
        script.write_text(SCRIPT + DONE)
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
        command += ["--latency", "-s", str(script), url]
        environment = os.environ | {"PATHS": str(listed)}
        said = subprocess.run(
            command, capture_output=True, text=True, env=environment, check=True
        ).stdout
    bad = int(re.findall(r"bad=(\d+)", said)[0])
    if bad:
        print(f"  {bad} answers were errors", flush=True)
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    return rate, milliseconds(said, "50"), milliseconds(said, "99")


def milliseconds(said: str, percentile: str) -> float:
    """Read a percentile out of what wrk printed."""
    number, unit = re.findall(rf"\b{percentile}%\s+([\d.]+)(us|ms|s|m)\b", said)[0]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}[unit]


def part(
    url: str, paths: list[str], seconds: int, connections: int, pids: list[int]
) -> tuple[float, float]:
    """Ask for made pages; return SQL statements for each, and the servers' memory after it."""
    before = statements()
    rate, _half, _worst = wrk(url, paths, seconds, connections)
    time.sleep(2)
    asked = (statements() - before) / (rate * seconds)
    return asked, sum(psutil.Process(pid).memory_info().rss for pid in pids) / 2**20


def statements() -> int:
    """Return how many transactions the database has committed: outside of one, each statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        )
        return int(cursor.fetchone()[0])
