"""Servers, databases and processes of benchmarks, with Django pointed at them."""

import argparse
import contextlib
import importlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

import django
import environ
import psutil
import psycopg
from django.core.management import call_command
from django.db import connection

from papersite.embedded.folders import temporary_folder
from papersite.embedded.ports import find_free_port
from papersite.embedded.postgres import PostgresServer
from papersite.embedded.valkey import ValkeyServer

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


class Missing(Exception):
    """A program or package that a benchmark needs is not installed; the message names it."""


def require(*programs: str) -> None:
    """Raise Missing where a program is not on the PATH."""
    for program in programs:
        if shutil.which(program) is None:
            raise Missing(program)


def need(*packages: str) -> None:
    """Raise Missing where a package of Python is not installed."""
    for package in packages:
        if importlib.util.find_spec(package) is None:
            raise Missing(package)


def prepare() -> None:
    """Set Django up; harmless in a process that has done so."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")
    django.setup()


@contextlib.contextmanager
def redis_server() -> Iterator[None]:
    """Bring a Redis unless REDIS_URL names one. Comes before `prepare`."""
    with contextlib.ExitStack() as stack:
        if not os.environ.get("REDIS_URL"):
            folder = stack.enter_context(temporary_folder())
            os.environ["REDIS_URL"] = stack.enter_context(ValkeyServer(folder / "redis")).url
        yield


def use_database(url: str) -> None:
    """Point Django and the processes that are started later at a database."""
    os.environ["DATABASE_URL"] = url
    connection.close()
    connection.settings_dict.update(environ.Env.db_url_config(url))


@contextlib.contextmanager
def empty_database() -> Iterator[None]:
    """Make a database with all tables, on the server of DATABASE_URL or one of our own."""
    with contextlib.ExitStack() as stack:
        url = os.environ.get("DATABASE_URL")
        if not url:
            folder = stack.enter_context(temporary_folder())
            url = stack.enter_context(PostgresServer(folder / "postgres")).url
        server, name = url.rpartition("/")[0], f"benchmark_{os.getpid()}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
            use_database(f"{server}/{name}")
            try:
                call_command("migrate", verbosity=0)
                yield
            finally:
                use_database(url)
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def kept_database(
    given: argparse.Namespace, name: str, build: Callable[[], object]
) -> Iterator[None]:
    """Run a PostgreSQL whose data stay in --cache; `build` fills it the first time."""
    if given.tiny:
        with empty_database():
            build()
            yield
        return
    folder = given.cache / name
    built = folder.with_suffix(".built")
    if not built.exists():
        shutil.rmtree(folder, ignore_errors=True)
    with PostgresServer(folder) as server:
        use_database(server.url)
        # A database that is kept may be older than the latest migration.
        call_command("migrate", verbosity=0)
        if not built.exists():
            print("building the site", flush=True)
            build()
            built.touch()
        yield
        connection.close()


def alone(work: Callable[..., T], *given: object) -> T:
    """Return what `work` returns in a process of its own, so that its memory is its own too."""
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=prepare) as pool:
        return pool.submit(work, *given).result()


def spawned(work: Callable[..., object], *given: object) -> BaseProcess:
    """Start a process that does `work` with Django set up; it ends with this one."""
    process = get_context("spawn").Process(
        target=_prepared, args=(work.__module__, work.__name__, given), daemon=True
    )
    process.start()
    return process


def _prepared(module: str, name: str, given: tuple[object, ...]) -> None:
    # The module is imported only now: models cannot be before Django is set up.
    prepare()
    getattr(importlib.import_module(module), name)(*given)


@contextlib.contextmanager
def served(**environment: str) -> Iterator[tuple[str, list[int]]]:
    """Serve the site with production settings; give out its address and its processes."""
    port = find_free_port()
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
        server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
        try:
            _wait_for(url)
            children = psutil.Process(server.pid).children(recursive=True)
            yield url, [child.pid for child in children]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def fetched(url: str) -> bytes:
    """Return what is sent for a page, compressed."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as answer:
        return bytes(answer.read())


def _wait_for(url: str) -> None:
    """Wait until the site answers. Raises OSError after a minute."""
    for attempt in range(300):
        try:
            fetched(url + "/healthz")
            return
        except OSError:
            if attempt == 299:
                raise
            time.sleep(0.2)
