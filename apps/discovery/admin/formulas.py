"""A read-only admin page of the score formulas, which are code."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext

from apps.discovery.scoring.counts import count_scores
from apps.discovery.scoring.formulas import FORMULAS


class FormulasPage(admin.ModelAdmin):
    """Mixin: adds a page of all formulas, their components and their number of scores."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.formulas_view)
        return [path("formulae/", view, name="discovery_score_formulae"), *super().get_urls()]

    def formulas_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = [
            {
                "formula": formula,
                "in_force": version == settings.SCORE_FORMULA,
                "scores": count_scores(version),
            }
            for version, formula in sorted(FORMULAS.items(), reverse=True)
        ]
        context = self.admin_site.each_context(request) | {
            "rows": rows,
            "opts": self.opts,
            "title": gettext("Formulae of the score"),
        }
        return TemplateResponse(request, "admin/discovery/score/formulae.html", context)
