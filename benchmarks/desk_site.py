"""A site with many translations as editors find it after some time, for benchmarks of the desk."""

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from loading import copy_in, paper_of, settle
from papers_generator import papers

BLOCK = 5000
STATUSES = (("published", 78), ("held", 9), ("ready", 5), ("reviewed", 6), ("unpublished", 2))
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
TITLES = (
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
)


def fill(count: int) -> None:
    """Store `count` translations with all that belongs to them, and make the queue's entries."""
    from django.db import transaction
    from django.utils import timezone

    from apps.review.models import QueueEntry
    from apps.review.queue.index import refresh_entries

    now = timezone.now()
    started = time.perf_counter()
    chance = random.Random(count)
    block: list[dict[str, Any]] = []
    stored = 0
    for record in papers(count):
        block.append(record)
        if len(block) == BLOCK or stored + len(block) == count:
            stored += store(block, stored + 1, now, chance)
            block = []
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


def store(records: list[dict[str, Any]], first: int, now: Any, chance: random.Random) -> int:
    """COPY in a block of papers whose keys begin with `first`; return how many."""
    from django.conf import settings

    from apps.discovery.models import Score

    papers_of_block = []
    for key, record in enumerate(records, first):
        paper = paper_of(record, key)
        # Most of the queue is of the last half year, and much of it of this week.
        paper.submitted_at = now - timedelta(hours=24 * 180 * chance.random() ** 2)
        papers_of_block.append(paper)
    copy_in(papers_of_block)
    translations = [translation_of(paper, now, chance) for paper in papers_of_block]
    copy_in(translations)
    copy_in(segment for item in translations for segment in segments_of(item, now, chance))
    findings = [finding for item in translations for finding in findings_of(item, now, chance)]
    copy_in(findings)
    copy_in(
        Score(
            paper=paper,
            formula=settings.SCORE_FORMULA,
            value=min(100.0, max(0.0, chance.gauss(28, 12))),
            components=[],
            scored_at=now,
        )
        for paper in papers_of_block
        if chance.random() < 0.98
    )
    return len(papers_of_block)


def translation_of(paper: Any, now: Any, chance: random.Random) -> Any:
    """Return a translation in some status; one in fifty is of an older text of the paper."""
    from apps.translation.models import Translation

    names, weights = zip(*STATUSES, strict=True)
    (status,) = chance.choices(names, weights)
    is_public = status in ("published", "reviewed")
    moment = paper.submitted_at + timedelta(hours=30)
    return Translation(
        id=paper.pk,
        paper=paper,
        language="ja",
        version=1,
        source_fingerprint="older" if chance.random() < 0.02 else paper.text_fingerprint,
        status=status,
        title="の".join(chance.choices(TITLES, k=6)) + f"に関する研究{paper.pk}",
        abstract="これを調べた。" * 8,
        summary="要約である。",
        created_at=moment,
        updated_at=moment,
        published_at=min(moment, now) if is_public else None,
    )


def segments_of(translation: Any, now: Any, chance: random.Random) -> Iterator[Any]:
    """Give out a title and seven sentences; those of reviewed translations are approved."""
    from apps.translation.models import Segment

    engine = chance.choice(ENGINES)
    is_approved = translation.status == "reviewed"
    for place in range(8):
        written = f"これは第{place}の文であり、{chance.choice(TITLES)}について述べている。"
        is_changed = is_approved and chance.random() < 0.25
        yield Segment(
            translation_id=translation.pk,
            field="title" if place == 0 else "abstract",
            position=max(place - 1, 0),
            source=f"Sentence {place} says something about the effect that we have studied.",
            source_hash=f"{translation.pk}-{place}",
            state="done",
            machine_text=written,
            text=written.replace("述べて", "論じて") if is_changed else written,
            origin="person" if is_changed else "machine",
            engine="" if is_changed else engine,
            engine_version="1",
            claimable_at=translation.created_at,
            translated_at=translation.created_at,
            approved_at=min(translation.created_at, now) if is_approved else None,
        )


def findings_of(translation: Any, now: Any, chance: random.Random) -> Iterator[Any]:
    """Give out findings: held translations have a blocking one, many others have small ones."""
    from apps.translation.models import Finding

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


def days_and_decisions(now: Any) -> None:
    """Count the listed days, and add the decisions and claims that editors would have made."""
    from django.contrib.auth.models import User
    from django.db import connection

    from apps.review.models import Claim, Decision
    from apps.translation.models import Translation

    editors = [
        User.objects.create(username=name, is_staff=True, is_superuser=True)
        for name in ("editor", "other")
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO review_listedday (language, day, category, papers)
            SELECT 'ja', (submitted_at AT TIME ZONE 'UTC')::date, category, count(*)
            FROM papers_paper, unnest(array_append(categories, ''::varchar)) AS category
            GROUP BY 2, 3
            """
        )
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
            decided_at=published_at,
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
