"""robots.txt, llms.txt and the health check."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from apps.public.pages.caching import public_page
from apps.public.site.content_language import content_languages
from apps.public.site.page_urls import absolute
from apps.text.render.markdown import markdown_line


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Allow crawlers on pages, but not on the desk, forms and searches."""
    lines = [
        "# Everything on the pages is also in the API, as Markdown and in feeds: see /llms.txt.",
        "# Please ask for no more than one page a second.",
        "User-agent: *",
        "Crawl-delay: 1",
        "Disallow: /admin/",
        "Disallow: /*/sentences/",
        "Disallow: /search/?",
        "Disallow: /search/feed",
        "Disallow: /*/search/?",
        "Disallow: /*/search/feed",
        "# Large files; /exports/index.json lists them.",
        "Disallow: /exports/2",
        "Allow: /",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page
def llms(request: HttpRequest) -> HttpResponse:
    """Describe the site to language models (https://llmstxt.org/), in English."""
    context = {
        "site_name": markdown_line(settings.SITE_NAME),
        "site_url": settings.SITE_URL.rstrip("/"),
        "languages": ", ".join(content_languages()),
        "contact": settings.CONTACT_EMAIL,
    }
    with override(settings.LANGUAGE_CODE):
        text = render_to_string("llms.txt", context)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Return whether this process can serve; 503 if the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    return JsonResponse({"status": "ok", "site": settings.SITE_NAME})
