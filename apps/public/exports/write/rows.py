"""SQL for the rows of papers and translations as JSON lines, versions and sentences included.

PostgreSQL writes JSON several times as fast as Python, and the lines stream into a file. QuerySets
choose the rows; translations come from `Translation.objects.published()`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from apps.papers.models import Paper, PaperVersion
from apps.public.catalogue.licensing import UNSTATED, LicenceRules
from apps.public.exports.schema import PAPER, SEGMENT, TRANSLATION, VERSION, Column
from apps.translation.models import (
    MemoryEntry,
    MemoryOrigin,
    Segment,
    SegmentOrigin,
    TranslationQuerySet,
)
from apps.translation.status import TranslationStatus

_VERSIONS = PaperVersion._meta.db_table
_SEGMENTS, _MEMORY = Segment._meta.db_table, MemoryEntry._meta.db_table

# The order and codes of `apps.public.site.labels.badges_of`.
_BADGES = f"""array_remove(ARRAY[
    CASE WHEN translation.withdrawn_at IS NOT NULL THEN 'withdrawn' END,
    CASE WHEN translation.source_fingerprint <> translation.text_fingerprint THEN 'stale' END,
    CASE WHEN translation.status = '{TranslationStatus.REVIEWED.value}' THEN 'reviewed'
        WHEN sentence.has_machine THEN 'machine'
        WHEN sentence.has_memory THEN 'memory'
        ELSE 'unreviewed' END
], NULL)"""


@dataclass(frozen=True, slots=True)
class Query:
    """A statement with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()


def query_of(queryset: QuerySet) -> Query:
    """Return the statement of a queryset."""
    sql, parameters = queryset.query.sql_with_params()
    return Query(sql, tuple(parameters))


def paper_rows(papers: QuerySet[Paper]) -> Query:
    """Return the statement for a line for each paper, with its versions."""
    stored = [column.name for column in PAPER if column.name not in ("record", "versions")]
    base = query_of(papers.order_by().values("id", *stored))
    versions = f"""
        SELECT coalesce(json_agg(row_to_json(each)), '[]') FROM (
            SELECT {_names(VERSION)} FROM {_VERSIONS} WHERE paper_id = paper.id ORDER BY number
        ) AS each
    """
    sql = f"""
        SELECT (SELECT row_to_json(line) FROM (
            SELECT 'paper' AS record, {", ".join(stored)}, ({versions}) AS versions
        ) AS line)
        FROM ({base.sql}) AS paper ORDER BY paper.id
    """
    return Query(sql, base.parameters)


def translation_rows(
    published: TranslationQuerySet, rules: LicenceRules, *, name_withheld: bool = False
) -> Query:
    """Return the statement for a line for each translation, with its sentences.

    Translations with a sentence that may not be redistributed are left out; with `name_withheld`
    they appear as deleted, for clients that have them from an earlier export.
    """
    derived = {
        "record": "'translation'",
        "badges": _BADGES,
        "licences": "sentence.licences",
        "segments": "sentence.segments",
    }
    stored = [column.name for column in TRANSLATION if column.name not in (*derived, "arxiv_id")]
    base = query_of(
        published.order_by()
        .annotate(
            arxiv_id=F("paper__arxiv_id"),
            withdrawn_at=F("paper__withdrawn_at"),
            text_fingerprint=F("paper__text_fingerprint"),
        )
        .values("id", "arxiv_id", "withdrawn_at", "text_fingerprint", *stored)
    )
    sentences = _sentences(rules)
    columns = ", ".join(
        f"{derived.get(name, f'translation.{name}')} AS {name}"
        for name in (column.name for column in TRANSLATION)
    )
    line = f"(SELECT row_to_json(line) FROM (SELECT {columns}) AS line)"
    if name_withheld:
        gone = _deleted("translation", "updated_at")
        line = f"CASE WHEN sentence.is_withheld THEN {gone} ELSE {line} END"
    sql = f"""
        SELECT {line}
        FROM ({base.sql}) AS translation CROSS JOIN LATERAL ({sentences.sql}) AS sentence
        {"" if name_withheld else "WHERE NOT sentence.is_withheld"}
        ORDER BY translation.id
    """
    return Query(sql, base.parameters + sentences.parameters)


def deleted_rows(gone: QuerySet, moment: str) -> Query:
    """Return the statement for a line for each translation that is no longer public.

    gone: rows with a paper, a language and, in the column `moment`, the time of deletion.
    """
    base = query_of(
        gone.order_by()
        .annotate(arxiv_id=F("paper__arxiv_id"), deleted_at=F(moment))
        .values("id", "arxiv_id", "language", "deleted_at")
    )
    line = _deleted("gone", "deleted_at")
    return Query(f"SELECT {line} FROM ({base.sql}) AS gone ORDER BY gone.id", base.parameters)


