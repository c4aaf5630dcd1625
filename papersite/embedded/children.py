"""Child processes that log to a file, stop in order, and end with the launcher."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

from papersite.embedded import EmbeddedError
from papersite.embedded.accounts import Account

LOG_LIMIT_BYTES = 10_000_000
PR_SET_PDEATHSIG = 1

# Loaded before any fork: a forked child must not wait for locks of the dynamic linker.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(death_signal: int) -> Callable[[], None]:
    """Return a `preexec_fn` by which the kernel ends the child with the launcher.

    The kernel sends `death_signal` to the child however the launcher ends (Linux, `prctl(2)`;
    elsewhere this does nothing). A change of user clears the setting; `subprocess` calls
    `preexec_fn` after it.
    """
    parent = os.getpid()

    def arm() -> None:
        if _libc is None:
            return
        if _libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return arm


def no_hurry() -> bool:
    """Return False: the default of `hurry`."""
    return False


class Child:
    """One child process in a session of its own, so that Ctrl-C reaches only the launcher."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        log_file: Path | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        account: Account | None = None,
        stop_signals: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 10.0),),
        death_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Describe the child; nothing runs yet.

        `log_file` takes its output (None: the launcher's terminal). `stop_signals` are pairs of a
        signal and the seconds to wait after it; SIGKILL comes last. The kernel sends
        `death_signal` when the launcher ends.
        """
        self.name = name
        self.argv = [str(part) for part in argv]
        self.log_file = log_file
        self.cwd = cwd
        self.env = env
        self.account = account
        self.stop_signals = stop_signals
        self.death_signal = death_signal
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0
        self._stopped = False

    @property
    def pid(self) -> int | None:
        """The process id, or None before `start`."""
        return None if self._process is None else self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_status(self) -> int | None:
        """The exit status (negative: the signal that ended it), None while it runs."""
        return None if self._process is None else self._process.poll()

    def start(self) -> None:
        """Start the process. Raises EmbeddedError when its program cannot be run.

        Only the main thread may start children: the kernel sends the death signal when the thread
        that started a child ends.
        """
        if threading.current_thread() is not threading.main_thread():
            raise EmbeddedError(f"{self.name} has to be started by the main thread.")
        if self.running:
            raise EmbeddedError(f"{self.name} is already running.")
        with contextlib.ExitStack() as stack:
            output = None
            if self.log_file is not None:
                self._log_start = prepare_log(self.log_file)
                output = stack.enter_context(self.log_file.open("ab"))
            try:
                self._process = subprocess.Popen(
                    self.argv,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=None if output is None else subprocess.STDOUT,
                    cwd=self.cwd,
                    env=None if self.env is None else dict(self.env),
                    start_new_session=True,
                    preexec_fn=die_with_parent(self.death_signal),
                    user=None if self.account is None else self.account.uid,
                    group=None if self.account is None else self.account.gid,
                    extra_groups=None if self.account is None else [],
                )
            except (OSError, subprocess.SubprocessError) as error:
                raise EmbeddedError(f"{self.name} could not be run: {error}") from error
        self._stopped = False

    def wait(self, seconds: float) -> bool:
        """Wait for the process to end, at most `seconds`; return whether it has."""
        if self._process is None:
            return True
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self, hurry: Callable[[], bool] = no_hurry) -> None:
        """End the process: each stop signal in turn, then SIGKILL for its process group.

        While waiting, the next signal is sent at once when `hurry` returns True.
        """
        if self._process is None or self._stopped:
            return
        for stop_signal, patience in self.stop_signals:
            if not self.running:
                break
            self._process.send_signal(stop_signal)
            deadline = time.monotonic() + patience
            while not self.wait(0.05) and time.monotonic() < deadline:
                if hurry():
                    break
        # The child leads a session, so its group has all processes that it started.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._stopped = True

    def log_tail(self, lines: int = 20) -> str:
        """Return the last lines of the log since the start; "" without a log file."""
        if self.log_file is None or not self.log_file.exists():
            return ""
        with self.log_file.open("rb") as log:
            log.seek(self._log_start)
            text = log.read().decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def shorten_log(self, limit_bytes: int = LOG_LIMIT_BYTES) -> None:
        """Move the log to the older log, replacing that, if it is longer than `limit_bytes`."""
        if self.log_file is None or self.log_file.stat().st_size <= limit_bytes:
            return
        # The child keeps this file open and appends to it, so it is copied and emptied.
        shutil.copyfile(self.log_file, older_log(self.log_file))
        os.truncate(self.log_file, 0)
        self._log_start = 0

    def failure(self, what: str) -> EmbeddedError:
        """Return an error with what happened, the exit status and the end of the log."""
        message = f"{self.name} {what}."
        if self.exit_status is not None:
            message += f" It ended with status {self.exit_status}."
        if self.log_file is not None:
            message += f" Its log, {self.log_file}, ends with:\n{self.log_tail() or '(nothing)'}"
        return EmbeddedError(message)


def prepare_log(log_file: Path) -> int:
    """Make the log's folder, move a long log away, return the size of the log."""
    log_file.parent.mkdir(parents=True, exist_ok=True)
    if not log_file.exists():
        return 0
    size = log_file.stat().st_size
    if size <= LOG_LIMIT_BYTES:
        return size
    log_file.replace(older_log(log_file))
    return 0


def older_log(log_file: Path) -> Path:
    """Return the path of the older part of a log."""
    return log_file.with_name(log_file.name + ".1")


def stop_leftover_processes(folder: Path, program: str, patience: float = 30.0) -> None:
    """Stop each `program` that a killed launcher left running in `folder`.

    Call it only with the folder's lock, so that no server in use is stopped. SIGINT is a clean stop
    for PostgreSQL and Valkey. Raises EmbeddedError when one does not end in `patience` seconds.
    """
    leftovers = list(processes_in(folder, program))
    for process in leftovers:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGINT)
    _, alive = psutil.wait_procs(leftovers, patience)
    if alive:
        numbers = ", ".join(str(process.pid) for process in alive)
        raise EmbeddedError(
            f"A {program} of an earlier run still works in {folder} and does not stop "
            f"(process {numbers}). End it, then start again."
        )


def processes_in(folder: Path, program: str) -> list[psutil.Process]:
    """Return the processes that run `program` with `folder` as their working folder."""
    found = []
    where = folder.resolve()
    for process in psutil.process_iter():
        # Skip processes that have ended, and those of other users.
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if process.name() == program and Path(process.cwd()) == where:
                found.append(process)
    return found
