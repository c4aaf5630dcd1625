"""The stages of review: what is published without a person, and what needs one."""

from celery.schedules import crontab
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.stages import Scope, Stage
from apps.review.models import QueueEntry
from apps.review.queue.index import to_refresh
from apps.translation.models import Translation
from apps.translation.status import PUBLIC, TranslationStatus


def _ready(scope: Scope) -> list[QuerySet]:
    # If the policy holds everything, a ready translation waits for an editor.
    is_clean = settings.PUBLISH_POLICY == "clean"
    return [Translation.objects.filter(status=TranslationStatus.READY)] if is_clean else []


STAGES = (
    Stage(
        name="publish",
        label=_("publish clean translations"),
        task="review.publish_ready",
        reads="ready translations, where the policy allows",
        writes="status, `Decision`, `ListedDay`, `DueRank`",
        pending=_ready,
        total=lambda scope: [
            Translation.objects.filter(status__in=sorted(PUBLIC)),
            *_ready(scope),
        ],
        before=("index", "rank"),
    ),
    Stage(
        name="recount withdrawals",
        label=_("counts of days with withdrawn papers"),
        task="review.recount_withdrawals",
        reads="papers withdrawn or restored in the last two hours",
        writes="`ListedDay`",
        interval=600.0,
    ),
    Stage(
        name="queue",
        label=_("review queue"),
        task="review.queue",
        reads="translations whose entry is missing, out of date or no longer wanted",
        writes="`QueueEntry`",
        everything=crontab(hour="4", minute="50"),
        pending=lambda scope: [to_refresh(scope.changed_since)],
        total=lambda scope: [QueueEntry.objects.all(), to_refresh(scope.changed_since)],
    ),
    Stage(
        name="forget senders",
        label=_("forget who sent corrections"),
        task="review.forget_senders",
        reads="corrections older than `SUGGESTION_SENDER_DAYS` that still have a sender",
        writes="their sender: empty",
        interval=3600.0,
    ),
)
