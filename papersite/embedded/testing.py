"""A pytest plugin that starts the servers of a test run: `-p papersite.embedded.testing`.

Where DATABASE_URL or REDIS_URL is not set, it starts the missing server in a temporary folder and
sets the variable before pytest-django reads the settings. The workers of pytest-xdist inherit the
variables and start nothing.
"""

import contextlib
import os
from collections.abc import Generator

import pytest

from papersite.embedded.folders import temporary_folder
from papersite.embedded.postgres import PostgresServer
from papersite.embedded.server import EmbeddedServer
from papersite.embedded.valkey import ValkeyServer

SERVERS: dict[str, type[EmbeddedServer]] = {
    "DATABASE_URL": PostgresServer,
    "REDIS_URL": ValkeyServer,
}


def start_missing_servers() -> contextlib.ExitStack:
    """Start the servers whose address is not in the environment and put it there.

    Closing what is returned stops them and takes the addresses away again.
    """
    with contextlib.ExitStack() as stack:
        missing = [variable for variable in SERVERS if not os.environ.get(variable)]
        folder = stack.enter_context(temporary_folder()) if missing else None
        for variable in missing:
            assert folder is not None
            kind = SERVERS[variable]
            server = stack.enter_context(kind(folder / kind.__name__, fast=True))
            os.environ[variable] = server.url
            stack.callback(os.environ.pop, variable, None)
        return stack.pop_all()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start the servers; a wrapper runs before the hooks of other plugins (pytest-django)."""
    if not early_config.known_args_namespace.help:
        # The cleanup also runs when the session is interrupted or never begins.
        early_config.add_cleanup(start_missing_servers().close)
    return (yield)
