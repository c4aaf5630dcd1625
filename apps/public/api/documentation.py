"""The documentation page of the API, served from this site alone."""

from typing import Any

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularSwaggerSplitView

POLICY = {
    "default-src": ["'self'"],
    # Swagger UI writes style elements from its script and draws its marks as data addresses.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}


@method_decorator(csp_replace(POLICY), name="dispatch")
class DocumentationView(SpectacularSwaggerSplitView):
    """Swagger UI with its script in a file of its own, as the site's policy wants it."""

    url_name = "api:schema"

    def options(self, *args: Any, **kwargs: Any) -> Any:
        """Say which methods there are; REST framework would look for a template to say more."""
        return HttpResponse(headers={"Allow": ", ".join(self.allowed_methods)})
