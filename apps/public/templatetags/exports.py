"""Template filters for the page of exports."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from apps.public.catalogue.licensing import UNSTATED

register = template.Library()


@register.filter
def licence_label(licence: dict[str, Any]) -> str:
    """Return the identifier of a licence, or a text if it is not stated."""
    spdx = str(licence["spdx"])
    return _("licence not stated") if spdx == UNSTATED else spdx


@register.filter
def maker_label(made: dict[str, Any]) -> str:
    """Return the engine and model that made a text, or its origin."""
    return " ".join(part for part in (made["engine"], made["model"]) if part) or str(made["origin"])
