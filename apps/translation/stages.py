"""The stages of translation: from a paper to a checked translation."""

from celery.schedules import crontab
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.stages import Queue, Scope, Stage
from apps.papers.models import Paper
from apps.translation.models import Segment, SegmentState, Translation
from apps.translation.pipeline.open import without_translation
from apps.translation.pipeline.sum_up import finished_translations, without_model_summary
from apps.translation.status import TranslationStatus
from apps.translation.summarisers import summariser


def _without_summary(scope: Scope) -> list[QuerySet]:
    configured = summariser()
    return [] if configured is None else [without_model_summary(configured.version)]


STAGES = (
    Stage(
        name="open",
        label=_("open translations"),
        task="translation.open_translations",
        reads="papers whose text has no translation",
        writes="`Translation`, one `Segment` for each sentence",
        everything=crontab(hour="3", minute="40"),
        pending=lambda scope: [
            without_translation(language, scope.changed_since)
            for language in settings.TARGET_LANGUAGES
        ],
        total=lambda scope: [
            Paper.objects.not_withdrawn().changed_since(scope.changed_since)
            for _language in settings.TARGET_LANGUAGES
        ],
    ),
    Stage(
        name="translate",
        label=_("translate sentences"),
        task="translation.translate_segments",
        reads="claimable segments of any paper",
        writes="text, origin, engine and its version",
        queue=Queue.ENGINES,
        # A sentence that waits for an engine counts as done: no worker can translate it.
        pending=lambda scope: [Segment.objects.filter(state=SegmentState.PENDING)],
        total=lambda scope: [Segment.objects.all()],
    ),
    Stage(
        name="retry",
        label=_("retry sentences that had no engine"),
        task="translation.retry_waiting",
        reads="segments that wait for an engine",
        writes="their state: claimable again",
        interval=3600.0,
    ),
    Stage(
        name="check and sum up",
        label=_("check and sum up"),
        task="translation.finish_translations",
        reads="translations with no open segment",
        writes="`Finding`, summary, status",
        pending=lambda scope: [Translation.objects.machine_done()],
        total=lambda scope: [Translation.objects.exclude(status=TranslationStatus.SUPERSEDED)],
    ),
    Stage(
        name="summarise",
        label=_("summaries by a model"),
        task="translation.sum_up",
        reads="checked translations that the summariser of the settings has not seen",
        writes="summary, its origin or why it was refused",
        queue=Queue.ENGINES,
        pending=_without_summary,
        total=lambda scope: [finished_translations()] if summariser() else [],
    ),
)
