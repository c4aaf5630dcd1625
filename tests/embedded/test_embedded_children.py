"""One child process: how it ends, what it logs."""

import signal
import sys
from pathlib import Path

import psutil
import pytest

from papersite.embedded import EmbeddedError
from papersite.embedded.children import Child

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(grandchild.pid, flush=True)
time.sleep(600)
"""


def wait_for_log(child: Child) -> str:
    while not child.log_tail():
        assert child.running, child.log_tail()
        child.wait(0.05)
    return child.log_tail()


def test_a_child_that_ignores_its_signal_is_killed_with_all_it_started(tmp_path: Path) -> None:
    child = Child(
        "stubborn",
        [sys.executable, "-c", STUBBORN],
        log_file=tmp_path / "log",
        stop_signals=((signal.SIGTERM, 600.0),),
    )
    child.start()
    grandchild = psutil.Process(int(wait_for_log(child)))
    child.stop(hurry=lambda: True)
    assert child.exit_status == -signal.SIGKILL
    _, alive = psutil.wait_procs([grandchild], timeout=60)
    assert all(process.status() == psutil.STATUS_ZOMBIE for process in alive)


def test_a_failure_shows_only_what_was_logged_since_the_start(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("an older run\n")
    child = Child("job", [sys.executable, "-c", "exit('no good')"], log_file=tmp_path / "log")
    child.start()
    assert child.wait(60)
    message = str(child.failure("failed"))
    assert message == (
        f"job failed. It ended with status 1. Its log, {tmp_path / 'log'}, ends with:\nno good"
    )
    assert (tmp_path / "log").read_text() == "an older run\nno good\n"


def test_a_log_that_has_grown_long_is_put_aside_while_the_child_goes_on(tmp_path: Path) -> None:
    script = "import time; print('first', flush=True); time.sleep(600)"
    log = tmp_path / "log"
    child = Child("writer", [sys.executable, "-c", script], log_file=log)
    child.start()
    wait_for_log(child)
    child.shorten_log(limit_bytes=100)
    assert log.read_text() == "first\n"
    child.shorten_log(limit_bytes=3)
    assert (log.read_text(), (tmp_path / "log.1").read_text()) == ("", "first\n")
    assert child.running
    child.stop()


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match=r"ghost could not be run: .*no-such-program"):
        Child("ghost", [tmp_path / "no-such-program"]).start()
