"""Makes the virtual environment, then starts the site or the tests in it.

    python3 papersite/bootstrap.py up [--port 8000] ...
    python3 papersite/bootstrap.py test [arguments of pytest]
    python3 papersite/bootstrap.py install [extra ...]

Run it by path with Python 3.11 or later: it uses the standard library only, because the package
imports libraries that are not installed yet. `make up` and `make test` call it.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "papersite needs Python 3.11 or later; this is {}.{} ({}).\n"
        "Install one, and say which: make up PYTHON=/path/to/python3.11".format(
            *sys.version_info[:2], sys.executable
        )
    )

import collections
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "papersite-installed.json"
CONSTRAINTS = PROJECT / "constraints.txt"
EXTRAS = {"up": ["embedded"], "test": ["embedded", "test"]}
PIP = ["-m", "pip", "--no-input", "--disable-pip-version-check"]

# Parts of the error messages of pip, and what to tell the user.
PIP_TROUBLE = {
    "No space left on device": "The disk is full. The virtual environment needs about 1 GB.",
    "Temporary failure in name resolution": "There is no network to download packages over.",
    "Name or service not known": "There is no network to download packages over.",
    "Network is unreachable": "There is no network to download packages over.",
    "NewConnectionError": "The package index cannot be reached. Is the network up?",
    "ProxyError": "The package index cannot be reached through the proxy that is set.",
    "Read timed out": "The package index does not answer in time. Try again later.",
    "Could not find a version": "The package index did not offer it for this Python and machine.",
}


class BootstrapError(Exception):
    """The installation failed; the message says what to do."""


def wanted_stamp(extras: Sequence[str]) -> dict[str, object]:
    """Return what identifies an installation: a hash of its sources and path, and its extras."""
    content = hashlib.sha256(str(PROJECT).encode())
    for file in (PROJECT / "pyproject.toml", CONSTRAINTS):
        content.update(file.read_bytes() if file.exists() else b"")
    return {"files": content.hexdigest(), "extras": sorted(extras)}


def installed_stamp() -> dict[str, object]:
    """Return the stamp of the last complete installation, or {}."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def has_pip() -> bool:
    """Return whether the virtual environment has a Python 3.11 or later that has pip."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([PYTHON, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Make .venv with pip in it. Raises BootstrapError."""
    print(f"Making the virtual environment {VENV}", flush=True)
    # --clear, because an interrupted one may hold an incomplete pip.
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if made.returncode == 0:
        return
    if "No space left" in made.stdout:
        raise BootstrapError(PIP_TROUBLE["No space left on device"])
    hint = ""
    if "ensurepip" in made.stdout or "No module named venv" in made.stdout:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        hint = (
            "This Python came without its venv module. On Debian and Ubuntu: "
            f"apt install python{version}-venv\n"
        )
    raise BootstrapError(f"The virtual environment could not be made.\n{hint}{made.stdout}")


def install(extras: Sequence[str]) -> None:
    """Install the project and its extras into .venv with progress. Raises BootstrapError."""
    print("Installing packages; the first time this takes a minute or two", flush=True)
    command = [str(PYTHON), *PIP, "install", "--progress-bar", "off"]
    command += ["-c", str(CONSTRAINTS)] if CONSTRAINTS.exists() else []
    command += ["-e", f"{PROJECT}[{','.join(sorted(extras))}]"]
    pip = subprocess.Popen(
        command,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    last: collections.deque[str] = collections.deque(maxlen=30)
    trouble = ""
    assert pip.stdout is not None
    with pip.stdout:
        for line in pip.stdout:
            last.append(line)
            # The first match is the cause; later ones follow from it.
            trouble = trouble or next(
                (PIP_TROUBLE[sign] for sign in PIP_TROUBLE if sign in line), ""
            )
            show(line.strip())
    show("")
    if pip.wait() != 0:
        raise BootstrapError(f"{''.join(last)}\nThe packages could not be installed. {trouble}")


def show(line: str) -> None:
    """Replace the last line on a terminal; print nothing elsewhere."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 1
        print(f"\r\x1b[K{line[:width]}", end="", flush=True)


@contextmanager
def installation_lock() -> Iterator[None]:
    """Hold the lock of this project's installation, after waiting for other processes."""
    folder = os.open(PROJECT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another command is installing packages; waiting for it", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def prepare(extras: Sequence[str]) -> list[tuple[str, float]]:
    """Bring .venv up to date; return the steps with their seconds. Raises BootstrapError."""
    with installation_lock():
        start = time.monotonic()
        have = installed_stamp()
        if not has_pip():
            make_venv()
            have = {}
        venv_made = time.monotonic()
        had = have.get("extras")
        before = [str(extra) for extra in had] if isinstance(had, list) else []
        stamp = wanted_stamp([*{*extras, *before}])
        if have != stamp:
            STAMP.unlink(missing_ok=True)
            install([*{*extras, *before}])
            STAMP.write_text(json.dumps(stamp))
        installed = time.monotonic()
    return [("virtual environment", venv_made - start), ("install", installed - venv_made)]


def main(arguments: Sequence[str]) -> None:
    """Run one command: prepare .venv, then replace this process by the site or the tests."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in {*EXTRAS, "install"}:
        sys.exit(f"{__doc__}\nThere is no command {command!r}.")
    try:
        steps = prepare(rest if command == "install" else EXTRAS[command])
    except BootstrapError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"The virtual environment {VENV} could not be prepared: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    if command == "install":
        return
    os.chdir(PROJECT)
    environment = os.environ | {"PAPERSITE_STEPS": json.dumps(steps)}
    module = ["papersite.embedded", "up"] if command == "up" else ["pytest"]
    sys.stdout.flush()
    os.execve(PYTHON, [str(PYTHON), "-m", *module, *rest], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
