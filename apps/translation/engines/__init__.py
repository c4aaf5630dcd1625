"""Engines by name, built from settings the way Django builds its caches."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from apps.translation.engines.base import Engine


def build(name: str, configured: Mapping[str, Mapping[str, Any]]) -> Engine:
    """Return a new engine `name` out of `configured` (name -> BACKEND, OPTIONS).

    Raises ImproperlyConfigured when it is not configured or its class cannot be imported.
    """
    try:
        entry = configured[name]
    except KeyError:
        known = ", ".join(sorted(configured)) or "none"
        raise ImproperlyConfigured(
            f"No translation engine is named {name!r} in TRANSLATION_ENGINES (there are: {known})."
        ) from None
    try:
        backend = import_string(entry["BACKEND"])
    except ImportError as error:
        raise ImproperlyConfigured(
            f"The translation engine {name!r} names {entry['BACKEND']!r}, which cannot be "
            f"imported: {error}"
        ) from error
    engine: Engine = backend(**entry.get("OPTIONS", {}))
    return engine


@lru_cache(maxsize=16)
def engine(name: str) -> Engine:
    """Return the engine `name` of the settings: one for each process, models stay loaded."""
    return build(name, settings.TRANSLATION_ENGINES)
