#!/usr/bin/env python
"""Django's command-line entry point."""

import os
import sys
from pathlib import Path


def use_running_site() -> None:
    """Take the settings of this project's embedded site, where it runs, and say so."""
    from papersite.embedded import EmbeddedError
    from papersite.embedded.folders import default_data_folder
    from papersite.embedded.running import site_environment

    data = default_data_folder(Path(__file__).resolve().parent)
    try:
        environment = site_environment(data, os.environ)
    except (EmbeddedError, OSError):
        return
    print(f"With the settings of the site that runs with {data}.", file=sys.stderr)
    os.environ.clear()
    os.environ.update(environment)


def main() -> None:
    """Run the management command named on the command line."""
    if not {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"} & os.environ.keys():
        use_running_site()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed in this Python. Run `make up` (it makes .venv), or activate "
            "your virtual environment first."
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
