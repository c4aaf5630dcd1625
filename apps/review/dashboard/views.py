"""The desk page of the admin: throughput, quality and the state of the pipeline."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.stages import Scope, count_waiting, stages
from apps.core.sweeps import changed_since
from apps.review.dashboard import quality, throughput
from apps.review.dashboard.health import check_workers, harvested_sets, latest_runs
from apps.review.dashboard.quality import check_figures, edit_rates
from apps.review.dashboard.throughput import DayFlow, flow_by_category, flow_by_day, publication_lag
from apps.text.render import bar_charts
from apps.text.render.bar_charts import Bar, chart_bars
from apps.translation.models.findings import check_label

MAY_SEE = "review.view_queueentry"
MOST_WAITING = 10_000
"""Counting the rows that wait for a stage stops here."""


@dataclass(frozen=True, slots=True)
class DayChart:
    """A bar for each day. description: all values as text, for screen readers."""

    label: str
    total: int
    latest: int
    bars: list[Bar]
    description: str


def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk for the language of `?language=`, or for the site's first."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    languages = settings.TARGET_LANGUAGES
    language = request.GET.get("language", "")
    if language not in languages:
        language = languages[0]
    now = timezone.now()
    days = flow_by_day(language, now)
    engines, categories = edit_rates(language, now)
    flows = flow_by_category(language, now)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Desk"),
        "language": language,
        "languages": languages if len(languages) > 1 else [],
        "days": days,
        "charts": _charts(days),
        "chart": {
            "width": bar_charts.STEP * len(days),
            "height": bar_charts.HEIGHT,
            "bar": bar_charts.BAR,
        },
        "flows": flows,
        "most_submitted": max((flow.submitted for flow in flows), default=1) or 1,
        "lag": publication_lag(language, now),
        "engines": engines,
        "categories": categories[: throughput.CATEGORIES],
        "checks": [
            (check_label(figures.name), figures) for figures in check_figures(language, now)
        ],
        "worker_health": check_workers(settings.REDIS_URL),
        "stages": count_waiting(stages(), Scope(now, changed_since(False, now)), most=MOST_WAITING),
        "most": MOST_WAITING,
        "runs": latest_runs(),
        "sets": harvested_sets(settings.HARVEST_SETS),
        "limits": {
            "days": throughput.DAYS,
            "lag_days": throughput.LAG_DAYS,
            "late_days": throughput.LATE_AFTER // timedelta(days=1),
            "edit_days": quality.EDIT_DAYS,
            "most_sentences": quality.MOST_SENTENCES,
            "judged_days": quality.JUDGED_DAYS,
            "open_days": quality.OPEN_DAYS,
            "fewest": quality.FEWEST_JUDGEMENTS,
        },
    }
    return TemplateResponse(request, "admin/desk.html", context)


def _charts(days: list[DayFlow]) -> list[DayChart]:
    series = (
        (_("submitted to arXiv"), [day.submitted for day in days]),
        (_("waiting for a person"), [day.waiting for day in days]),
        (_("published on the day"), [day.published for day in days]),
        (_("approved on the day"), [day.approved for day in days]),
    )
    return [
        DayChart(
            label=label,
            total=sum(values),
            latest=values[-1],
            bars=chart_bars([float(value) for value in values], marked=1),
            description=_("%(what)s, by day, the earliest first: %(values)s")
            % {"what": label, "values": _(", ").join(map(str, values))},
        )
        for label, values in series
    ]
