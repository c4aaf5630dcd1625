"""Engines by name, built from settings like Django's caches."""

from collections.abc import Mapping
from functools import cache, lru_cache
from pkgutil import resolve_name
from typing import Any

from django.conf import settings

from apps.core.plugins import classes_with
from apps.translation.engines.base import Engine, EngineAbout, EngineMissing


def build_engine(name: str, configured: Mapping[str, Mapping[str, Any]]) -> Engine:
    """Return a new engine out of settings.

    Args:
        name: What the settings call it; stored with each sentence that it translates.
        configured: BACKEND (dotted path of a class) and OPTIONS of each engine, by name.

    Raises:
        EngineMissing: It is not configured, or its class cannot be imported or rejects the options.
    """
    if name not in configured:
        known = ", ".join(sorted(configured)) or "none"
        raise EngineMissing(
            f"No translation engine is named {name!r} in TRANSLATION_ENGINES (there are: {known})."
        )
    entry = configured[name]
    try:
        backend = resolve_name(entry["BACKEND"])
    except (ImportError, AttributeError, ValueError) as error:
        raise EngineMissing(
            f"The class {entry['BACKEND']!r} of the engine {name!r} cannot be imported: {error}"
        ) from error
    try:
        get_engine: Engine = backend(**entry.get("OPTIONS", {}))
    except Exception as error:
        # An error in the library of one engine must not stop the others.
        raise EngineMissing(f"The translation engine {name!r} cannot be built: {error}") from error
    get_engine.name = name
    return get_engine


@cache
def _known() -> dict[str, EngineAbout]:
    return {backend.about.name: backend.about for backend in classes_with("about", __name__)}


def describe_engine(name: str, entry: Mapping[str, Any]) -> EngineAbout | None:
    """Return the description of a configured engine.

    Args:
        name: its name in the settings.
        entry: its entry in the settings, with BACKEND.

    Returns:
        The description; None if its class has none.
    """
    try:
        backend = resolve_name(entry["BACKEND"])
    except (KeyError, ImportError, AttributeError, ValueError):
        return _known().get(name)
    found: EngineAbout | None = getattr(backend, "about", None)
    return found


@lru_cache(maxsize=16)
def get_engine(name: str) -> Engine:
    """Return the engine `name` of the settings, one per process, so that models stay loaded."""
    return build_engine(name, settings.TRANSLATION_ENGINES)
