"""The addresses of a site that translates into two languages, for tests."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from papersite import urls

handler404 = urls.handler404
handler500 = urls.handler500

urlpatterns = [
    *i18n_patterns(
        path("in/ko/", include("apps.public.pages.urls", namespace="pages-ko")),
        prefix_default_language=False,
    ),
    *urls.urlpatterns,
]
