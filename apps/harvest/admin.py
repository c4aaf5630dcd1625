"""Harvest runs in the admin: counts and errors, with start, resume and stop."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.harvest.forms import StartForm
from apps.harvest.models import HarvestRun, RunStatus
from apps.harvest.runs import schedule, service
from apps.harvest.tasks import enqueue_run


@admin.register(HarvestRun)
class HarvestRunAdmin(admin.ModelAdmin):
    """Read-only fields with buttons and actions."""

    change_list_template = "admin/harvest/harvestrun/change_list.html"
    change_form_template = "admin/harvest/harvestrun/change_form.html"
    list_display = (
        "__str__",
        "status",
        "set_spec",
        "from_date",
        "until_date",
        "pages",
        "seen",
        "created",
        "changed",
        "unchanged",
        "rejected",
        "last_error",
        "touched_at",
    )
    list_filter = ("status", "kind", "set_spec")
    date_hierarchy = "started_at"
    actions = ("resume", "stop")
    exclude = ("errors",)

    def get_readonly_fields(self, request: HttpRequest, obj: HarvestRun | None = None) -> list[str]:
        fields = [field.name for field in HarvestRun._meta.fields if field.name != "errors"]
        return [*fields, "all_errors"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: HarvestRun | None = None) -> bool:
        # The next daily run begins where the last recorded run ended.
        return False

    @admin.display(description=_("last message"))
    def last_error(self, run: HarvestRun) -> str:
        message = run.errors[-1]["message"] if run.errors else ""
        return message if len(message) <= 120 else f"{message[:119]}…"

    @admin.display(description=_("messages"))
    def all_errors(self, run: HarvestRun) -> SafeString:
        rows = ((entry["at"], entry["what"], entry["message"]) for entry in reversed(run.errors))
        return format_html_join("", "<p><small>{} {}</small><br>{}</p>", rows)

    @admin.action(description=_("Resume"), permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[HarvestRun]) -> None:
        """Send the selected runs to a worker, except complete ones."""
        runs = list(queryset.exclude(status=RunStatus.COMPLETE))
        for run in runs:
            service.resume_run(run.pk, timezone.now())
            enqueue_run(run.pk)
        count = len(runs)
        self._report_count(request, count, ngettext("%d run resumed.", "%d runs resumed.", count))

    @admin.action(description=_("Stop"), permissions=["change"])
    def stop(self, request: HttpRequest, queryset: QuerySet[HarvestRun]) -> None:
        runs = [service.stop_run(run.pk, timezone.now()) for run in queryset]
        count = sum(run.status == RunStatus.STOPPED for run in runs)
        self._report_count(request, count, ngettext("%d run stopped.", "%d runs stopped.", count))

    def _report_count(self, request: HttpRequest, count: int, text: str) -> None:
        self.message_user(request, text % count, messages.SUCCESS if count else messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("start/", view(self.start_view), name="harvest_harvestrun_start"),
            path("daily/", view(self.daily_view), name="harvest_harvestrun_daily"),
            path("<int:key>/resume/", view(self.resume_view), name="harvest_harvestrun_resume"),
            path("<int:key>/stop/", view(self.stop_view), name="harvest_harvestrun_stop"),
            *super().get_urls(),
        ]

    def start_view(self, request: HttpRequest) -> HttpResponse:
        """Show the form for a harvest, or start the harvest of a valid form."""
        self._require_change(request)
        form = StartForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            run = form.start(timezone.now())
            enqueue_run(run.pk)
            self._report_count(request, 1, ngettext("%d run started.", "%d runs started.", 1))
            return HttpResponseRedirect(reverse("admin:harvest_harvestrun_change", args=[run.pk]))
        context = self.admin_site.each_context(request) | {
            "form": form,
            "opts": self.opts,
            "title": gettext("Start a harvest"),
        }
        return TemplateResponse(request, "admin/harvest/harvestrun/start.html", context)

    def daily_view(self, request: HttpRequest) -> HttpResponse:
        self._require_change(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if settings.HARVEST_SETS:
            runs = schedule.start_daily_runs(settings.HARVEST_SETS, timezone.now())
            for run in runs:
                enqueue_run(run.pk)
            count = len(runs)
            self._report_count(
                request, count, ngettext("%d run started.", "%d runs started.", count)
            )
        else:
            self.message_user(request, _("No set is configured in HARVEST_SETS."), messages.WARNING)
        return HttpResponseRedirect(reverse("admin:harvest_harvestrun_changelist"))

    def resume_view(self, request: HttpRequest, key: int) -> HttpResponse:
        return self._apply_to_one(request, key, self.resume)

    def stop_view(self, request: HttpRequest, key: int) -> HttpResponse:
        return self._apply_to_one(request, key, self.stop)

    def _apply_to_one(self, request: HttpRequest, key: int, action: Any) -> HttpResponse:
        self._require_change(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        run = get_object_or_404(HarvestRun, pk=key)
        action(request, HarvestRun.objects.filter(pk=run.pk))
        return HttpResponseRedirect(reverse("admin:harvest_harvestrun_change", args=[run.pk]))

    def _require_change(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied
