"""The configured embedder, built once in each process."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from apps.core.plugins import About
from apps.discovery.embedders.base import DIMENSIONS, Embedder

LONGEST_NAME = 100


def build(configured: Mapping[str, Any]) -> Embedder:
    """Build the embedder of `configured` (BACKEND, OPTIONS).

    Raises ImproperlyConfigured when its class cannot be imported or rejects the options, or when
    its vectors or its name do not fit into the database.
    """
    backend = configured["BACKEND"]
    try:
        found: Embedder = import_string(backend)(**configured.get("OPTIONS", {}))
    except ImportError as error:
        raise ImproperlyConfigured(
            f"EMBEDDER names {backend!r}, which cannot be imported: {error}"
        ) from error
    except (TypeError, ValueError) as error:
        raise ImproperlyConfigured(f"The embedder {backend!r} cannot be built: {error}") from error
    if found.dimensions != DIMENSIONS:
        raise ImproperlyConfigured(
            f"The embedder {backend!r} gives vectors of {found.dimensions} numbers; this site "
            f"stores {DIMENSIONS}. Let it shorten them, or choose a model of that size."
        )
    if not 0 < len(found.name) <= LONGEST_NAME:
        raise ImproperlyConfigured(
            f"The name of the embedder {backend!r} must have 1 to {LONGEST_NAME} characters, "
            f"not {len(found.name)}."
        )
    return found


def about(configured: Mapping[str, Any]) -> About | None:
    """Return how the embedder of BACKEND describes itself; None without a description."""
    return getattr(import_string(configured["BACKEND"]), "about", None)


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    """Return the configured embedder; its model stays loaded.

    Returns:
        The same embedder for the whole process.
    """
    return build(settings.DISCOVERY_EMBEDDER)
