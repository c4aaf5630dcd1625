"""The embedder of the settings, built once for each process."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from apps.discovery.embedders.base import Embedder


def build(configured: Mapping[str, Any]) -> Embedder:
    """Return a new embedder out of `configured` (BACKEND, OPTIONS)."""
    found: Embedder = import_string(configured["BACKEND"])(**configured.get("OPTIONS", {}))
    return found


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    """Return the embedder of the settings; its model stays loaded."""
    return build(settings.DISCOVERY_EMBEDDER)
