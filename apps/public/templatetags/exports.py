"""Template filters for the page of the exports."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from apps.public.catalogue.licensing import UNSTATED

register = template.Library()


@register.filter
def licence_label(licence: dict[str, Any]) -> str:
    """The identifier of a licence, in words where nobody has stated one."""
    spdx = str(licence["spdx"])
    return _("licence not stated") if spdx == UNSTATED else spdx


@register.filter
def maker_label(made: dict[str, Any]) -> str:
    """The engine and the model that made some text, or where else it came from."""
    return " ".join(part for part in (made["engine"], made["model"]) if part) or str(made["origin"])
