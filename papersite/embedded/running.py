"""The environment of a running site, kept in its data folder for commands.

A command with the terminal's environment would see other engines, another language or another
database than the site.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from papersite.embedded import EmbeddedError
from papersite.embedded.folders import FolderBusy, lock_folder, write_private_file
from papersite.settings.environment import configuration, known_names

KEPT = "environment.json"
# Variables besides the settings: the settings module, and the folder of models.
FURTHER_NAMES = frozenset({"DJANGO_SETTINGS_MODULE", "XDG_CACHE_HOME"})


def _site_variables(environment: Mapping[str, str]) -> dict[str, str]:
    names = known_names(configuration(environment)) | FURTHER_NAMES
    return {name: value for name, value in environment.items() if name in names}


def save_environment(data: Path, environment: Mapping[str, str]) -> None:
    """Write the site's variables to its data folder, readable by its owner only."""
    write_private_file(data / KEPT, json.dumps(_site_variables(environment)))


def site_environment(data: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` with its settings replaced by those of the site that runs with `data`.

    Raises EmbeddedError if that site does not run.
    """
    try:
        with lock_folder(data):
            pass
    except FolderBusy:
        kept = json.loads((data / KEPT).read_text())
    except FileNotFoundError:
        raise EmbeddedError(f"No site was ever started with the data folder {data}.") from None
    else:
        raise EmbeddedError(f"The site with the data folder {data} does not run. Start it first.")
    own = _site_variables(environment)
    return {name: value for name, value in environment.items() if name not in own} | kept
