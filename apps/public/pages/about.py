"""The pages about the site itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.public.pages.caching import public_page


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What the site is and how its translations are made."""
    context = {
        "formula_number": settings.SCORE_FORMULA,
        "engines": list(settings.TRANSLATION_ENGINES),
        "policy": settings.PUBLISH_POLICY,
    }
    return render(request, "pages/about.html", context)


@public_page
def disclaimer(request: HttpRequest) -> HttpResponse:
    """Every notice in the wording now in force."""
    return render(request, "pages/disclaimer.html")
