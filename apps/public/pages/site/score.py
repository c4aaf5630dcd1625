"""The page about the reference score."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.discovery.scoring.formulas import FORMULAS
from apps.public.pages.caching import public_page


@public_page
def about_score(request: HttpRequest) -> HttpResponse:
    """Show the formula in force with its components, and the other formulas."""
    others = [
        formula
        for version, formula in sorted(FORMULAS.items(), reverse=True)
        if version != settings.SCORE_FORMULA
    ]
    context = {"formula": FORMULAS[settings.SCORE_FORMULA], "others": others}
    return render(request, "pages/site/about_score.html", context)
