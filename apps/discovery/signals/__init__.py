"""The outside sources of the settings; by default there are none."""

import time
from collections.abc import Mapping
from typing import Any

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.module_loading import import_string

from apps.core.rate_limits import Pace, SharedSlots
from apps.discovery.signals.base import OutsideSignals
from apps.discovery.signals.json_client import JsonClient, http_client


def build(name: str, configured: Mapping[str, Any]) -> OutsideSignals:
    """Build the source `name` from its settings: BACKEND, SECONDS_PER_REQUEST, OPTIONS.

    Raises ImproperlyConfigured where `configured` lacks the name.
    """
    if name not in configured:
        known = ", ".join(sorted(configured)) or "none"
        raise ImproperlyConfigured(f"OUTSIDE_SIGNALS names {name!r}. Known are: {known}.")
    source = configured[name]
    client = JsonClient(
        client=http_client(settings.CONTACT_EMAIL),
        turns=Pace(
            SharedSlots(
                redis.Redis.from_url(settings.REDIS_URL), f"papersite:signals:{name}:next-request"
            ),
            source["SECONDS_PER_REQUEST"],
            time.sleep,
        ),
        sleep=time.sleep,
        now=timezone.now,
    )
    found: OutsideSignals = import_string(source["BACKEND"])(client, **source.get("OPTIONS", {}))
    return found
