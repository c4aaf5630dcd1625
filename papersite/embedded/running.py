"""The environment of the site that runs with a data folder: kept beside its data, used by commands.

A command that read the terminal's environment instead would see other engines, another language
or another database than the site.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from papersite.embedded import EmbeddedError
from papersite.embedded.folders import FolderBusy, lock_folder, write_private_file
from papersite.settings.environment import configuration, known_names

KEPT = "environment.json"
# What decides about the site besides its settings: which of them, and where models are kept.
BESIDES = frozenset({"DJANGO_SETTINGS_MODULE", "XDG_CACHE_HOME"})


def _decisive(environment: Mapping[str, str]) -> dict[str, str]:
    names = known_names(configuration(environment)) | BESIDES
    return {name: value for name, value in environment.items() if name in names}


def save_environment(data: Path, environment: Mapping[str, str]) -> None:
    """Keep what decides about the site in its data folder, where only its owner can read it."""
    write_private_file(data / KEPT, json.dumps(_decisive(environment)))


def site_environment(data: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` with the settings of the site that runs with `data`, and none besides.

    Raises EmbeddedError when that site does not run.
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
    own = _decisive(environment)
    return {name: value for name, value in environment.items() if name not in own} | kept
