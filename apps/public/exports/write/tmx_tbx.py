"""The translation memory as TMX and the glossary as TBX, without withheld entries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from apps.public.catalogue.licensing import UNSTATED, LicenceRules
from apps.public.exports.write.increments import Window
from apps.public.exports.write.rows import Query, licence_of_sentence, query_of
from apps.public.exports.write.snapshot import Snapshot
from apps.translation.glossary.entries import TermEntry
from apps.translation.memory.tmx import MemoryUnit
from apps.translation.models import (
    GlossaryTerm,
    MemoryEntry,
    MemoryOrigin,
    MemoryQuerySet,
    Segment,
    SegmentOrigin,
    TranslationQuerySet,
)

_UNIT = ("source", "target", "licence", "origin", "collection")
_TERM = (
    "source", "target", "scope", "part_of_speech", "forbidden", "case_rule", "note", "licence",
)  # fmt: skip


@dataclass(slots=True)
class Licences:
    """Counts entries by licence while they are written, withheld ones separately."""

    rules: LicenceRules
    written: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)

    def admit(self, licence: str) -> bool:
        """Count an entry and return whether its licence allows exporting it."""
        may = self.rules.may_pass_on(licence)
        (self.written if may else self.withheld)[licence] += 1
        return may


def memory_units(
    site: Snapshot, window: Window, licences: Licences, *, source: str, target: str
) -> Iterator[MemoryUnit]:
    """Yield imported pairs, then approved ones, oldest first."""
    pairs = MemoryEntry.objects.filter(source_language=source, target_language=target)
    imported = pairs.filter(origin=MemoryOrigin.IMPORTED)
    if window.begin is not None:
        imported = imported.filter(created_at__gte=window.begin)
    published = window.translations().filter(language=target)
    approved = _approved(pairs.filter(origin=MemoryOrigin.APPROVED), published, licences.rules)
    for query in (_entries(imported, _UNIT, order="id"), approved):
        for row in _read(site, query):
            row["licence"] = row["licence"] or UNSTATED
            if licences.admit(row["licence"]):
                yield MemoryUnit(source_language=source, target_language=target, **row)


def _approved(
    entries: MemoryQuerySet, published: TranslationQuerySet, rules: LicenceRules
) -> Query:
    """Return the statement for approved pairs that are in a public translation.

    So texts that are not public do not leave the site through the memory. A machine's sentence
    approved without a change keeps the licence of its engine.
    """
    base = query_of(entries.order_by())
    sentences = query_of(
        Segment.objects.filter(translation__in=published, approved_at__isnull=False).order_by()
    )
    licence = licence_of_sentence(rules)
    sql = f"""
        SELECT DISTINCT ON (entry.id) json_build_object(
            'source', entry.source, 'target', entry.target, 'origin', entry.origin,
            'collection', entry.collection,
            'licence', coalesce(nullif(entry.licence, ''), {licence.sql})
        )
        FROM ({base.sql}) AS entry JOIN ({sentences.sql}) AS segment
            ON segment.source_hash = entry.source_hash AND segment.text = entry.target
        ORDER BY entry.id, segment.origin = '{SegmentOrigin.MACHINE.value}' DESC, segment.id
    """
    return Query(sql, (*licence.parameters, *base.parameters, *sentences.parameters))


def glossary_entries(
    site: Snapshot, licences: Licences, *, source: str, target: str
) -> Iterator[TermEntry]:
    """Yield all terms in use, sorted, also in increments, so that a missing term is a deleted one.

    Terms without a licence have that of the site.
    """
    terms = GlossaryTerm.objects.of_pair(source, target).in_use()
    for row in _read(site, _entries(terms, _TERM, order="folded, scope, id")):
        row["licence"] = row["licence"] or licences.rules.own.spdx
        if licences.admit(row["licence"]):
            row["forbidden"] = tuple(row["forbidden"])
            yield TermEntry(source_language=source, target_language=target, **row)


def _entries(entries: QuerySet, names: Iterable[str], *, order: str) -> Query:
    base = query_of(entries.order_by())
    columns = ", ".join(f"'{name}', entry.{name}" for name in names)
    sql = f"SELECT json_build_object({columns}) FROM ({base.sql}) AS entry ORDER BY {order}"
    return Query(sql, base.parameters)


def _read(site: Snapshot, query: Query) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, site.lines(query))
