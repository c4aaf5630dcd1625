"""Reads the variables of the site and of its plugins from an environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.core.variables import Variable, list_variables, read_variables
from papersite.settings.discovery import EMBEDDERS, embedder_from, sources_from
from papersite.settings.engines import (
    ENGINES,
    SUMMARISERS,
    Engines,
    Environment,
    engines_from,
    plugins,
    summariser_from,
)
from papersite.settings.schema import SECTIONS, Schema
from papersite.settings.values import SOURCES


@dataclass(frozen=True, slots=True)
class Configuration:
    """The configuration in an environment.

    site: the site's own variables. problems: one sentence each; a wrong variable counts as not set.
    """

    site: Schema
    engines: Engines
    summariser: dict[str, Any]
    embedder: dict[str, Any]
    sources: dict[str, dict[str, Any]]
    problems: list[str]


def configuration(environment: Environment) -> Configuration:
    """Read all variables."""
    reading = read_variables(Schema, environment)
    assert reading.values is not None  # every variable of the site has a default
    site = reading.values
    engines = engines_from(environment, site)
    summariser, of_summariser = summariser_from(environment)
    embedder, of_embedder = embedder_from(environment, site.EMBEDDER.strip())
    sources, of_sources = sources_from(environment)
    problems = [*reading.problems, *engines.problems, *of_summariser, *of_embedder, *of_sources]
    # A variable that two plugins read has one problem.
    return Configuration(
        site, engines, summariser, embedder, sources, list(dict.fromkeys(problems))
    )


def sections() -> dict[str, list[Variable]]:
    """Return all declared variables by their heading in the reference."""
    found = {(one.__doc__ or "").rstrip("."): list_variables(one) for one in SECTIONS}
    for package in (ENGINES, SUMMARISERS, EMBEDDERS, SOURCES):
        for plugin in plugins(package):
            if plugin.about.variables is not None:
                model = plugin.about.variables
                found[(model.__doc__ or "").rstrip(".")] = [
                    one for one in list_variables(model) if not one.extra("shared")
                ]
    return found


def known_names(found: Configuration) -> set[str]:
    """Return the names of all variables, with those of further engines."""
    names = {one.name for variables in sections().values() for one in variables}
    engines = found.engines.candidates.values()
    return names | {one.name for engine in engines for one in engine.reading.variables}
