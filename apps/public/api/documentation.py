"""The schema of the API and the page that shows it, served from this site alone."""

from functools import cache
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.public.api.authentication import TokenAuthentication
from apps.public.api.views import PublicView

CONTENT_SECURITY_POLICY = {
    "default-src": ["'self'"],
    # Swagger UI writes style elements from its script and draws its marks as data addresses.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes tokens."""

    target_class = TokenAuthentication
    name = "bearer"

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        """Return what an operation needs: a token, of a certain scope where editors work."""
        access = getattr(auto_schema.view, "access", {}).get(auto_schema.method)
        return {self.name: [] if access is None else [access.scope.value]}

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the security scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "papersite_ and 59 characters",
            "description": (
                "A token, created in the admin under “API tokens”. Reading public data needs "
                "none; with a token, the token's own rate limit applies."
            ),
        }


class JSONProblemsMixin(APIView):
    """A mixin for what is no JSON: problems are all the same."""

    def handle_exception(self, exc: Exception) -> Response:
        """Answer a problem in JSON."""
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(exc)


class SchemaView(JSONProblemsMixin, PublicView, SpectacularAPIView):
    """The schema: counted and refused like everything else here, and made once in a process."""

    def _get_schema_response(self, request: Request) -> Response:
        name = self._get_filename(request, version=None)
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return Response(schema_in(get_language() or ""), headers=headers)


@cache
def schema_in(language: str) -> dict[str, Any]:
    """Return the schema. Its few words of the interface are in the language now active."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


@method_decorator(csp_replace(CONTENT_SECURITY_POLICY), name="dispatch")
class DocumentationView(JSONProblemsMixin, SpectacularSwaggerSplitView):
    """Swagger UI with its script in a file of its own, as the site's policy wants it."""

    url_name = "api:schema"

    def options(self, *args: Any, **kwargs: Any) -> Any:
        """Say which methods there are; REST framework would look for a template to say more."""
        return HttpResponse(headers={"Allow": ", ".join(self.allowed_methods)})
