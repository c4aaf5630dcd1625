"""Starts the site, once per data folder, and always stops it in the end."""

import contextlib
import os
import sys
from pathlib import Path

from papersite.embedded import EmbeddedError
from papersite.embedded.folders import FolderBusy, default_data_folder, lock_folder, make_folder
from papersite.embedded.ports import is_free
from papersite.embedded.site import SERVERS, Options, Site
from papersite.embedded.steps import Steps
from papersite.embedded.stopping import StopRequested, StopSignals, print_if_possible

PROJECT = Path(__file__).resolve().parent.parent.parent
EXIT_FAILED = 1
EXIT_ALREADY_RUNNING = 2


def data_folder(chosen: Path | None, project: Path = PROJECT) -> Path:
    """Return the chosen data folder, or the default one of the project."""
    if chosen is not None:
        return chosen.absolute()
    if all(os.environ.get(variable) for variable in SERVERS):
        return project / "var"
    return default_data_folder(project)


def up(options: Options, steps: Steps, project: Path = PROJECT) -> int:
    """Run the site of this project until it is stopped; return the exit status.

    The status is 0 after a requested stop, 1 after a failure, 2 if the site already runs.
    """
    signals = StopSignals()
    status = 0
    with contextlib.ExitStack() as stack:
        try:
            data = data_folder(options.data, project)
            make_folder(data)
            stack.enter_context(lock_folder(data))
            check_port(options.host, options.port)
        except FolderBusy:
            print(
                f"The site is already running with the data folder {data}.\n"
                'Stop it first, or name another folder and port: make up ARGS="--data DIR '
                '--port 8001"',
                file=sys.stderr,
            )
            return EXIT_ALREADY_RUNNING
        except (EmbeddedError, OSError) as error:
            print(error, file=sys.stderr)
            return EXIT_FAILED
        stack.enter_context(signals.watching())
        site = Site(options, project, data, steps)
        try:
            site.start()
            site.watch(signals)
        except StopRequested:
            print_if_possible("\nStopping. Press Ctrl-C again to hurry.")
        except EmbeddedError as error:
            print_if_possible(f"\n{error}\n\nStopping everything.", sys.stderr)
            status = EXIT_FAILED
        finally:
            signals.stopping = True
            site.stop(signals)
    print_if_possible(f"Stopped. The data is kept in {data}")
    return status


def check_port(host: str, port: int) -> None:
    """Raise EmbeddedError if the web server cannot listen there."""
    try:
        free = is_free(port, host)
    except OSError as error:
        raise EmbeddedError(f"The site cannot listen on {host} port {port}: {error}") from error
    if not free:
        raise EmbeddedError(
            f"Port {port} on {host} is taken by another program. "
            f'Choose another one: make up ARGS="--port {port + 1}"'
        )
