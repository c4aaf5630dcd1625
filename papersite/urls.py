"""The URLs of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter

from apps.public.oai.views import oai
from apps.public.pages.site import exports, sitemaps, well_known
from apps.public.site.content_language import content_languages, namespace_of

admin.site.site_header = admin.site.site_title = settings.SITE_NAME

register_converter(exports.ExportConverter, "export")

handler400 = "apps.public.pages.site.errors.bad_request"
handler403 = "apps.public.pages.site.errors.forbidden"
handler404 = "apps.public.pages.site.errors.not_found"
handler500 = "apps.public.pages.site.errors.server_error"

urlpatterns = [
    path("admin/desk/", include("apps.review.dashboard.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("apps.public.api.urls")),
    path("oai", oai, name="oai"),
    path("robots.txt", well_known.robots, name="robots"),
    path("llms.txt", well_known.llms, name="llms"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/<str:language>/<str:name>.xml", sitemaps.section, name="sitemap-section"),
    path("exports/index.json", exports.index, name="exports-index"),
    path("exports/<export:folder>/<str:name>", exports.download, name="export-file"),
    path("healthz", well_known.healthz, name="healthz"),
    *i18n_patterns(
        path("", include("apps.public.pages.urls")),
        *(
            path(f"in/{code}/", include("apps.public.pages.urls", namespace=namespace_of(code)))
            for code in content_languages()[1:]
        ),
        prefix_default_language=False,
    ),
]
