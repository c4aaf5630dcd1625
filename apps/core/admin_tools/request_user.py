"""Who asks for a page of the admin, as services want to know."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def requesting_editor(request: HttpRequest) -> User:
    """Return who is logged in; raise PermissionDenied where nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
