"""A warning of `manage.py check` for misspelt variables."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from django.core.checks import CheckMessage, Warning, register

from papersite.settings.environment import configuration, known_names

ALIKE = 0.88
"""The ratio of difflib above which two names differ by one or two letters."""


def misspelt(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the setting that each misspelt variable seems to mean, by the wrong name."""
    known = known_names(configuration(environment))
    found = {}
    for name in sorted(environment.keys() - known):
        for meant in get_close_matches(name, known, n=1, cutoff=ALIKE):
            found[name] = meant
    return found


@register()
def misspelt_variables(**_: Any) -> list[CheckMessage]:
    """Warn of each misspelt variable, which has no effect."""
    return [
        Warning(
            f"{name} is set, but there is no such setting.",
            hint=f"Did you mean {meant}? docs/settings.md lists all settings.",
            id="papersite.W001",
        )
        for name, meant in misspelt(os.environ).items()
    ]
