"""The schema of the API and its page, without files from other hosts."""

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
    # Swagger UI adds style elements by script and has its icons as data URLs.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}


class TokenScheme(OpenApiAuthenticationExtension):
    """Describe tokens in the schema."""

    target_class = TokenAuthentication
    name = "bearer"

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        access = getattr(auto_schema.view, "access", {}).get(auto_schema.method)
        return {self.name: [] if access is None else [access.scope.value]}

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
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
    """Answer errors as JSON in views with other renderers."""

    def handle_exception(self, exc: Exception) -> Response:
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(exc)


class SchemaView(JSONProblemsMixin, PublicView, SpectacularAPIView):
    """The schema, built once per process and language."""

    def _get_schema_response(self, request: Request) -> Response:
        name = self._get_filename(request, version=None)
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return Response(schema_in(get_language() or ""), headers=headers)


@cache
def schema_in(language: str) -> dict[str, Any]:
    """Return the schema, with its translated texts in the active language."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


@method_decorator(csp_replace(CONTENT_SECURITY_POLICY), name="dispatch")
class DocumentationView(JSONProblemsMixin, SpectacularSwaggerSplitView):
    """Swagger UI with its script in a file, as the site's Content-Security-Policy requires."""

    url_name = "api:schema"

    def options(self, *args: Any, **kwargs: Any) -> Any:
        """List the methods; REST framework would need a template to say more."""
        return HttpResponse(headers={"Allow": ", ".join(self.allowed_methods)})
