"""Content versions of the site and of a paper: the keys by which pages are cached.

A content version is computed from the database, so no code that changes a text has to invalidate
anything: after a change the version differs and cached pages of the old one are no longer used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Model

from apps.discovery.models import (
    Embedding,
    OutsideSignal,
    RelatedChoice,
    RelatedPaper,
    Score,
    ScoreRank,
    TrendReport,
)
from apps.papers.models import Paper, PaperVersion
from apps.public.models import Notice
from apps.translation.models import Segment, Translation
from apps.translation.status import PUBLIC

UNSETTLED = timedelta(minutes=2)
"""How long after the latest change others with an earlier time may still become visible.

A change carries the start time of its transaction; no transaction that changes pages is longer."""
SLOT = timedelta(seconds=10)
"""How long a content version lasts while the site is unsettled."""


@dataclass(frozen=True, slots=True)
class ContentVersion:
    """name: differs whenever the content differs. changed_at: the latest change."""

    name: str
    changed_at: datetime


def content_version_of_site(now: datetime) -> ContentVersion:
    """Return the content version of the whole site, for lists and search. One query.

    The query reads only the ends of indexes. Trend reports take long to compute, so the latest is
    identified by its key instead of its time.

    Args:
        now: The current time.

    Returns:
        The content version.
    """
    statement = f"""
        SELECT greatest(
            (SELECT max(updated_at) FROM {_table(Translation)}),
            (SELECT max(changed_at) FROM {_table(Paper)}),
            (SELECT max(scored_at) FROM {_table(Score)}),
            report.computed_at,
            (SELECT max(created_at) FROM {_table(Notice)})
        ), coalesce(report.id, 0)
        FROM (SELECT 1) AS always
        LEFT JOIN (
            SELECT id, computed_at FROM {_table(TrendReport)} ORDER BY id DESC LIMIT 1
        ) AS report ON TRUE
    """
    with connection.cursor() as cursor:
        cursor.execute(statement)
        latest, report = cursor.fetchone()
    changed_at = settings.RELEASED_AT if latest is None else max(latest, settings.RELEASED_AT)
    if now - changed_at >= UNSETTLED:
        return ContentVersion(f"{changed_at.timestamp():.6f} {report}", changed_at)
    slot = now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % SLOT
    name = f"{changed_at.timestamp():.6f} {report} {slot.timestamp():.0f}"
    return ContentVersion(name, max(changed_at, slot))


def content_version_of_paper(arxiv_id: str, language: str) -> ContentVersion | None:
    """Return the content version of a paper's page. One query that reads only the rows on it.

    It hashes PostgreSQL's row versions (`xmin`), those of related papers included, so that every
    change counts.

    Args:
        arxiv_id: The identifier without version.
        language: The language of the translation.

    Returns:
        The content version, or None if the paper has no published translation.
    """
    statement = f"""
        SELECT md5(concat_ws(' ', translation.xmin, paper.xmin,
                {_rows(Segment, "translation_id = translation.id")},
                {_rows(PaperVersion, "paper_id = paper.id")},
                {_rows(Score, "paper_id = paper.id")},
                {_rows(RelatedChoice, "paper_id = paper.id")},
                {_rows(OutsideSignal, "paper_id = paper.id")},
                (SELECT string_agg(concat_ws(' ', rank.score_id, rank.xmin), ',' ORDER BY score_id)
                 FROM {_table(Score)} AS score JOIN {_table(ScoreRank)} AS rank
                 ON rank.score_id = score.id WHERE score.paper_id = paper.id),
                others.versions,
                (SELECT max(id) FROM {_table(Notice)})
            )),
            greatest(
                translation.updated_at, paper.changed_at, others.changed_at, embedding.related_at,
                (SELECT max(scored_at) FROM {_table(Score)} WHERE paper_id = paper.id),
                (SELECT max(created_at) FROM {_table(Notice)})
            )
        FROM {_table(Translation)} AS translation
        JOIN {_table(Paper)} AS paper ON paper.id = translation.paper_id
        LEFT JOIN {_table(Embedding)} AS embedding ON embedding.paper_id = paper.id,
        LATERAL (
            SELECT string_agg(concat_ws(
                       ' ', other.id, other.xmin, theirs.xmin, score.xmin, listed.xmin
                   ), ',' ORDER BY other.id, theirs.id, score.id) AS versions,
                   greatest(
                       max(other.changed_at), max(theirs.updated_at), max(score.scored_at)
                   ) AS changed_at
            FROM (
                SELECT other_id, xmin FROM {_table(RelatedPaper)} WHERE paper_id = paper.id
                UNION ALL
                SELECT other_id, xmin FROM {_table(RelatedChoice)} WHERE paper_id = paper.id
            ) AS listed
            JOIN {_table(Paper)} AS other ON other.id = listed.other_id
            LEFT JOIN {_table(Translation)} AS theirs
            ON theirs.paper_id = other.id AND theirs.language = translation.language
            LEFT JOIN {_table(Score)} AS score ON score.paper_id = other.id
        ) AS others
        WHERE paper.arxiv_id = %s AND translation.language = %s AND translation.status = ANY(%s)
    """
    statuses = sorted(PUBLIC)
    with connection.cursor() as cursor:
        cursor.execute(statement, [arxiv_id, language, statuses])
        found = cursor.fetchone()
    if found is None:
        return None
    name, changed_at = found
    return ContentVersion(name, max(changed_at, settings.RELEASED_AT))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _rows(model: type[Model], condition: str) -> str:
    return (
        f"(SELECT string_agg(concat_ws(' ', id, xmin), ',' ORDER BY id) "
        f"FROM {_table(model)} WHERE {condition})"
    )
