"""The pytest plugin, in test runs of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from papersite.embedded.valkey import ValkeyServer

pytestmark = pytest.mark.processes

PROJECT = Path(__file__).resolve().parents[2]

INNER_TESTS = """
import os
import psycopg
import pytest
import redis

@pytest.mark.parametrize("number", range(2))
def test_both_servers_answer(number):
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        assert database.execute("SHOW fsync").fetchone() == ("off",)
    assert redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
    print("database", os.environ["DATABASE_URL"])
    print("redis", os.environ["REDIS_URL"])
"""

# Looks as early as pytest-django does: before any conftest is loaded.
EARLY_READER = """
import os
from pathlib import Path
import pytest

@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    Path("seen_early").write_text(os.environ["DATABASE_URL"])
"""


def run_pytest(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    (folder / "test_inner.py").write_text(INNER_TESTS)
    (folder / "early_reader.py").write_text(EARLY_READER)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p papersite.embedded.testing\n")
    own = ("DATABASE_URL", "REDIS_URL", "PYTEST", "DJANGO")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:randomly"]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", "-rP", *arguments],
        cwd=folder,
        env=inherited | {"TMPDIR": str(folder), "PYTHONPATH": f"{PROJECT}:{folder}"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def addresses(output: str, kind: str) -> set[str]:
    return {line.split()[1] for line in output.splitlines() if line.startswith(f"{kind} ")}


def test_one_pair_of_servers_serves_all_workers_and_is_gone_afterwards(place: Path) -> None:
    run = run_pytest(place, "-n", "2")
    assert run.returncode == 0, run.stdout + run.stderr
    assert len(addresses(run.stdout, "database")) == 1
    assert len(addresses(run.stdout, "redis")) == 1
    assert list(place.glob("papersite-*")) == []


def test_the_addresses_are_there_before_any_other_plugin_looks(place: Path) -> None:
    run = run_pytest(place, "-p", "early_reader")
    assert run.returncode == 0, run.stdout + run.stderr
    assert {(place / "seen_early").read_text()} == addresses(run.stdout, "database")


def test_a_server_in_the_environment_is_used(place: Path) -> None:
    with ValkeyServer(place / "given", fast=True) as given:
        run = run_pytest(place, REDIS_URL=given.url)
        assert run.returncode == 0, run.stdout + run.stderr
        assert addresses(run.stdout, "redis") == {given.url}


def test_asking_for_help_starts_nothing(place: Path) -> None:
    run = run_pytest(place, "--help", "-p", "early_reader")
    assert "KeyError: 'DATABASE_URL'" in run.stdout + run.stderr
