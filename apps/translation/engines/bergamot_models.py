"""Downloading a Firefox Translations model into a folder.

Checksums pin the files of a model; Mozilla's list of models (Remote Settings, collection
translations-models-v2) has their addresses. The publisher asks services not to rely on its delivery
network: a model is fetched once, and sites with many machines use a mirror (`records_url`,
`attachments_url`) or copy the folder.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

RECORDS_URL = (
    "https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/"
    "translations-models-v2/records"
)
ATTACHMENTS_URL = "https://firefox-settings-attachments.cdn.mozilla.net/"
ATTEMPTS = 4

Answer = TypeVar("Answer")
Progress = Callable[[str, int, int], None]
"""Called with the file's name, the bytes so far, and all bytes (0: unknown)."""


def default_models() -> Path:
    """Return the default folder of models, in the user's cache."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "papersite" / "bergamot"


class FetchError(Exception):
    """A model could not be fetched; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model: its name and the hexadecimal SHA-256 of its content."""

    name: str
    sha256: str


PINNED: dict[str, tuple[ModelFile, ...]] = {
    # Mozilla's release 2.3 for English to Japanese, 49 MB in all; licence CC-BY-SA 4.0.
    "en-ja": (
        ModelFile(
            "model.enja.intgemm.alphas.bin",
            "59ae659f9bb63e4f81f474fe3c03d3f4499434b5f9e779fab7c12a45f31fd562",
        ),
        ModelFile(
            "lex.50.50.enja.s2t.bin",
            "edfb7eb47b98a2689b804ab3614c31b24f1257aa54b1154da3d85e1ae8152d9f",
        ),
        ModelFile(
            "srcvocab.enja.spm",
            "970c98d174fc01e0339fbabbf45af36a4be3f26f819ec1a5ea1189f71e091889",
        ),
        ModelFile(
            "trgvocab.enja.spm",
            "3b3d9f8f3a034d98d0a476f1794fa79c01e4e98a967ceb6777a66ba2d03ec1e1",
        ),
    ),
}


def fetch_model(
    languages: str,
    models: Path,
    *,
    pinned: tuple[ModelFile, ...] | None = None,
    records_url: str = RECORDS_URL,
    attachments_url: str = ATTACHMENTS_URL,
    progress: Progress = lambda name, done, total: None,
    timeout: float = 60.0,
) -> Path:
    """Fetch the model for `languages` ("en-ja") into `models`/en-ja and return that folder.

    Keeps valid files and resumes interrupted downloads. A file gets its name only after its
    checksum matches. Raises FetchError.
    """
    files = pinned if pinned is not None else PINNED.get(languages, ())
    if not files:
        known = ", ".join(sorted(PINNED))
        raise FetchError(f"No model for {languages} is known here (there are: {known}).")
    folder = models / languages
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        missing = [file for file in files if not _is_valid(folder / file.name, file.sha256)]
        if missing:
            with httpx.Client(timeout=timeout, follow_redirects=True) as client:
                locations = _locations(client, records_url)
                for file in missing:
                    location = _location_of(file, locations, languages)
                    _fetch_file(client, attachments_url + location, file, folder, progress)
    return folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep two workers from writing to the same download."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_valid(path: Path, sha256: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _locations(client: httpx.Client, records_url: str) -> dict[str, str]:
    """Return the locations of files by the checksum of their content."""
    from fxtranslate import discovery

    try:
        answer = _retry(lambda: client.get(records_url).raise_for_status())
        records = discovery.parse_records(answer.text)
    except (httpx.HTTPError, ValueError) as error:
        raise FetchError(
            f"The list of models at {records_url} could not be read ({_reason(error)}). Is there a "
            "connection to the internet? See the README for how to use a copy of the model."
        ) from error
    return {
        str(record["decompressedHash"]).lower(): str(record["location"])
        for record in records
        if record.get("decompressedHash")
    }


def _location_of(file: ModelFile, locations: dict[str, str], languages: str) -> str:
    try:
        return locations[file.sha256]
    except KeyError:
        raise FetchError(
            f"The list of models no longer has the {languages} file {file.name} that this version "
            "of papersite was made for. Update papersite, or put the file into the folder of the "
            "model by hand."
        ) from None


def _fetch_file(
    client: httpx.Client, url: str, file: ModelFile, folder: Path, progress: Progress
) -> None:
    from fxtranslate import discovery

    part = folder / f"{file.name}.zst.part"
    try:
        _retry(lambda: _download(client, url, part, file.name, progress))
    except httpx.HTTPError as error:
        raise FetchError(f"{file.name} could not be fetched: {_reason(error)}") from error
    try:
        content = discovery.verify_and_decompress(part.read_bytes(), file.sha256)
    except ValueError as error:
        part.unlink()
        raise FetchError(
            f"{file.name} as fetched from {url} is not the file that was expected ({error}). It "
            "was thrown away; try again, and mistrust the server if it happens again."
        ) from error
    whole = folder / f".{file.name}.new"
    whole.write_bytes(content)
    os.replace(whole, folder / file.name)
    part.unlink()


def _retry(ask: Callable[[], Answer]) -> Answer:
    """Call `ask`, and retry after lost connections, 429 and 5xx."""
    for _ in range(ATTEMPTS - 1):
        try:
            return ask()
        except httpx.HTTPError as error:
            if not _is_temporary(error):
                raise
    return ask()


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"{error.request.url} answered {error.response.status_code}"
    return str(error)


def _is_temporary(error: httpx.HTTPError) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code == 429 or error.response.status_code >= 500
    return True


def _download(client: httpx.Client, url: str, part: Path, name: str, progress: Progress) -> None:
    """Fetch the rest of `url` into `part`. Raises httpx.HTTPError."""
    there = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={there}-"} if there else {}
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            # The part is complete, or of another file: the checksum decides.
            return
        answer.raise_for_status()
        is_partial = answer.status_code == httpx.codes.PARTIAL_CONTENT
        done = there if is_partial else 0
        total = done + int(answer.headers.get("Content-Length", 0))
        with part.open("ab" if is_partial else "wb") as file:
            for chunk in answer.iter_raw():
                file.write(chunk)
                done += len(chunk)
                progress(name, done, total)
