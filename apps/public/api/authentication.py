"""Authentication by bearer token (RFC 6750); cookies are ignored."""

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from apps.review.accounts.api_tokens import TokenRefused, acting_account, authenticate_token
from apps.review.models import ApiToken

REALM = 'Bearer realm="papersite"'


class BadCredentials(AuthenticationFailed):
    """401: the Authorization header is invalid."""

    headers = {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}


class TokenNeeded(NotAuthenticated):
    """401: the endpoint needs a token."""

    headers = {"WWW-Authenticate": REALM}

    def __init__(self) -> None:
        super().__init__(
            _(
                "This request needs a token. Create one in the admin and send it in the header "
                "Authorization: Bearer papersite_…"
            )
        )


class ScopeMissing(PermissionDenied):
    """403: the token lacks a scope, which the challenge names."""

    def __init__(self, scope: str) -> None:
        super().__init__(
            _("This token lacks the scope %s. Create a token with this scope in the admin.") % scope
        )
        self.headers = {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'}


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer papersite_…`. An invalid one is refused everywhere."""

    def authenticate(self, request: Request) -> tuple[object, ApiToken] | None:
        """Return the account and the token; None without credentials.

        Raises BadCredentials (401) for an invalid token or another scheme.
        """
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        scheme, _space, text = header.partition(" ")
        if scheme.lower() != "bearer":
            raise BadCredentials(
                _("Send a token in the header Authorization: Bearer papersite_…, or no header.")
            )
        try:
            token = authenticate_token(text.strip(), now=timezone.now())
        except TokenRefused as refused:
            raise BadCredentials(str(refused)) from refused
        return acting_account(token), token

    def authenticate_header(self, request: Request) -> str:
        return REALM
