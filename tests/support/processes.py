"""Real Celery workers over the test's database and its own Valkey."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.db import connection

PROJECT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """Return the URL of the test's database."""
    settings = connection.settings_dict
    user, password = quote(settings["USER"]), quote(settings["PASSWORD"])
    return (
        f"postgresql://{user}:{password}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    )


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until `condition` holds; after `seconds` fail with the message `what`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds:.0f} seconds")
        time.sleep(0.1)


class Celery:
    """A `celery` process (`worker` or `beat`) in its own process group."""

    def __init__(self, role: str, *arguments: str, log: Path, environment: dict[str, str]) -> None:
        self.log = log
        variables = {"DJANGO_SETTINGS_MODULE": "papersite.settings.test", **environment}
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "papersite", role, *arguments],
                cwd=PROJECT,
                env=os.environ | variables,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End the process and its children with SIGKILL, as in a crash of the machine."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End the process with SIGTERM, then with SIGKILL."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def tail(self) -> str:
        """Return the end of the log."""
        return self.log.read_text(errors="replace")[-3000:]
