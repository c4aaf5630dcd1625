"""What the tests with real workers share."""

from collections.abc import Iterator

import pytest

from papersite.embedded.folders import temporary_folder
from papersite.embedded.valkey import ValkeyServer


@pytest.fixture
def broker() -> Iterator[ValkeyServer]:
    with temporary_folder() as folder, ValkeyServer(folder / "valkey") as server:
        yield server
