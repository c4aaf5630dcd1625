"""Models that the admin shows but never writes."""

from django.db.models import Model
from django.http import HttpRequest


class ReadOnlyMixin:
    """Forbids adding, changing and deleting, for history and data from elsewhere."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Always False."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Always False."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Always False."""
        return False
