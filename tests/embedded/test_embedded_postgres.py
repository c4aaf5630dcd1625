"""What holds for the embedded PostgreSQL alone."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from papersite.embedded import EmbeddedError
from papersite.embedded.folders import temporary_folder
from papersite.embedded.postgres import PostgresServer, memory_settings


@pytest.fixture(scope="module")
def running() -> Iterator[PostgresServer]:
    """Give one server for all tests that only look at it."""
    with temporary_folder() as folder, PostgresServer(folder / "data", fast=True) as server:
        yield server


@pytest.mark.parametrize(
    ("gigabytes", "cache", "effective"),
    [(0.5, "128MB", "512MB"), (4, "512MB", "2048MB"), (64, "1024MB", "32768MB")],
)
def test_the_cache_is_an_eighth_of_memory_within_bounds(
    gigabytes: float, cache: str, effective: str
) -> None:
    settings = memory_settings(int(gigabytes * 1024**3))
    assert settings == {"shared_buffers": cache, "effective_cache_size": effective}


def test_migrations_can_create_every_extension_that_the_site_needs(running: PostgresServer) -> None:
    with psycopg.connect(running.url) as site:
        for extension in ("vector", "pg_trgm", "unaccent", "btree_gin"):
            site.execute(f"CREATE EXTENSION {extension}")
        assert site.execute("SELECT '[1,2]'::vector <-> '[1,4]'").fetchone() == (2.0,)
        site.rollback()


def test_text_is_utf8_and_sorts_by_code_point_on_every_machine(running: PostgresServer) -> None:
    with psycopg.connect(running.url) as site:
        words = "SELECT word FROM unnest(ARRAY['要', 'b', 'A', 'あ']) AS word ORDER BY word"
        assert [row[0] for row in site.execute(words)] == ["A", "b", "あ", "要"]


def test_a_wrong_password_is_refused(running: PostgresServer) -> None:
    wrong = running.url.replace(running.password, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


SETTINGS_OF_A_SAFE_DATABASE = ("fsync", "synchronous_commit", "full_page_writes")


def test_a_fast_server_gives_up_durability(running: PostgresServer) -> None:
    with psycopg.connect(running.url) as site:
        found = [site.execute(f"SHOW {name}").fetchone() for name in SETTINGS_OF_A_SAFE_DATABASE]
    assert found == [("off",)] * 3


def test_without_asking_for_speed_the_server_is_durable(place: Path) -> None:
    with PostgresServer(place / "data") as server, psycopg.connect(server.url) as site:
        found = [site.execute(f"SHOW {name}").fetchone() for name in SETTINGS_OF_A_SAFE_DATABASE]
    assert found == [("on",)] * 3


def test_a_stale_pid_file_that_names_another_process_is_no_obstacle(place: Path) -> None:
    with PostgresServer(place / "data", fast=True) as server:
        pid_file = server.cluster / "postmaster.pid"
        content = pid_file.read_text().split("\n")
    owner = server.cluster.stat()
    pid_file.write_text("\n".join([str(os.getpid()), *content[1:]]))
    os.chown(pid_file, owner.st_uid, owner.st_gid)
    with PostgresServer(place / "data", fast=True) as again, psycopg.connect(again.url) as site:
        assert site.execute("SELECT 1").fetchone() == (1,)


def test_an_interrupted_first_start_leaves_nothing_half_made(place: Path) -> None:
    server = PostgresServer(place / "data", fast=True)
    with pytest.raises(EmbeddedError, match="initdb did not finish within 0 seconds"):
        server.start(timeout=0)
    assert not server.cluster.exists()
    with PostgresServer(place / "data", fast=True) as again, psycopg.connect(again.url) as site:
        assert site.execute("SELECT 1").fetchone() == (1,)


def test_a_failed_start_shows_the_end_of_the_log_and_frees_the_folder(place: Path) -> None:
    with PostgresServer(place / "data", fast=True) as server:
        version = server.cluster / "PG_VERSION"
    text = version.read_text()
    owner = version.stat()
    version.unlink()
    with pytest.raises(
        EmbeddedError, match=r"(?s)did not start.*not a valid data directory"
    ) as failed:
        server.start()
    assert str(place / "log" / "postgresql.log") in str(failed.value)
    version.write_text(text)
    os.chown(version, owner.st_uid, owner.st_gid)
    with PostgresServer(place / "data", fast=True) as again:
        assert again.url
