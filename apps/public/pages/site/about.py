"""The pages about the site."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.core.labels import label_text
from apps.discovery import embedders
from apps.public.catalogue.licensing import licence_rules
from apps.public.pages.caching import public_page
from apps.public.site.content_language import content_language
from apps.public.site.engines import EngineDescription, engines_in_use
from apps.text.checks import ALL_CHECKS


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """Show what the site is and how its translations are made."""
    context = {
        "formula_number": settings.SCORE_FORMULA,
        "engines": list(settings.TRANSLATION_ENGINES),
        "policy": settings.PUBLISH_POLICY,
    }
    return render(request, "pages/site/about.html", context)


@public_page
def translations(request: HttpRequest) -> HttpResponse:
    """Show how translations are made, what badges mean, how to suggest a correction."""
    context = {
        "engines": engines_of_site(),
        "policy": settings.PUBLISH_POLICY,
        "checks": _(", ").join(label_text(check.label) for check in ALL_CHECKS),
        "has_summariser": bool(settings.SUMMARISER),
        "licence": settings.TRANSLATION_LICENCE,
    }
    return render(request, "pages/site/about_translations.html", context)


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what this site stores about readers, and what browsers store."""
    context = {
        "sender_days": settings.SUGGESTION_SENDER_DAYS,
        "licence": settings.TRANSLATION_LICENCE,
        "search_host": _search_host(settings.DISCOVERY_EMBEDDER),
    }
    return render(request, "pages/site/privacy.html", context)


@public_page
def licences(request: HttpRequest) -> HttpResponse:
    """Show the licences and authors of texts, models and code."""
    context = {
        "engines": engines_of_site(),
        "licence": settings.TRANSLATION_LICENCE,
        "engine_licences": [
            rule for rule in licence_rules().engines if rule.engine in settings.TRANSLATION_ENGINES
        ],
        "embeds_here": _embeds_here(settings.DISCOVERY_EMBEDDER),
        "embedder_model": settings.DISCOVERY_EMBEDDER["OPTIONS"].get("model", ""),
    }
    return render(request, "pages/site/licences.html", context)


@public_page
def disclaimer(request: HttpRequest) -> HttpResponse:
    """Show all notices in force."""
    return render(request, "pages/site/disclaimer.html")


def engines_of_site() -> list[EngineDescription]:
    """Return the engines for translations into the active content language."""
    return engines_in_use(
        f"{settings.SOURCE_LANGUAGE}-{content_language()}",
        settings.TRANSLATION_ENGINES,
        settings.TRANSLATION_CHAINS,
    )


def _embeds_here(embedder: dict[str, Any]) -> bool:
    said = embedders.about(embedder)
    return said is not None and not said.sends_text


def _search_host(embedder: dict[str, Any]) -> str:
    """Return the host that receives search queries; empty if they stay on this site."""
    if _embeds_here(embedder):
        return ""
    address = str(embedder["OPTIONS"].get("base_url", ""))
    return urlsplit(address).hostname or "?"
