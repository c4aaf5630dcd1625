"""The stages of harvest: what workers do to collect papers."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from apps.core.stages import Queue, Stage

STAGES = (
    Stage(
        name="harvest",
        label=_("daily harvest"),
        task="harvest.harvest_daily",
        reads="sets of `HARVEST_SETS` without an unfinished run",
        writes="`HarvestRun`; then, page by page, `Paper`, `PaperVersion`, `PaperChange`",
        interval=crontab(hour="1,5", minute="15"),
        expires=3600,
        queue=Queue.HARVEST,
    ),
    Stage(
        name="resume harvests",
        label=_("resume interrupted harvests"),
        task="harvest.resume_runs",
        reads="unfinished runs that stored no page for ten minutes",
        writes="the pages behind the cursor of each run",
        interval=300.0,
        queue=Queue.HARVEST,
    ),
)
