"""The checks that a deployment must pass to start."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from apps.core.variables import list_variables
from papersite.settings.environment import configuration
from papersite.settings.schema import SECTIONS, Schema
from papersite.settings.values import BASE_DIR

SHORTEST_SECRET = 50


def problems(environment: Mapping[str, str]) -> list[str]:
    """Return the problems that keep a production site from starting, one sentence each."""
    found = configuration(environment)
    return [
        *missing(environment),
        *found.problems,
        *unsafe(found.site),
        *unusable_folder(environment, found.site),
    ]


def missing(environment: Mapping[str, str]) -> list[str]:
    """Return a sentence for each variable that every production site has to set."""
    return [
        f"{one.name} is not set. Set it to {one.meaning}."
        for section in SECTIONS
        for one in list_variables(section)
        if one.extra("required") and not environment.get(one.name, "").strip()
    ]


def unsafe(site: Schema) -> list[str]:
    """Return the problems of values that are unsafe or cannot work in production."""
    found = []
    secret = site.SECRET_KEY
    if secret and (len(secret) < SHORTEST_SECRET or len(set(secret)) < 5):
        found.append(
            "SECRET_KEY is too weak. Set it to a random string: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'."
        )
    if "*" in site.ALLOWED_HOSTS:
        found.append("ALLOWED_HOSTS must not hold '*'. Name the hosts that this site answers to.")
    if "SITE_URL" in site.model_fields_set:
        address = urlsplit(site.SITE_URL)
        if address.scheme != "https":
            found.append("SITE_URL must start with https://: editors send passwords to this site.")
        host = address.hostname or ""
        if site.ALLOWED_HOSTS and not validate_host(host, site.ALLOWED_HOSTS):
            found.append(
                f"SITE_URL has the host {host}, which ALLOWED_HOSTS does not allow. Add {host} to "
                "ALLOWED_HOSTS, or correct SITE_URL."
            )
    if site.DEBUG:
        found.append("DEBUG must not be on in production: unset it.")
    return found


def unusable_folder(environment: Mapping[str, str], site: Schema) -> list[str]:
    """Return the problem of the folder of the exports, if they are kept in one.

    The first export makes the default folder; a folder that EXPORTS_DIR names must exist, so that a
    spelling mistake or a missing mount is found at the start.
    """
    if site.EXPORTS_STORAGE or not environment.get("EXPORTS_DIR", "").strip():
        return []
    folder = BASE_DIR / site.EXPORTS_DIR
    if not folder.is_dir():
        return [f"EXPORTS_DIR names {folder}, which is no folder. Make it, or correct EXPORTS_DIR."]
    if not os.access(folder, os.W_OK | os.X_OK):
        return [
            f"EXPORTS_DIR names {folder}, in which this process may not write. Let it, or name "
            "another folder."
        ]
    return []


def raise_problems(found: list[str]) -> None:
    """Raise ImproperlyConfigured with all problems, if there are any."""
    if found:
        lines = "\n".join(f"  - {problem}" for problem in found)
        raise ImproperlyConfigured(f"papersite cannot start:\n{lines}")
