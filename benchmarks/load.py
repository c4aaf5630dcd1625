"""How many readers two cores serve: `python benchmarks/load.py --corpus papers.jsonl.zst`.

Serves a site of published papers (see `reading_site.py`) as a deployment would (granian, production
settings, static files collected) and asks for pages with wrk, on the same cores. Printed for each
kind of page: requests per second, and the 50th and 99th percentile of the time that one took, next
to a static file of about the size of a compressed page, served by the same server.

- "cached": one page again and again, as on the morning that everybody reads it,
- "checked": pages that are kept, but whose edition is asked for each time,
- "made": pages that are not kept (PAGE_CACHE_MB=0), each another one,

and for the made pages SQL statements and the servers' memory in the first and the last part.

Bars: the cached paper page at least half of the static file's rate; made paper pages at least 150 a
second; no growth. wrk comes from Debian's package of that name. The database is kept in --cache.
"""

import argparse
import contextlib
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
from reading_site import addresses, build

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")


STATIC = "/static/load.txt"
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


def main() -> None:
    """Read the command line, bring the site, measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpus", type=Path, required=True, help="papers.jsonl.zst")
    parser.add_argument("--papers", type=int, help="only the first so many lines of it")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "papersite" / "load")
    parser.add_argument("--seconds", type=int, default=15, help="for each measurement")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--build-only", action="store_true", help="fill the database and stop")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("There is no wrk. Install it (Debian: apt install wrk) and run this again.")
    with databases(options.cache / f"site-{options.papers or 'all'}") as built:
        import django

        django.setup()
        if not built.exists():
            print("building the site", flush=True)
            build(options.corpus, options.papers)
            built.touch()
        if options.build_only:
            return
        chance = random.Random(1)
        measure(addresses(chance, 20_000), options.seconds, options.connections)


@contextlib.contextmanager
def databases(folder: Path) -> Iterator[Path]:
    """Bring PostgreSQL in `folder` and a Redis; give out the file that says the site is built."""
    from papersite.embedded.postgres import PostgresServer
    from papersite.embedded.valkey import ValkeyServer

    built = folder.with_suffix(".built")
    if not built.exists():
        shutil.rmtree(folder, ignore_errors=True)
    with contextlib.ExitStack() as stack:
        os.environ["DATABASE_URL"] = stack.enter_context(PostgresServer(folder)).url
        temporary = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        temporary.chmod(0o755)
        os.environ["REDIS_URL"] = stack.enter_context(ValkeyServer(temporary / "redis")).url
        yield built


def measure(paths: dict[str, list[str]], seconds: int, connections: int) -> None:
    """Print the rates of every kind of page."""
    print(f"{'':28}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'to static':>11}")
    with served(PAGE_CACHE_MB="64") as (url, _pids):
        print(f"a paper page has {len(fetched(url + paths['paper'][0])):,} bytes, compressed")
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
        wrk(url, few, 10, connections)
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


@contextlib.contextmanager
def served(**environment: str) -> Iterator[tuple[str, list[int]]]:
    """Serve the site with production settings; give out its address and its processes."""
    from papersite.embedded.ports import any_free_port

    port = any_free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        settings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "papersite.settings.prod",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1,papers.example.org",
            "SITE_URL": "https://papers.example.org",
            "CONTACT_EMAIL": "editor@example.org",
            "SECURE_SSL_REDIRECT": "false",
            "STATIC_ROOT": folder,
            "LOG_LEVEL": "WARNING",
            **environment,
        }
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, cwd=ROOT, env=settings, check=True)
        # About as many bytes as a compressed page, and none of them compressible.
        Path(folder, "load.txt").write_text(secrets.token_urlsafe(7800))
        command = [sys.executable, "-m", "granian", "--workers", "2", "--interface", "wsgi"]
        command += ["--host", "127.0.0.1", "--port", str(port), "papersite.wsgi:application"]
        with open(os.devnull, "w") as nowhere:
            server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=nowhere)
        try:
            wait_for(url)
            children = psutil.Process(server.pid).children(recursive=True)
            yield url, [child.pid for child in children]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def wait_for(url: str) -> None:
    """Wait until the site answers. Raises OSError after a minute."""
    for attempt in range(300):
        try:
            fetched(url + "/healthz")
            return
        except OSError:
            if attempt == 299:
                raise
            time.sleep(0.2)


def fetched(url: str) -> bytes:
    """Return what is sent for a page, compressed."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as answer:
        return bytes(answer.read())


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
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        )
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
