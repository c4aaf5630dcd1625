"""Papers as a harvest stores them, for the tests of several rooms."""

import hashlib
import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from apps.papers.models import Paper
from apps.papers.records import SourceFormat

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def build_paper(**fields: Any) -> Paper:
    """Store a paper with a new identifier; `fields` replace the defaults."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "arxiv_id": f"2603.{number:05d}",
        "source_format": SourceFormat.ARXIV_RAW,
        "latest_version": 1,
        "title": f"A study of effect {number}",
        "abstract": "We study an effect. It is large. It holds in 3 of 4 cases.",
        "authors": [{"name": "Ada Example", "affiliations": []}],
        "categories": ["cs.CL"],
        "primary_category": "cs.CL",
        "submitted_at": NOW - timedelta(hours=number % 20),
        "revised_at": NOW - timedelta(hours=number % 20),
        "harvested_at": NOW,
        "changed_at": NOW,
    }
    defaults |= fields
    defaults.setdefault("text_fingerprint", fingerprint(defaults["title"], defaults["abstract"]))
    defaults.setdefault("record_fingerprint", defaults["text_fingerprint"])
    return Paper.objects.create(**defaults)


def fingerprint(title: str, abstract: str) -> str:
    """Return a fingerprint that differs between texts."""
    return hashlib.blake2b(f"{title}\0{abstract}".encode(), digest_size=16).hexdigest()
