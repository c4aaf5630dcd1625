"""Author names that begin with a prefix, read from the author index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Model

from apps.core.keyset import Page
from apps.discovery.models import AuthorPaper
from apps.papers.models import Paper
from apps.text.arxiv.author_key import author_key
from apps.translation.models import Translation
from apps.translation.status import PUBLIC


@dataclass(frozen=True, slots=True)
class AuthorName:
    """An author name. name: as printed on the newest paper."""

    key: str
    name: str
    newest: datetime


def names_with_prefix(
    prefix: str, language: str, *, after: str | None, limit: int
) -> Page[AuthorName]:
    """Return author names whose keys begin with a prefix, sorted by key. One query.

    Args:
        prefix: The beginning of an author key.
        language: The language of the translations.
        after: Only keys after this one; None for all.
        limit: The number of keys to examine. Keys without a listed paper are skipped, so a page
            may hold fewer names although more follow.

    Returns:
        The names, and the position of the next page.
    """
    # Collation "C" keeps keys with a common prefix together and uses the index in this order.
    statement = f"""
        WITH RECURSIVE keys (author_key, number) AS (
            (SELECT author_key COLLATE "C", 1 FROM {_table(AuthorPaper)}
             WHERE author_key COLLATE "C" >= %(first)s
               AND (%(after)s::text IS NULL OR author_key COLLATE "C" > %(after)s)
             ORDER BY author_key COLLATE "C" LIMIT 1)
            UNION ALL
            SELECT following.author_key, keys.number + 1
            FROM keys CROSS JOIN LATERAL (
                SELECT author_key COLLATE "C" AS author_key FROM {_table(AuthorPaper)} AS each
                WHERE each.author_key COLLATE "C" > keys.author_key
                ORDER BY each.author_key COLLATE "C" LIMIT 1
            ) AS following
            WHERE keys.number <= %(limit)s AND starts_with(keys.author_key, %(prefix)s)
        )
        SELECT keys.author_key, newest.submitted_at, newest.name
        FROM keys LEFT JOIN LATERAL (
            SELECT stands.submitted_at,
                   paper.authors -> stands.position::integer ->> 'name' AS name
            FROM {_table(AuthorPaper)} AS stands
            JOIN {_table(Paper)} AS paper
            ON paper.id = stands.paper_id AND paper.withdrawn_at IS NULL
            JOIN {_table(Translation)} AS translation
            ON translation.paper_id = paper.id AND translation.language = %(language)s
               AND translation.status = ANY(%(public)s)
            WHERE stands.author_key = keys.author_key
            ORDER BY stands.submitted_at DESC, stands.paper_id DESC LIMIT 1
        ) AS newest ON keys.number <= %(limit)s
        WHERE starts_with(keys.author_key, %(prefix)s)
        ORDER BY keys.number
    """
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "prefix": prefix,
                "first": max(prefix, after or ""),
                "after": after,
                "limit": limit,
                "language": language,
                "public": sorted(PUBLIC),
            },
        )
        rows = cursor.fetchall()
    names = [
        AuthorName(key, _printed(name, key), newest)
        for key, newest, name in rows[:limit]
        if newest is not None
    ]
    return Page(names, (rows[limit - 1][0],) if len(rows) > limit else None)


def _printed(name: str | None, key: str) -> str:
    """Return the printed name, or its key if the author list has changed since indexing."""
    return name if name and author_key(name) == key else key


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
