"""Which outside sources are asked about papers, from the environment: none unless it says so."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


def sources_from(env: environ.Env) -> dict[str, dict[str, Any]]:
    """Return every source that this site knows how to ask, by name."""
    return {
        "openalex": {
            "BACKEND": "apps.discovery.signals.openalex.OpenAlex",
            "SECONDS_PER_REQUEST": env.float("OPENALEX_SECONDS_PER_REQUEST", default=1.0),
            "OPTIONS": {
                "api_key": env.str("OPENALEX_API_KEY", default=""),
                "contact_email": env.str("CONTACT_EMAIL", default=""),
                "base_url": env.str("OPENALEX_URL", default="https://api.openalex.org"),
            },
        },
        "semanticscholar": {
            "BACKEND": "apps.discovery.signals.semantic_scholar.SemanticScholar",
            "SECONDS_PER_REQUEST": env.float("SEMANTIC_SCHOLAR_SECONDS_PER_REQUEST", default=3.0),
            "OPTIONS": {
                "api_key": env.str("SEMANTIC_SCHOLAR_API_KEY", default=""),
                "base_url": env.str(
                    "SEMANTIC_SCHOLAR_URL", default="https://api.semanticscholar.org"
                ),
            },
        },
    }


def signals_from(env: environ.Env) -> list[str]:
    """Return the sources to ask: OUTSIDE_SIGNALS ("openalex,semanticscholar"), by default none.

    Raises ImproperlyConfigured for a name that there is no source of.
    """
    chosen = [name.strip() for name in env.list("OUTSIDE_SIGNALS", default=[]) if name.strip()]
    known = sources_from(env)
    if unknown := [name for name in chosen if name not in known]:
        raise ImproperlyConfigured(
            f"OUTSIDE_SIGNALS names {', '.join(unknown)}. Known are: {', '.join(known)}."
        )
    return chosen
