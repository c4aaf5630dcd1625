"""The outside sources of the settings. None is asked unless somebody configures it."""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.module_loading import import_string

from apps.discovery.signals.base import OutsideSignals


def build(name: str, configured: Mapping[str, Any]) -> OutsideSignals:
    """Return the source `name` out of its settings: BACKEND, SECONDS_PER_REQUEST, OPTIONS.

    Raises ImproperlyConfigured for a name that `configured` does not have.
    """
    # Settings read what the sources say of themselves before models can be imported.
    from apps.discovery.signals.http import Asker, polite_client
    from apps.discovery.signals.rate_limit import DatabaseTurns

    if name not in configured:
        known = ", ".join(sorted(configured)) or "none"
        raise ImproperlyConfigured(f"OUTSIDE_SIGNALS names {name!r}. Known are: {known}.")
    source = configured[name]
    asker = Asker(
        client=polite_client(settings.CONTACT_EMAIL),
        turns=DatabaseTurns(name, source["SECONDS_PER_REQUEST"], time.sleep),
        sleep=time.sleep,
        now=timezone.now,
    )
    found: OutsideSignals = import_string(source["BACKEND"])(asker, **source.get("OPTIONS", {}))
    return found
