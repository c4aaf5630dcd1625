"""Who asks: a program with a token (RFC 6750), or anybody. Cookies are not looked at."""

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from apps.review.accounts.api_tokens import TokenRefused, acting_account, authenticate_token
from apps.review.models import ApiToken

REALM = 'Bearer realm="papersite"'


class BadCredentials(AuthenticationFailed):
    """An Authorization header that does not count: 401, with what is wrong in its challenge."""

    headers = {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}


class TokenNeeded(NotAuthenticated):
    """Nobody in particular asked for what is not for everybody: 401."""

    headers = {"WWW-Authenticate": REALM}

    def __init__(self) -> None:
        super().__init__(
            _(
                "This request needs a token. Create one in the admin and send it in the header "
                "Authorization: Bearer papersite_…"
            )
        )


class ScopeMissing(PermissionDenied):
    """The token is not for this: 403, naming the scope that is."""

    def __init__(self, scope: str) -> None:
        super().__init__(
            _("This token lacks the scope %s. Create a token with this scope in the admin.") % scope
        )
        self.headers = {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'}


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer papersite_…`. A bad token is refused, also where none is needed."""

    def authenticate(self, request: Request) -> tuple[object, ApiToken] | None:
        """Return the account and the token, None where no credentials came.

        Raises BadCredentials (401) for a token that does not count, or another scheme.
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
        """Return the challenge of a 401."""
        return REALM
