"""Files of exports in the storage of the settings."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import (
    FileSystemStorage,
    InMemoryStorage,
    Storage,
    storages,
)


class NotStored(OSError):
    """The storage saved a file under another name."""


def exports_storage() -> Storage:
    """Return the storage of exports."""
    return storages["exports"]


def put(folder: str, name: str, file: IO[bytes]) -> None:
    """Store an open file, replacing one of the same name. Raises NotStored."""
    file.seek(0)
    storage, path = exports_storage(), path_of(folder, name)
    if storage.exists(path):
        # Left by an interrupted run.
        storage.delete(path)
    stored = storage.save(path, File(file, name))
    if PurePosixPath(stored) != PurePosixPath(path):
        storage.delete(stored)
        raise NotStored(f"The storage of exports would not keep {path} under that name.")


def put_text(folder: str, name: str, text: str) -> None:
    """Store a text; see `put`."""
    put(folder, name, ContentFile(text.encode()))


def open_file(folder: str, name: str) -> File[Any]:
    """Open a stored file. Raises FileNotFoundError if there is none."""
    return exports_storage().open(path_of(folder, name), "rb")


def size_of(folder: str, name: str) -> int:
    """Return the size of a stored file in bytes. Raises FileNotFoundError if there is none."""
    return exports_storage().size(path_of(folder, name))


def external_url(folder: str, name: str) -> str | None:
    """Return the URL at which the storage serves a file; None if this site serves it."""
    storage = exports_storage()
    if isinstance(storage, FileSystemStorage | InMemoryStorage):
        return None
    return str(storage.url(path_of(folder, name)))


def remove(folder: str, names: list[str]) -> None:
    """Delete files of an export, and its folder."""
    storage = exports_storage()
    for name in names:
        storage.delete(path_of(folder, name))
    # Storages without folders ignore this.
    storage.delete(folder)


def path_of(folder: str, name: str) -> str:
    """Return the name of a file in the storage."""
    return f"{folder}/{name}"


def digest(file: IO[bytes]) -> str:
    """Return the SHA-256 of an open file."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
