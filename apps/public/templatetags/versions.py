"""Identifiers of versions in templates."""

from django import template

register = template.Library()


@register.filter
def at_version(arxiv_id: str, number: int) -> str:
    """The identifier of a version: "2502.21321v2"."""
    return f"{arxiv_id}v{number}"
