"""The stages of public: public records and exports."""

from celery.schedules import crontab
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.core.stages import Queue, Rows, Scope, Stage
from apps.public.exports.write.run import is_due
from apps.public.models import ExportRun, ExportStatus
from apps.public.records.ledger import records_to_delete, translations_to_record
from apps.translation.models import Translation


def _exports(scope: Scope) -> list[Rows]:
    # A failed export waits for its next attempt, so it is not work for now.
    return [
        ExportRun.objects.unfinished().filter(status=ExportStatus.RUNNING),
        int(is_due(now=scope.now, full_days=settings.EXPORTS_FULL_DAYS)),
    ]


STAGES = (
    Stage(
        name="record",
        label=_("public records"),
        task="public.record",
        reads="published translations whose public record is missing or out of date, "
        "and records of which nothing is public any more",
        writes="`PublicRecord`",
        everything=crontab(hour="5", minute="0"),
        pending=lambda scope: [
            translations_to_record(scope.changed_since),
            records_to_delete(scope.changed_since),
        ],
        total=lambda scope: [
            Translation.objects.published(),
            records_to_delete(scope.changed_since),
        ],
    ),
    # The weekly full export or the daily increment: the task decides which is due.
    Stage(
        name="export",
        label=_("exports"),
        task="public.start_export",
        reads="whether a full export or an increment is due",
        writes="`ExportRun`; then, file by file, `ExportPart`",
        interval=crontab(hour="2", minute="20"),
        expires=3600,
        queue=Queue.EXPORTS,
        pending=_exports,
        total=lambda scope: [ExportRun.objects.complete(), *_exports(scope)],
    ),
    Stage(
        name="resume exports",
        label=_("resume interrupted exports"),
        task="public.resume_exports",
        reads="unfinished exports that wrote no file for ten minutes",
        writes="the files that each lacks",
        interval=600.0,
        queue=Queue.EXPORTS,
    ),
)
