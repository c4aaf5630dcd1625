"""Models of the admin that are looked at and never written there."""

from django.db.models import Model
from django.http import HttpRequest


class ReadOnlyMixin:
    """A mixin for what comes from elsewhere, or is history: no adding, changing or deleting."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """No."""
        return False
