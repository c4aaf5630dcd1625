"""Published translations in the search index."""

from datetime import datetime, timedelta
from typing import Any

from apps.discovery.search.indexing import index_batch, remove_batch
from apps.papers.models import Paper
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW, build_paper


def publish_text(
    title: str = "A study",
    abstract: str = "We study.",
    *,
    ja: str = "研究",
    ja_abstract: str = "研究する。",
    status: str = TranslationStatus.PUBLISHED,
    hours: int = 0,
    **fields: Any,
) -> Translation:
    """Publish a translation, `hours` before now, and return it; `fields` are the paper's."""
    submitted: datetime = fields.pop("submitted_at", NOW - timedelta(hours=hours))
    paper = build_paper(title=title, abstract=abstract, submitted_at=submitted, **fields)
    return translation_of(paper, ja, ja_abstract, status)


def translation_of(
    paper: Paper, title: str, abstract: str, status: str = TranslationStatus.PUBLISHED
) -> Translation:
    """Store the translation of a paper."""
    return Translation.objects.create(
        paper=paper,
        language="ja",
        version=1,
        source_fingerprint=paper.text_fingerprint,
        status=status,
        title=title,
        abstract=abstract,
        created_at=NOW,
        updated_at=NOW,
        published_at=NOW,
    )


def index_all() -> None:
    """Update the index."""
    while remove_batch(changed_since=None) or index_batch(changed_since=None):
        pass
