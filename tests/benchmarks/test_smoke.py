"""Every benchmark, at a size that takes seconds: none may rot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from benchmarks.__main__ import benchmarks
from tests.support.processes import database_url

pytestmark = pytest.mark.benchmarks

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def template(django_db_setup, django_db_blocker) -> dict[str, str]:
    """The environment in which benchmarks copy the tables of this test process."""
    with django_db_blocker.unblock():
        connection.close()
        name = connection.settings_dict["NAME"]
        return os.environ | {"DATABASE_URL": database_url(), "TEMPLATE_DATABASE": name}


@pytest.mark.parametrize("name", benchmarks())
def test_it_runs(template: dict[str, str], name: str) -> None:
    command = [sys.executable, "-m", "benchmarks", name, "--tiny"]
    done = subprocess.run(
        command, cwd=ROOT, env=template, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    last = (done.stdout.strip().splitlines() or [""])[-1]
    if last.startswith("skipped: "):
        pytest.skip(last.removeprefix("skipped: "))


def test_they_are_listed_with_a_line_each_and_an_unknown_one_is_refused() -> None:
    def said(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "benchmarks", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert [line.split()[0] for line in said().stdout.splitlines()] == list(benchmarks())
    assert all(len(line.split()) > 4 for line in said().stdout.splitlines())
    refused = said("nothing")
    assert (refused.returncode, "Choose one of" in refused.stderr) == (2, True)
