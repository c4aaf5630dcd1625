"""The page that says how the reference score comes about, formula by formula."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.discovery.scoring.formulas import FORMULAS
from apps.public.pages.caching import public_page


@public_page
def about_score(request: HttpRequest) -> HttpResponse:
    """Every component of the formula in force, the other formulas, and what the score is not."""
    others = [
        formula
        for version, formula in sorted(FORMULAS.items(), reverse=True)
        if version != settings.SCORE_FORMULA
    ]
    context = {"formula": FORMULAS[settings.SCORE_FORMULA], "others": others}
    return render(request, "pages/about_score.html", context)
