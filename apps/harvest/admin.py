"""Harvest runs in the admin: what came, what went wrong, start and resume."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.harvest import daily, services
from apps.harvest.models import HarvestRun, RunStatus
from apps.harvest.tasks import hand_over


@admin.register(HarvestRun)
class HarvestRunAdmin(admin.ModelAdmin):
    """Read-only, but for the actions."""

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
    actions = ("start_daily", "resume", "stop")
    exclude = ("errors",)

    def get_readonly_fields(self, request: HttpRequest, obj: HarvestRun | None = None) -> list[str]:
        """Show every field, none to be edited."""
        fields = [field.name for field in HarvestRun._meta.fields if field.name != "errors"]
        return [*fields, "all_errors"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Runs begin with an action, a command or the schedule."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: HarvestRun | None = None) -> bool:
        """Runs are a record of what happened; the next daily run begins where the last ended."""
        return False

    @admin.display(description=_("last message"))
    def last_error(self, run: HarvestRun) -> str:
        """The newest message, shortened."""
        message = run.errors[-1]["message"] if run.errors else ""
        return message if len(message) <= 120 else f"{message[:119]}…"

    @admin.display(description=_("messages"))
    def all_errors(self, run: HarvestRun) -> SafeString:
        """Every message that is kept, the newest first."""
        rows = ((entry["at"], entry["what"], entry["message"]) for entry in reversed(run.errors))
        return format_html_join("", "<p><small>{} {}</small><br>{}</p>", rows)

    @admin.action(description=_("Start the daily harvest now"), permissions=["change"])
    def start_daily(self, request: HttpRequest, queryset: QuerySet[HarvestRun]) -> None:
        """Start the daily runs, whatever is selected."""
        if not settings.HARVEST_SETS:
            self.message_user(request, _("HARVEST_SETS names no set."), messages.WARNING)
            return
        runs = daily.start_daily_runs(settings.HARVEST_SETS, timezone.now())
        for run in runs:
            hand_over(run.pk)
        self._say(request, len(runs), ngettext("%d run started.", "%d runs started.", len(runs)))

    @admin.action(description=_("Resume"), permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[HarvestRun]) -> None:
        """Hand the selected runs to a worker, unless they are complete."""
        runs = list(queryset.exclude(status=RunStatus.COMPLETE))
        for run in runs:
            services.resume_run(run.pk, timezone.now())
            hand_over(run.pk)
        count = len(runs)
        self._say(request, count, ngettext("%d run resumed.", "%d runs resumed.", count))

    @admin.action(description=_("Stop"), permissions=["change"])
    def stop(self, request: HttpRequest, queryset: QuerySet[HarvestRun]) -> None:
        """Stop the selected runs that are running."""
        runs = [services.stop_run(run.pk, timezone.now()) for run in queryset]
        count = sum(run.status == RunStatus.STOPPED for run in runs)
        self._say(request, count, ngettext("%d run stopped.", "%d runs stopped.", count))

    def _say(self, request: HttpRequest, count: int, text: str) -> None:
        self.message_user(request, text % count, messages.SUCCESS if count else messages.WARNING)

    def get_actions(self, request: HttpRequest) -> Any:
        """No bulk deletion either."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
