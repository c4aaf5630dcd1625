"""What holds for the embedded Valkey alone."""

from pathlib import Path

import pytest
import redis

from papersite.embedded.valkey import ValkeyServer


def test_queues_are_never_evicted_and_written_down(place: Path) -> None:
    with ValkeyServer(place / "data") as server, redis.Redis.from_url(server.url) as client:
        settings = client.config_get("maxmemory-policy", "appendonly", "save")
    assert settings == {"maxmemory-policy": "noeviction", "appendonly": "yes", "save": ""}


def test_nobody_enters_without_the_password(place: Path) -> None:
    with (
        ValkeyServer(place / "data", fast=True) as server,
        redis.Redis(port=server.port or 0) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()
