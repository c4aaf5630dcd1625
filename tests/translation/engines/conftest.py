"""Fixtures of the tests of engines."""

from collections.abc import Iterator

import pytest

from tests.support.servers.chat import ChatServer


@pytest.fixture
def server() -> Iterator[ChatServer]:
    """A model to talk to."""
    with ChatServer() as running:
        yield running
