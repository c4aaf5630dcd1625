"""The data folders of the embedded servers, with their lock and secrets."""

import fcntl
import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from papersite.embedded import EmbeddedError
from papersite.embedded.accounts import Account, server_account

ROOT_DATA_FOLDER = Path("/var/lib/papersite")


class FolderBusy(EmbeddedError):
    """Another process uses this data folder."""


def default_data_folder(project: Path) -> Path:
    """Return the data folder of this project's site: `<project>/var`.

    Under root, if the servers' user cannot reach it (a clone below /root), it is a folder below
    /var/lib/papersite, named by a hash of the project's path.
    """
    data = project / "var"
    account = server_account(data / "postgresql")
    if account is None or account.can_enter(project):
        return data
    return ROOT_DATA_FOLDER / hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:12]


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents so that other users can enter them.

    Existing folders keep their modes.
    """
    missing = [folder, *folder.parents]
    for path in reversed([path for path in missing if not path.exists()]):
        path.mkdir(exist_ok=True)
        path.chmod(0o755)


def make_server_folder(folder: Path, account: Account | None) -> None:
    """Make a server's data folder, owned by its user and private. Raises EmbeddedError."""
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    if account is None:
        if folder.stat().st_uid != os.geteuid():
            raise EmbeddedError(
                f"{folder} belongs to another user, perhaps because the site was started as root "
                "before. Start as root again, or name another data folder: --data DIR."
            )
        return
    os.chown(folder, account.uid, account.gid)
    if not account.can_enter(folder):
        raise EmbeddedError(
            f"Under root the servers run as {account.name}, who cannot reach {folder}. "
            "Name a data folder that every user can reach: --data DIR."
        )


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the kernel frees it when this process ends.

    Raises FolderBusy when another process holds it.
    """
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderBusy(f"Another process works with {folder}.") from None
        yield
    finally:
        os.close(lock)


def write_private_file(file: Path, text: str, account: Account | None = None) -> None:
    """Write a file that only its owner can read: `account`, or the current user."""
    fresh = file.with_name(file.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(text)
    if account is not None:
        os.chown(fresh, account.uid, account.gid)
    fresh.replace(file)


def load_or_create_secret(file: Path, account: Account | None = None) -> str:
    """Return the secret in `file`; make one that only its owner can read if there is none."""
    if not file.exists():
        write_private_file(file, secrets.token_urlsafe(48), account)
    return file.read_text().strip()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a temporary folder that the servers' user can reach, and remove it at the end.

    Raises EmbeddedError when that user can reach no folder for temporary files.
    """
    account = server_account(Path("/"))
    places = [Path(place) for place in (tempfile.gettempdir(), "/tmp", "/var/tmp")]
    if account is not None:
        places = [place for place in places if account.can_enter(place)]
        if not places:
            raise EmbeddedError(
                f"Under root the servers run as {account.name}, who can reach neither TMPDIR nor "
                "/tmp nor /var/tmp. Set TMPDIR to a folder that every user can reach."
            )
    folder = Path(tempfile.mkdtemp(prefix="papersite-", dir=places[0]))
    try:
        folder.chmod(0o711 if account else 0o700)
        yield folder
    finally:
        shutil.rmtree(folder)


def make_readable_by_all(folder: Path) -> None:
    """Let every user read a tree and run its programs."""
    for path in [folder, *folder.rglob("*")]:
        mode = path.stat().st_mode
        runs = path.is_dir() or mode & stat.S_IXUSR
        path.chmod(0o755 if runs else 0o644)
