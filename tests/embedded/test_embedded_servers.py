"""What holds for both embedded servers: PostgreSQL and Valkey."""

import os
import pwd
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from papersite.embedded import EmbeddedError
from papersite.embedded.children import stop_leftover_processes
from papersite.embedded.folders import FolderBusy
from papersite.embedded.postgres import PostgresServer
from papersite.embedded.server import EmbeddedServer
from papersite.embedded.valkey import ValkeyServer


def write_to_postgres(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'kept' AS word")


def read_from_postgres(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT word FROM kept").fetchone()
    assert row is not None
    return str(row[0])


def write_to_valkey(url: str) -> None:
    with redis.Redis.from_url(url) as client:
        client.set("word", "kept")


def read_from_valkey(url: str) -> str:
    with redis.Redis.from_url(url, decode_responses=True) as client:
        return str(client.get("word"))


Write = Callable[[str], None]
Read = Callable[[str], str]
both = pytest.mark.parametrize(
    ("kind", "write", "read"),
    [
        pytest.param(PostgresServer, write_to_postgres, read_from_postgres, id="postgres"),
        pytest.param(ValkeyServer, write_to_valkey, read_from_valkey, id="valkey"),
    ],
)
each = pytest.mark.parametrize("kind", [PostgresServer, ValkeyServer], ids=["postgres", "valkey"])


@both
def test_its_url_works_and_a_restart_keeps_data_and_port(
    kind: type[EmbeddedServer], write: Write, read: Read, place: Path
) -> None:
    with kind(place / "data") as server:
        write(server.url)
        first = server.url
    with kind(place / "data") as server:
        assert server.url == first
        assert read(server.url) == "kept"


@both
def test_it_recovers_after_kill_9(
    kind: type[EmbeddedServer], write: Write, read: Read, place: Path
) -> None:
    server = kind(place / "data")
    server.start()
    write(server.url)
    assert server.child is not None
    assert server.child.pid is not None
    os.kill(server.child.pid, signal.SIGKILL)
    assert server.child.wait(30)
    server.stop()
    with kind(place / "data") as again:
        assert read(again.url) == "kept"


@each
def test_a_clean_stop_ends_with_status_0_even_with_clients_connected(
    kind: type[EmbeddedServer], place: Path
) -> None:
    server = kind(place / "data", fast=True)
    server.start()
    child = server.child
    assert child is not None
    with socket.create_connection(("127.0.0.1", server.port or 0)):
        server.stop()
    assert child.exit_status == 0


@each
def test_it_listens_on_this_machine_only_and_never_runs_as_root(
    kind: type[EmbeddedServer], place: Path
) -> None:
    with kind(place / "data", fast=True) as server:
        assert server.child is not None
        process = psutil.Process(server.child.pid)
        listening = {
            connection.laddr.ip
            for connection in process.net_connections("all")
            if connection.status == psutil.CONN_LISTEN
        }
        assert listening == {"127.0.0.1"}
        expected = os.geteuid() or pwd.getpwnam("nobody").pw_uid
        assert set(process.uids()) == {expected}


@each
def test_its_password_is_for_its_owner_only_and_not_on_the_command_line(
    kind: type[EmbeddedServer], place: Path
) -> None:
    with kind(place / "data", fast=True) as server:
        assert server.child is not None
        password = (server.data_dir / "password").read_text()
        assert f":{password}@" in server.url
        assert stat.S_IMODE((server.data_dir / "password").stat().st_mode) == 0o600
        assert stat.S_IMODE(server.data_dir.stat().st_mode) == 0o700
        assert password not in " ".join(psutil.Process(server.child.pid).cmdline())


@each
def test_a_port_that_is_taken_is_named(kind: type[EmbeddedServer], place: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(EmbeddedError, match=f"cannot listen on port {port}: it is taken"):
            kind(place / "data", port, fast=True).start()


@each
def test_a_remembered_port_that_is_taken_meanwhile_is_replaced(
    kind: type[EmbeddedServer], place: Path
) -> None:
    with kind(place / "data", fast=True) as server:
        first = server.port
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", first or 0))
        taken.listen()
        with kind(place / "data", fast=True) as server:
            assert server.port != first


@each
def test_a_second_server_in_the_same_folder_is_refused(
    kind: type[EmbeddedServer], place: Path
) -> None:
    with kind(place / "data", fast=True) as server:
        with pytest.raises(FolderBusy, match="Another process works with"):
            kind(place / "data", fast=True).start()
        assert server.child is not None
        assert server.child.running


@each
def test_a_server_that_a_dead_launcher_left_behind_is_ended_first(
    kind: type[EmbeddedServer], place: Path
) -> None:
    with kind(place / "data", fast=True) as server:
        assert server.child is not None
        folder = place / "data" / ("cluster" if kind is PostgresServer else "")
        stop_leftover_processes(folder, kind.program)
        assert not server.child.running


@each
def test_only_the_main_thread_may_start_it(kind: type[EmbeddedServer], place: Path) -> None:
    errors: list[EmbeddedError] = []

    def start() -> None:
        try:
            kind(place / "data", fast=True).start()
        except EmbeddedError as error:
            errors.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert [str(error).endswith("by the main thread.") for error in errors] == [True]


LAUNCHER = """
import sys, time
from pathlib import Path
from papersite.embedded.postgres import PostgresServer
from papersite.embedded.valkey import ValkeyServer
place = Path(sys.argv[1])
for server in (PostgresServer(place / "postgres", fast=True), ValkeyServer(place / "valkey")):
    server.start()
print("started", flush=True)
time.sleep(600)
"""


def test_killing_the_launcher_with_kill_9_leaves_no_child(place: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(place)], stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout is not None
    with launcher.stdout:
        assert launcher.stdout.readline() == "started\n"
        children = psutil.Process(launcher.pid).children(recursive=True)
        assert {"postgres", "valkey-server"} <= {child.name() for child in children}
        launcher.kill()
        launcher.wait()
    _, alive = psutil.wait_procs(children, timeout=60)
    assert [child for child in alive if child.status() != psutil.STATUS_ZOMBIE] == []
