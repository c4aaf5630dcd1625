"""The summariser of the settings, where one is configured."""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from apps.translation.summarisers.base import Summariser


@lru_cache(maxsize=1)
def summariser() -> Summariser | None:
    """Return the summariser of the settings, or None: summaries are then picked sentences."""
    configured = settings.SUMMARISER
    if not configured:
        return None
    found: Summariser = import_string(configured["BACKEND"])(**configured["OPTIONS"])
    return found