def licence_of_sentence(rules: LicenceRules) -> Query:
    """Return the SQL expression for the licence of a row named `segment`."""
    by_engine, parameters = "", []
    for rule in rules.engines:
        by_engine += " WHEN segment.engine = %s"
        parameters.append(rule.engine)
        if rule.model:
            by_engine += " AND split_part(segment.engine_version, '@', 1) = %s"
            parameters.append(rule.model)
        by_engine += " THEN %s"
        parameters.append(rule.licence.spdx)
    machine = f"CASE{by_engine} ELSE %s END" if rules.engines else "%s"
    remembered = f"""
        SELECT CASE WHEN licence <> '' THEN licence
            WHEN origin = '{MemoryOrigin.APPROVED.value}' THEN %s END
        FROM {_MEMORY} WHERE id = segment.memory_entry_id
    """
    own = rules.own.spdx
    return Query(
        f"""(CASE segment.origin
            WHEN '{SegmentOrigin.PERSON.value}' THEN %s
            WHEN '{SegmentOrigin.MEMORY.value}' THEN coalesce(({remembered}), '{UNSTATED}')
            ELSE {machine}
        END)::text""",
        (own, own, *parameters, own),
    )


def origins(published: TranslationQuerySet, rules: LicenceRules) -> Query:
    """Return the statement that counts sentences by origin.

    Its rows: origin, engine, model, licence, whether it is withheld, sentences. Sentences are
    grouped before licences are looked up, because there are many sentences and few engines.
    """
    base = query_of(published.order_by().values("id"))
    licence = licence_of_sentence(rules)
    sql = f"""
        SELECT origin, engine, model, licence, lower(licence) = ANY(%s::text[]), sum(sentences)
        FROM (
            SELECT origin, engine, split_part(engine_version, '@', 1) AS model,
                {licence.sql} AS licence, sentences
            FROM (
                SELECT origin, engine, engine_version, count(*) AS sentences,
                    CASE WHEN origin = '{SegmentOrigin.MEMORY.value}' THEN memory_entry_id END
                        AS memory_entry_id
                FROM {_SEGMENTS} WHERE translation_id IN ({base.sql}) GROUP BY 1, 2, 3, 5
            ) AS segment
        ) AS sentence
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    """
    return Query(sql, (list(rules.withheld), *licence.parameters, *base.parameters))


def withheld(published: TranslationQuerySet, rules: LicenceRules) -> Query:
    """Return the statement that counts withheld translations by origin. It reads every sentence.

    Its rows: origin, engine, model, licence, translations.
    """
    base = query_of(published.order_by().values("id"))
    licence = licence_of_sentence(rules)
    sql = f"""
        SELECT origin, engine, model, licence, count(DISTINCT translation_id)
        FROM (
            SELECT segment.translation_id, segment.origin, segment.engine,
                split_part(segment.engine_version, '@', 1) AS model, {licence.sql} AS licence
            FROM {_SEGMENTS} AS segment WHERE segment.translation_id IN ({base.sql})
        ) AS sentence
        WHERE lower(licence) = ANY(%s::text[]) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    """
    return Query(sql, (*licence.parameters, *base.parameters, list(rules.withheld)))


def _sentences(rules: LicenceRules) -> Query:
    """Return the statement that aggregates the sentences of a row named `translation`."""
    licence = licence_of_sentence(rules)
    own = ", ".join(
        f"{licence.sql} AS licence" if column.name == "licence" else f"segment.{column.name}"
        for column in SEGMENT
    )
    sql = f"""
        SELECT
            coalesce(json_agg(row_to_json(each) ORDER BY field DESC, position), '[]') AS segments,
            coalesce(array_agg(DISTINCT licence), '{{}}') AS licences,
            coalesce(bool_or(lower(licence) = ANY(%s::text[])), FALSE) AS is_withheld,
            bool_or(origin = '{SegmentOrigin.MACHINE.value}') AS has_machine,
            bool_or(origin = '{SegmentOrigin.MEMORY.value}') AS has_memory
        FROM (
            SELECT {own} FROM {_SEGMENTS} AS segment WHERE segment.translation_id = translation.id
        ) AS each
    """
    return Query(sql, (list(rules.withheld), *licence.parameters))


def _deleted(row: str, moment: str) -> str:
    return f"""json_build_object(
        'record', 'deleted', 'arxiv_id', {row}.arxiv_id, 'language', {row}.language,
        'deleted_at', {row}.{moment}
    )"""


def _names(columns: Iterable[Column]) -> str:
    return ", ".join(column.name for column in columns)
