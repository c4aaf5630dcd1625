"""A site with many translations as editors find it after some time, for benchmarks of the desk."""

import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from apps.papers.models import Paper
from apps.review.models import Claim, Decision, QueueEntry
from apps.review.queue.index import refresh_entries
from apps.translation.models import Finding, Segment, Translation
from benchmarks.scaffold.made_papers import papers as made_papers
from benchmarks.scaffold.rows import (
    copy_in,
    papers_of,
    score_of,
    segments_of,
    settle,
    translation_of,
)
from benchmarks.sites.published import BLOCK, blocks_of, count_days

STATUSES = {"published": 78, "held": 9, "ready": 5, "reviewed": 6, "unpublished": 2}
CHECKS = (
    ("terms", "warning", 9),
    ("style", "warning", 7),
    ("punctuation", "notice", 6),
    ("title_form", "warning", 5),
    ("negation", "warning", 3),
    ("brackets", "warning", 2),
    ("list_markers", "warning", 2),
    ("length", "warning", 1),
)
BLOCKING = ("numbers", "acronyms", "math", "leftover_english", "terms", "repetition", "ending")
ENGINES = ("bergamot", "openai", "memory")
TITLES = [
    "学習",
    "言語",
    "推論",
    "量子",
    "格子",
    "最適化",
    "生成",
    "評価",
    "構造",
    "予測",
    "理論",
    "画像",
]


def fill(count: int) -> None:
    """Store `count` translations with all that belongs to them, and make the queue's entries."""
    now = timezone.now()
    started = time.perf_counter()
    chance = random.Random(count)
    stored = 0
    for block in blocks_of(made_papers(count)):
        stored += store(block, stored + 1, now, chance)
    days_and_decisions(now)
    settle()
    filled = time.perf_counter()
    for key in range(1, stored + 1, BLOCK):
        with transaction.atomic():
            refresh_entries(range(key, key + BLOCK), now=now)
    entries = QueueEntry.objects.count()
    settle()
    print(
        f"{stored:,} translations stored in {filled - started:.0f} s; {entries:,} entries of the "
        f"queue made in {time.perf_counter() - filled:.0f} s"
    )


def store(records: list[dict[str, Any]], first: int, now: datetime, chance: random.Random) -> int:
    """COPY in a block of papers whose keys begin with `first`; return how many."""
    papers = papers_of(records, first)
    for paper in papers:
        # Most of the queue is of the last half year, and much of it of this week.
        paper.submitted_at = now - timedelta(hours=24 * 180 * chance.random() ** 2)
    copy_in(papers)
    translations = [in_some_status(paper, now, chance) for paper in papers]
    copy_in(translations)
    copy_in(segment for item in translations for segment in sentences_of(item, now, chance))
    copy_in(finding for item in translations for finding in findings_of(item, now, chance))
    copy_in(score_of(paper.pk, chance.gauss(28, 12)) for paper in papers if chance.random() < 0.98)
    return len(papers)


def in_some_status(paper: Paper, now: datetime, chance: random.Random) -> Translation:
    """Return a translation in some status; one in fifty is of an older text of the paper."""
    (status,) = chance.choices(list(STATUSES), list(STATUSES.values()))
    moment = paper.submitted_at + timedelta(hours=30)
    translation = translation_of(
        paper,
        "の".join(chance.choices(TITLES, k=6)) + f"に関する研究{paper.pk}",
        "これを調べた。" * 8,
        status=status,
        created_at=moment,
        updated_at=moment,
        published_at=min(moment, now) if status in ("published", "reviewed") else None,
    )
    if chance.random() < 0.02:
        translation.source_fingerprint = "older"
    return translation


def sentences_of(
    translation: Translation, now: datetime, chance: random.Random
) -> Iterator[Segment]:
    """Give out a title and seven sentences; those of reviewed translations are approved."""
    moment = translation.created_at
    is_approved = translation.status == "reviewed"
    pairs = [
        (
            f"Sentence {place} says something about the effect that we have studied.",
            f"これは第{place}の文であり、{chance.choice(TITLES)}について述べている。",
        )
        for place in range(8)
    ]
    for segment in segments_of(
        translation.pk,
        pairs,
        engine=chance.choice(ENGINES),
        claimable_at=moment,
        translated_at=moment,
        approved_at=min(moment, now) if is_approved else None,
    ):
        if is_approved and chance.random() < 0.25:
            segment.text = segment.text.replace("述べて", "論じて")
            segment.origin, segment.engine = "person", ""
        yield segment


def findings_of(translation: Any, now: Any, chance: random.Random) -> Iterator[Any]:
    """Give out findings: held translations have a blocking one, many others have small ones."""
    found = [(name, severity) for name, severity, share in CHECKS if chance.random() < share / 100]
    if translation.status == "held":
        found += [(name, "blocking") for name in chance.choices(BLOCKING, k=chance.randint(1, 2))]
    if translation.status == "reviewed":
        found = []
    for name, severity in found:
        yield Finding(
            translation_id=translation.pk,
            name=name,
            severity=severity,
            message_ja="検出した。",
            message_en="Found.",
            found_at=now,
        )


def days_and_decisions(now: datetime) -> None:
    """Count the listed days, and add the decisions and claims that editors would have made."""
    editors = [
        User.objects.create(username=name, is_staff=True, is_superuser=True)
        for name in ("editor", "other")
    ]
    count_days()
    public = Translation.objects.published()
    copy_in(
        Decision(
            translation_id=key,
            kind="approve" if status == "reviewed" else "publish",
            status_before="ready",
            status_after=status,
            detail={"approved": [{"segment": key, "dismissed": ["style"]}]}
            if status == "reviewed"
            else {},
            decided_at=published_at or now,
        )
        for key, status, published_at in public.values_list("pk", "status", "published_at")
    )
    held = Translation.objects.filter(status="held").order_by("-pk").values_list("pk", flat=True)
    for place, key in enumerate(held[:40]):
        Claim.objects.create(
            translation_id=key,
            editor=editors[place % 2],
            claimed_at=now,
            expires_at=now + timedelta(days=1),
        )
