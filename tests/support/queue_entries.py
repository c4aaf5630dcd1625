"""Translations with queue entries, stored directly."""

import itertools
from datetime import timedelta
from typing import Any

from lxml import html

from apps.review.models import QueueEntry, QueueTitle
from apps.review.queue.index import refresh_batch
from apps.review.queue.title_search import title_words
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW, build_paper

_priorities = itertools.count(1)


def build_entry(*, title: str = "題名", days: int = 0, **fields: Any) -> QueueEntry:
    """Store a translation and its entry, submitted `days` ago; the newest is the riskiest."""
    paper = build_paper(submitted_at=NOW - timedelta(days=days))
    status = fields.pop("status", TranslationStatus.HELD)
    translation = Translation.objects.create(
        paper=paper,
        language="ja",
        version=1,
        source_fingerprint=paper.text_fingerprint,
        status=status,
        title=title,
        created_at=NOW,
        updated_at=NOW,
    )
    blocking, others = fields.pop("blocking", []), fields.pop("others", [])
    defaults: dict[str, Any] = {
        "language": "ja",
        "category": "cs.CL",
        "categories": ["cs.CL"],
        "engines": ["bergamot"],
        "is_stale": False,
        "priority": float(next(_priorities)),
    }
    entry = QueueEntry.objects.create(
        translation=translation,
        day=paper.submitted_at.date(),
        status=status,
        blocking=blocking,
        others=others,
        blocking_count=len(blocking),
        other_count=len(others),
        translation_updated_at=translation.updated_at,
        paper_changed_at=paper.changed_at,
        **defaults | fields,
    )
    QueueTitle.objects.create(entry=entry, words=title_words(title, paper.title, paper.arxiv_id))
    return entry


def page(response: Any) -> Any:
    """Return the parsed page of a response."""
    assert response.status_code == 200, response.content
    return html.fromstring(response.content.decode())


def refresh() -> int:
    """Update the queue and return the number of changed entries."""
    done = 0
    while found := refresh_batch(changed_since=None, now=NOW, limit=10):
        done += found
    return done
