"""`python -m papersite.embedded`: starts the site, or runs a command of manage.py on it."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from papersite.embedded import EmbeddedError
from papersite.embedded.launch import PROJECT, data_folder, up
from papersite.embedded.running import site_environment
from papersite.embedded.site import Options
from papersite.embedded.steps import Steps


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    commands = argparse.ArgumentParser(prog="python -m papersite.embedded", description=__doc__)
    command = commands.add_subparsers(dest="command", required=True)
    start = command.add_parser("up", help="start the whole site and serve until Ctrl-C")
    start.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    start.add_argument("--port", type=port_number, default=8000, help="port to listen on (8000)")
    start.add_argument("--data", type=Path, help="data folder (var/ in the project)")
    start.add_argument("--no-seeds", action="store_true", help="load no demonstration papers")
    manage = command.add_parser("manage", help="run manage.py against the site that is running")
    manage.add_argument("--data", type=Path, help="data folder of that site")
    manage.add_argument("arguments", nargs=argparse.REMAINDER, help="arguments of manage.py")
    return commands


def port_number(text: str) -> int:
    """Return a TCP port. Raises ArgumentTypeError."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: 1 to 65535")
    return int(text)


def manage(data: Path, arguments: Sequence[str]) -> None:
    """Replace this process by manage.py with the site's settings. Raises EmbeddedError."""
    environment = site_environment(data, os.environ)
    argv = [sys.executable, str(PROJECT / "manage.py"), *arguments]
    os.execve(sys.executable, argv, environment)


def main() -> int:
    """Run the command line; return the exit status."""
    options = parser().parse_args()
    try:
        if options.command == "manage":
            manage(data_folder(options.data), options.arguments)
        steps = Steps(os.environ.pop("PAPERSITE_STEPS", "[]"))
        chosen = Options(options.host, options.port, options.data, not options.no_seeds)
        return up(chosen, steps)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
