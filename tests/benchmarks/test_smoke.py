"""Every benchmark, at a size that takes seconds: none may rot."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import benchmarks

pytestmark = pytest.mark.benchmarks

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", benchmarks())
def test_it_runs(name: str) -> None:
    command = [sys.executable, "-m", "benchmarks", name, "--tiny"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
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
