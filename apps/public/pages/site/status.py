"""The page about how up to date the site is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.public.pages.caching import momentary_page
from apps.public.pages.site.about import engines_of_site
from apps.public.site.content_language import content_language
from apps.public.site.status import MOST, pipeline_state
from apps.review.dashboard.throughput import LAG_DAYS


@momentary_page
def status(request: HttpRequest) -> HttpResponse:
    """Show the latest harvest, waiting papers, lag and gaps."""
    language = content_language()
    state = pipeline_state(
        language,
        sets=settings.HARVEST_SETS,
        policy=settings.PUBLISH_POLICY,
        now=timezone.now(),
    )
    context = {
        "state": state,
        "most": MOST,
        "lag_days": LAG_DAYS,
        "engines": engines_of_site(),
        "policy": settings.PUBLISH_POLICY,
    }
    return render(request, "pages/site/status.html", context)
