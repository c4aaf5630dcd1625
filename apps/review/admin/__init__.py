"""The editors' desk in the admin, one file for each part."""

from apps.review.admin import (
    api_tokens,
    corrections,
    decisions,
    queue,
    suggestions,
    translations,
    users,
)

__all__ = [
    "api_tokens",
    "corrections",
    "decisions",
    "queue",
    "suggestions",
    "translations",
    "users",
]
