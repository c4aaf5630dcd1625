"""The summariser of the settings."""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from apps.translation.summarisers.base import Summariser


@lru_cache(maxsize=1)
def summariser() -> Summariser | None:
    """Return the summariser of the settings; None if summaries are extracted sentences."""
    configured = settings.SUMMARISER
    if not configured:
        return None
    found: Summariser = import_string(configured["BACKEND"])(**configured["OPTIONS"])
    return found
