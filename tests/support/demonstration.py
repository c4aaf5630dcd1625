"""The demonstration of seeds/, brought to publication by the pipeline's own stages."""

from django.core.management import call_command

from apps.discovery.tasks import (
    embed_pending,
    index_authors_pending,
    index_pending,
    rank_pending,
    relate_pending,
    score_pending,
)
from apps.review.tasks import publish_pending, queue_pending
from apps.translation.tasks import finish_translations, open_pending, translate_segments

STAGES = (
    open_pending,
    translate_segments,
    finish_translations,
    embed_pending,
    relate_pending,
    index_authors_pending,
    score_pending,
    publish_pending,
    index_pending,
    rank_pending,
    queue_pending,
)


def publish_demonstration() -> None:
    """Harvest seeds/, fill the memory, and run every stage once, as workers would."""
    call_command("seed", verbosity=0)
    for stage in STAGES:
        stage()
