"""`up` from start to stop, with a small site of its own that has every part of the real one."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from papersite.embedded.ports import find_free_port
from papersite.embedded.postgres import PostgresServer
from papersite.embedded.valkey import ValkeyServer

pytestmark = pytest.mark.processes

LAUNCHER = """
import sys
from pathlib import Path
from papersite.embedded.launch import up
from papersite.embedded.site import Options
from papersite.embedded.steps import Steps
project, port = Path(sys.argv[1]), int(sys.argv[2])
sys.exit(up(Options(port=port), Steps('[["install", 1.5]]'), project))
"""

MANAGE = """
import json, os, sys, time
import psycopg
from papersite import app, mark
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as site:
    match sys.argv[1]:
        case "migrate":
            site.execute("CREATE TABLE IF NOT EXISTS paper (title text, done bool DEFAULT false)")
        case "seed":
            if site.execute("SELECT 1 FROM paper").fetchone() is None:
                site.execute("INSERT INTO paper VALUES ('a paper')")
                print("seeded now")
        case "pipeline":
            mark.delay()
            while site.execute("SELECT 1 FROM paper WHERE NOT done").fetchone():
                time.sleep(0.1)
            print("worked off")
        case "editor":
            new = not os.path.exists("editor")
            open("editor", "w").close()
            print(json.dumps({"username": "editor", "password": "secret" if new else None}))
"""

CELERY = """
import os
import psycopg
from celery import Celery
app = Celery("papersite", broker=os.environ["REDIS_URL"])
@app.task
def mark():
    with psycopg.connect(os.environ["DATABASE_URL"]) as site:
        site.execute("UPDATE paper SET done = true")
"""

WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"the first page"]
"""


@pytest.fixture
def project(place: Path) -> Path:
    """Give a project with a manage.py, a Celery application and a WSGI application."""
    (place / "papersite" / "settings").mkdir(parents=True)
    (place / "papersite" / "settings" / "dev.py").write_text("SECRET_KEY = 'of no interest'")
    (place / "manage.py").write_text(textwrap.dedent(MANAGE))
    (place / "papersite" / "__init__.py").write_text(textwrap.dedent(CELERY))
    (place / "papersite" / "wsgi.py").write_text(textwrap.dedent(WSGI))
    place.chmod(0o755)
    return place


class Launcher:
    """A launcher of the site as a process of its own."""

    def __init__(self, project: Path, port: int, **environment: str) -> None:
        own = {
            "DATABASE_URL",
            "REDIS_URL",
            "SECRET_KEY",
            "DJANGO_SETTINGS_MODULE",
            "EXPORTS_DIR",
            "SITE_URL",
        }
        inherited = {name: value for name, value in os.environ.items() if name not in own}
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, str(project), str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=inherited | environment,
        )
        self.output = ""

    def read_until(self, text: str) -> None:
        """Read what it says until a line with `text`."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line
            if text in line:
                return
        raise AssertionError(f"The launcher never said {text!r}, but:\n{self.output}")

    def finish(self) -> int:
        """Read the rest; return the exit status."""
        assert self.process.stdout is not None
        self.output += self.process.stdout.read()
        return self.process.wait()

    def children(self) -> list[psutil.Process]:
        """Return every process that it started, and that those started."""
        return psutil.Process(self.process.pid).children(recursive=True)


@contextmanager
def launched(project: Path, port: int, **environment: str) -> Iterator[Launcher]:
    launcher = Launcher(project, port, **environment)
    try:
        yield launcher
    finally:
        launcher.process.kill()
        launcher.process.wait()
        if launcher.process.stdout is not None:
            launcher.process.stdout.close()


def page(port: int) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        return bytes(answer.read())


def still_there(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return those that do not end within a minute; the dead that nobody buried do not count."""
    _, alive = psutil.wait_procs(processes, timeout=60)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def test_it_starts_serves_stops_everything_in_order_and_keeps_the_data(project: Path) -> None:
    port = find_free_port()
    with launched(project, port) as first:
        first.read_until("Ctrl-C stops everything")
        assert page(port) == b"the first page"
        children = first.children()
        assert {"postgres", "valkey-server"} <= {child.name() for child in children}
        first.process.send_signal(signal.SIGINT)
        assert first.finish() == 0
        assert still_there(children) == []
    assert "seeded now" in first.output
    assert "worked off" in first.output
    assert "password  secret" in first.output
    table = first.output[first.output.index("  install") : first.output.index("  together")]
    steps = [line.rsplit(maxsplit=2)[0].strip() for line in table.splitlines()]
    assert steps == ["install", "PostgreSQL", "Valkey", "migrate", "seeds", "web", "pipeline"]
    order = [line.split()[-1] for line in first.output.splitlines() if "  stopping" in line]
    assert order == ["web", "beat", "worker", "Valkey", "PostgreSQL"]

    with launched(project, port) as second:
        second.read_until("Ctrl-C stops everything")
        second.process.send_signal(signal.SIGTERM)
        assert second.finish() == 0
    assert "seeded now" not in second.output
    assert "as shown at the first start" in second.output


def test_a_second_site_in_the_same_folder_and_a_killed_launcher(project: Path) -> None:
    with launched(project, find_free_port()) as first:
        first.read_until("Ctrl-C stops everything")
        with launched(project, find_free_port()) as second:
            assert second.finish() == 2
        assert f"already running with the data folder {project / 'var'}" in second.output

        children = first.children()
        assert len(children) >= 8
        first.process.kill()
        assert still_there(children) == []


def test_a_part_that_dies_is_named_and_takes_the_site_down(project: Path) -> None:
    with launched(project, find_free_port()) as site:
        site.read_until("Ctrl-C stops everything")
        children = site.children()
        worker = next(child for child in children if "worker" in child.cmdline())
        worker.kill()
        assert site.finish() == 1
        assert still_there(children) == []
    assert "worker ended by itself. It ended with status -9." in site.output
    assert "celery@" in site.output[site.output.index("worker.log, ends with:") :]


def test_a_web_server_that_cannot_start_is_named_with_its_log(project: Path) -> None:
    (project / "papersite" / "wsgi.py").write_text("raise RuntimeError('a mistake in wsgi.py')")
    with launched(project, find_free_port()) as site:
        assert site.finish() == 1
    assert "web ended by itself" in site.output
    assert "a mistake in wsgi.py" in site.output
    assert "stopping PostgreSQL" in site.output


def test_a_port_that_is_taken_is_named_with_another_to_try(project: Path) -> None:
    with PostgresServer(project / "other", fast=True) as other:
        assert other.port is not None
        with launched(project, other.port) as site:
            assert site.finish() == 1
    assert f"Port {other.port} on 127.0.0.1 is taken" in site.output
    assert f"--port {other.port + 1}" in site.output
    assert not (project / "var" / "postgresql").exists()


def test_servers_in_the_environment_are_used_instead_of_own_ones(project: Path) -> None:
    with (
        PostgresServer(project / "other-postgres", fast=True) as postgres,
        ValkeyServer(project / "other-valkey", fast=True) as valkey,
        launched(
            project, find_free_port(), DATABASE_URL=postgres.url, REDIS_URL=valkey.url
        ) as site,
    ):
        site.read_until("Ctrl-C stops everything")
        environment = json.loads((project / "var" / "environment.json").read_text())
        assert environment["DATABASE_URL"] == postgres.url
        assert len(environment["SECRET_KEY"]) >= 50
        assert not (project / "var" / "postgresql").exists()
        site.process.send_signal(signal.SIGINT)
        assert site.finish() == 0
    assert "worked off" in site.output
