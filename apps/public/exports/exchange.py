"""The translation memory as TMX and the glossary as TBX, as far as they may be passed on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from apps.public.exports.increments import Window
from apps.public.exports.licensing import UNSTATED, LicenceRules
from apps.public.exports.rows import Query, query_of
from apps.public.exports.snapshot import Snapshot
from apps.translation.glossary_models import GlossaryTerm
from apps.translation.models import MemoryEntry, MemoryOrigin, Segment
from apps.translation.term_entries import TermEntry
from apps.translation.tmx import MemoryUnit

_UNIT = ("source", "target", "licence", "origin", "collection")
_TERM = (
    "source", "target", "scope", "part_of_speech", "forbidden", "case_rule", "note", "licence",
)  # fmt: skip


@dataclass(slots=True)
class Licences:
    """Counts, while entries are written, under which licences they are; withheld ones apart."""

    rules: LicenceRules
    written: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)

    def admit(self, licence: str) -> bool:
        """Count an entry under this licence and return whether it may be exported."""
        may = self.rules.may_pass_on(licence)
        (self.written if may else self.withheld)[licence] += 1
        return may


def memory_units(
    site: Snapshot, window: Window, licences: Licences, *, source: str, target: str
) -> Iterator[MemoryUnit]:
    """Yield the imported pairs, then those that editors approved, the oldest first.

    Approved ones only where a public translation has the sentence: what waits for an editor or was
    taken down does not leave the site by way of the memory.
    """
    pairs = MemoryEntry.objects.filter(source_language=source, target_language=target)
    imported = pairs.filter(origin=MemoryOrigin.IMPORTED)
    if window.begin is not None:
        imported = imported.filter(created_at__gte=window.begin)
    sentences = Segment.objects.filter(
        translation__in=window.translations().filter(language=target),
        approved_at__isnull=False,
        source_hash=OuterRef("source_hash"),
        text=OuterRef("target"),
    )
    approved = pairs.filter(Exists(sentences), origin=MemoryOrigin.APPROVED)
    for entries, unstated in ((imported, UNSTATED), (approved, licences.rules.own.spdx)):
        for row in _read(site, entries, _UNIT):
            row["licence"] = row["licence"] or unstated
            if licences.admit(row["licence"]):
                yield MemoryUnit(source_language=source, target_language=target, **row)


def glossary_entries(
    site: Snapshot, licences: Licences, *, source: str, target: str
) -> Iterator[TermEntry]:
    """Yield the terms in use, in alphabetical order; those that the site's people wrote as its own.

    Always all of them: they are few, and what is missing is then known to be gone.
    """
    terms = GlossaryTerm.objects.of_pair(source, target).in_use()
    for row in _read(site, terms, _TERM, order="folded, scope, id"):
        row["licence"] = row["licence"] or licences.rules.own.spdx
        if licences.admit(row["licence"]):
            row["forbidden"] = tuple(row["forbidden"])
            yield TermEntry(source_language=source, target_language=target, **row)


def _read(
    site: Snapshot, entries: QuerySet, names: Iterable[str], *, order: str = "id"
) -> Iterator[dict[str, Any]]:
    base = query_of(entries.order_by())
    columns = ", ".join(f"'{name}', entry.{name}" for name in names)
    sql = f"SELECT json_build_object({columns}) FROM ({base.sql}) AS entry ORDER BY {order}"
    yield from map(json.loads, site.lines(Query(sql, base.parameters)))
