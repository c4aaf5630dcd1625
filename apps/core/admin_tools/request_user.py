"""The editor who sends a request to the admin."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def requesting_editor(request: HttpRequest) -> User:
    """Return the logged-in editor.

    Args:
        request: a request to the admin.

    Returns:
        The account.

    Raises:
        PermissionDenied: no one is logged in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
