"""The base of the embedded servers: a data folder with its lock, a free port, a child process."""

import contextlib
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Self

from papersite.embedded import EmbeddedError
from papersite.embedded.accounts import Account, server_account
from papersite.embedded.children import Child, no_hurry, stop_leftover_processes
from papersite.embedded.folders import (
    load_or_create_secret,
    lock_folder,
    make_folder,
    make_server_folder,
)
from papersite.embedded.ports import choose_port

ATTEMPTS = 3
# Servers do not get the launcher's environment, so it cannot change how they behave.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class NotReady(Exception):
    """The server does not answer yet; the message says why."""


class EmbeddedServer(ABC):
    """A server with its own data folder, on a free port of 127.0.0.1."""

    name: ClassVar[str]
    program: ClassVar[str]
    # Part of what the server logs when its port is taken.
    port_taken: ClassVar[str]

    def __init__(
        self,
        data_dir: Path,
        port: int | None = None,
        *,
        log_file: Path | None = None,
        fast: bool = False,
    ) -> None:
        """Describe the server; nothing runs yet.

        `port` None takes the port of the last run if it is free, else any free one. `log_file` None
        is a file with the server's name in the folder `log` next to the data folder. `fast` gives
        up safety against a crash of the machine, for tests.
        """
        self.data_dir = data_dir.absolute()
        self.port = port
        self.log_file = log_file or self.data_dir.parent / "log" / f"{self.name.lower()}.log"
        self.fast = fast
        self.password = ""
        self.child: Child | None = None
        self._fixed_port = port
        self._lock = contextlib.ExitStack()

    @property
    def url(self) -> str:
        """The address for clients. Raises EmbeddedError before `start`."""
        if self.child is None:
            raise EmbeddedError(f"{self.name} has no address before it is started.")
        return self._address()

    def start(self, timeout: float = 60.0) -> None:
        """Start the server, make its data if there is none, and return when it answers.

        Raises EmbeddedError (with the end of the log) when it fails or takes longer than `timeout`
        seconds, FolderBusy when another process runs a server in this data folder.
        """
        account = server_account(self.data_dir)
        make_server_folder(self.data_dir, account)
        make_folder(self.log_file.parent)
        with contextlib.ExitStack() as stack:
            stack.enter_context(lock_folder(self.data_dir))
            stop_leftover_processes(self._working_folder(), self.program)
            self.password = load_or_create_secret(self.data_dir / "password", account)
            server = self._child(account, timeout)
            stack.callback(server.stop)
            for attempts_left in reversed(range(ATTEMPTS)):
                self.port = self._fixed_port or choose_port(self.data_dir / "port")
                server.argv = self._command(self.port, account)
                server.start()
                try:
                    self._await_ready(server, timeout)
                    break
                except EmbeddedError:
                    if server.running or self.port_taken not in server.log_tail(100):
                        raise
                    if self._fixed_port:
                        raise EmbeddedError(
                            f"{self.name} cannot listen on port {self.port}: it is taken. "
                            "Name another port, or none to get a free one."
                        ) from None
                    # Another program took the port after the test that it is free.
                    if attempts_left == 0:
                        raise
            (self.data_dir / "port").write_text(f"{self.port}\n")
            self.child = server
            self._lock = stack.pop_all()

    def stop(self, hurry: Callable[[], bool] = no_hurry) -> None:
        """Stop the server if it runs, and unlock its data folder."""
        if self.child is not None:
            self.child.stop(hurry)
        self._lock.close()
        self.child = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _await_ready(self, server: Child, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while True:
            try:
                return self._make_ready()
            except NotReady as error:
                if not server.running:
                    raise server.failure("did not start") from error
                if time.monotonic() > deadline:
                    raise server.failure(
                        f"was not ready within {timeout:g} seconds ({error})"
                    ) from error
            time.sleep(0.05)

    @abstractmethod
    def _address(self) -> str:
        """Return the address with user, password and port."""

    @abstractmethod
    def _working_folder(self) -> Path:
        """Return the working folder of the server's processes."""

    @abstractmethod
    def _child(self, account: Account | None, timeout: float) -> Child:
        """Return the child for the server; make its data if there is none."""

    @abstractmethod
    def _command(self, port: int, account: Account | None) -> list[str]:
        """Return the server's command line."""

    @abstractmethod
    def _make_ready(self) -> None:
        """Prepare the server for clients. Raises NotReady while it does not answer."""
