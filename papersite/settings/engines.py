"""Which engines, summariser, embedder and sources there are, from the environment.

Each says itself which variables it reads (`about.variables`); it is set up when all that it needs
are set. Engines are configured the way Django configures CACHES.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pkgutil import resolve_name
from typing import Any

from apps.core.plugins import classes_with
from apps.core.variables import Reading, Variables, read_variables
from apps.translation.engines.base import EngineAbout, PricedVariables
from papersite.settings.schema import Pipeline

ENGINES = "apps.translation.engines"
SUMMARISERS = "apps.translation.summarisers"
LONGEST_NAME = 32
NAME = re.compile(r"[a-z][a-z0-9_]*")

Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An engine that could be asked: its name, its class, and what its variables say."""

    name: str
    backend: type[Any]
    reading: Reading[Variables]

    @property
    def about(self) -> EngineAbout | None:
        """What it says about itself; None where an engine of somebody else's says nothing."""
        return getattr(self.backend, "about", None)

    @property
    def is_set_up(self) -> bool:
        """Whether it has all that it needs and is not turned off."""
        return self.reading.values is not None and getattr(self.reading.values, "on", True)

    @property
    def entry(self) -> dict[str, Any]:
        """The entry of TRANSLATION_ENGINES."""
        return {"BACKEND": path_of(self.backend), "OPTIONS": options_of(self.reading)}

    @property
    def needs(self) -> str:
        """What has to be set before it can be asked."""
        missing = [f"{one.name} to {one.meaning}" for one in self.reading.missing]
        if missing:
            return f"Set {', and '.join(missing)}."
        return "Correct its variables." if self.reading.problems else "It is turned off."


@dataclass(frozen=True, slots=True)
class Engines:
    """What the environment says about engines. problems: what is wrong, one sentence each."""

    candidates: dict[str, Candidate]
    chain: list[str]
    problems: list[str]

    @property
    def set_up(self) -> dict[str, Candidate]:
        """The engines that can be asked, by name, in the order of a chain without a setting."""
        return {name: one for name, one in self.candidates.items() if one.is_set_up}

    @property
    def prices(self) -> dict[str, tuple[Decimal, Decimal]]:
        """What a million tokens sent and received cost, by engine."""
        return {
            name: (one.reading.values.price_in, one.reading.values.price_out)
            for name, one in self.set_up.items()
            if isinstance(one.reading.values, PricedVariables)
        }

    @property
    def examples(self) -> int:
        """How many like sentences of the memory help the engines that learn from them."""
        return max((one.about.examples for one in self.set_up.values() if one.about), default=0)

    @property
    def licences(self) -> dict[str, str]:
        """Under which licence the text of each engine is, where its model or terms impose one."""
        return {
            name: one.about.text_licence
            for name, one in self.candidates.items()
            if one.about and one.about.text_licence
        }


def path_of(backend: type[Any]) -> str:
    """Return the dotted path of a class."""
    return f"{backend.__module__}.{backend.__qualname__}"


def options_of(reading: Reading[Variables]) -> dict[str, Any]:
    """Return the arguments of a plugin's constructor."""
    return reading.values.options() if reading.values else {}


def read_plugin(
    backend: type[Any], environment: Environment, prefix: str | None = None
) -> Reading[Variables]:
    """Read the variables that a plugin declares."""
    about = getattr(backend, "about", None)
    return read_variables((about and about.variables) or Variables, environment, prefix)


@cache
def plugins(package: str) -> list[type[Any]]:
    """Return the plugins that the modules of a package hold."""
    return classes_with("about", package)


def engines_from(environment: Environment, chosen: Pipeline) -> Engines:
    """Return the engines of the project and those that EXTRA_ENGINES and the chain name."""
    kinds = {one.about.name: one for one in plugins(ENGINES)}
    found = {
        name: Candidate(name, one, read_plugin(one, environment)) for name, one in kinds.items()
    }
    problems: list[str] = []
    chain: list[str] = []
    for item in chosen.EXTRA_ENGINES:
        name, _, kind = (part.strip() for part in item.partition("="))
        if not NAME.fullmatch(name) or not kind or len(name) > LONGEST_NAME or name in found:
            problems.append(
                f"EXTRA_ENGINES has {item!r}. Write name=engine; the name is new, in small "
                f"letters, of at most {LONGEST_NAME} characters."
            )
            continue
        backend = kinds.get(kind) or _imported(kind, "EXTRA_ENGINES", list(kinds), problems)
        if backend is not None:
            prefix = f"ENGINE_{name.upper()}_"
            found[name] = Candidate(name, backend, read_plugin(backend, environment, prefix))
            if not found[name].is_set_up:
                problems.append(f"EXTRA_ENGINES names {name}. {found[name].needs}")
    for item in chosen.TRANSLATION_CHAIN:
        name = item
        if item not in found:
            backend = _imported(item, "TRANSLATION_CHAIN", list(found), problems)
            if backend is None:
                continue
            name = str(getattr(backend, "name", item.rpartition(".")[2]))[:LONGEST_NAME]
            found[name] = Candidate(name, backend, read_plugin(backend, environment))
        if not found[name].is_set_up:
            problems.append(
                f"TRANSLATION_CHAIN names {name}, which is not set up. {found[name].needs}"
            )
        chain.append(name)
    problems += [problem for one in found.values() for problem in one.reading.problems]
    ordered = sorted(found.values(), key=lambda one: one.about.order if one.about else 50)
    engines = Engines({one.name: one for one in ordered}, chain, problems)
    return Engines(engines.candidates, chain or list(engines.set_up), problems)


def _imported(path: str, variable: str, known: list[str], problems: list[str]) -> type[Any] | None:
    """Return the class of a dotted path, or None with a problem noted."""
    if "." not in path:
        problems.append(
            f"{variable} names {path}. Known engines are {', '.join(known)}; one of "
            "your own is named by the dotted path of its class."
        )
        return None
    try:
        found = resolve_name(path)
    except (ImportError, AttributeError, ValueError) as error:
        problems.append(f"{variable} names {path}, which cannot be imported: {error}.")
        return None
    return found if isinstance(found, type) else None


def summariser_from(environment: Environment) -> tuple[dict[str, Any], list[str]]:
    """Return the first summariser that is set up (BACKEND, OPTIONS), and the problems."""
    readings = [(one, read_plugin(one, environment)) for one in plugins(SUMMARISERS)]
    problems = [problem for _, reading in readings for problem in reading.problems]
    for backend, reading in readings:
        if reading.values is not None:
            return {"BACKEND": path_of(backend), "OPTIONS": options_of(reading)}, problems
    return {}, problems
