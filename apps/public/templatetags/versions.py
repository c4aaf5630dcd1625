"""Template filter for identifiers with version."""

from django import template

register = template.Library()


@register.filter
def at_version(arxiv_id: str, number: int) -> str:
    """Return an identifier with version: "2502.21321v2"."""
    return f"{arxiv_id}v{number}"
