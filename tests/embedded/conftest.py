"""Fixtures of the tests of the embedded servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from papersite.embedded.folders import temporary_folder


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a temporary folder that the servers' user can reach (pytest's own is only for us)."""
    with temporary_folder() as folder:
        yield folder
