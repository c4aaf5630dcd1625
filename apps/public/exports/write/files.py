"""The files of an export, and how each is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import Any, BinaryIO

from django.conf import settings

from apps.public.catalogue.licensing import METADATA, LicenceRules, licence_list
from apps.public.exports.schema import arrow_schema, repeated_columns
from apps.public.exports.write import rows
from apps.public.exports.write.header import about_part, notes, plain_about
from apps.public.exports.write.increments import Window
from apps.public.exports.write.jsonl import write_jsonl
from apps.public.exports.write.parquet import write_parquet
from apps.public.exports.write.snapshot import Snapshot
from apps.public.exports.write.tmx_tbx import Licences, glossary_entries, memory_units
from apps.translation.glossary.tbx import write_tbx
from apps.translation.memory.tmx import write_tmx

JSONL, PARQUET, TMX, TBX = (
    "application/gzip",
    "application/vnd.apache.parquet",
    "application/x-tmx+xml",
    "application/x-tbx+xml",
)
_KINDS = ("papers", "translations")


@dataclass(frozen=True)
class Source:
    """The source of an export: a snapshot, a window of changes, the rules of licences."""

    site: Snapshot
    window: Window
    rules: LicenceRules

    @cached_property
    def origins(self) -> dict[str, list[dict[str, Any]]]:
        """The origins of the sentences, and of translations withheld because of a licence."""
        translations = self.window.translations()
        counted = self.site.rows(rows.origins(translations, self.rules))
        left_out = any(is_withheld for *_made, is_withheld, _sentences in counted)
        made_by = [
            _made(*made) | {"sentences": int(sentences)}
            for *made, is_withheld, sentences in counted
            if not is_withheld
        ]
        withheld = rows.withheld(translations, self.rules)
        return {
            "made_by": made_by,
            "withheld": [
                _made(*made) | {"translations": count}
                for *made, count in (self.site.rows(withheld) if left_out else ())
            ],
        }


def _made(origin: str, engine: str, model: str, licence: str) -> dict[str, Any]:
    return {"origin": origin, "engine": engine, "model": model, "licence": licence}


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A written file: number of rows, and licences and origins for the manifest."""

    rows: int
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an export. kind: papers, translations, memory or glossary."""

    name: str
    kind: str
    media_type: str
    write: Callable[[BinaryIO, Source], WrittenPart] = field(compare=False)


def parts() -> list[Part]:
    """Return the files of an export, in the order of writing."""
    source = settings.SOURCE_LANGUAGE
    found = [Part(f"{kind}.jsonl.gz", kind, JSONL, partial(_jsonl, kind=kind)) for kind in _KINDS]
    for target in settings.TARGET_LANGUAGES:
        pair = f"{source}-{target}"
        memory, glossary = (
            partial(each, source_language=source, target_language=target)
            for each in (_memory, _glossary)
        )
        found.append(Part(f"memory.{pair}.tmx", "memory", TMX, memory))
        found.append(Part(f"glossary.{pair}.tbx", "glossary", TBX, glossary))
    return [
        *found,
        *(Part(f"{kind}.parquet", kind, PARQUET, partial(_parquet, kind=kind)) for kind in _KINDS),
    ]


def part_named(name: str) -> Part | None:
    """Return the part with a file name, or None if the settings have no such part."""
    return next((part for part in parts() if part.name == name), None)


def _jsonl(file: BinaryIO, source: Source, *, kind: str) -> WrittenPart:
    lines, detail = _rows(source, kind)
    return WrittenPart(write_jsonl(file, about_part(kind, detail), lines), detail)


def _parquet(file: BinaryIO, source: Source, *, kind: str) -> WrittenPart:
    lines, detail = _rows(source, kind)
    schema = arrow_schema(kind, plain_about(kind, detail))
    return WrittenPart(write_parquet(file, schema, lines, repeated=repeated_columns(kind)), detail)


def _rows(source: Source, kind: str) -> tuple[Iterator[bytes], dict[str, Any]]:
    """Return the rows of papers or translations as lines, and the detail for the manifest."""
    if kind == "papers":
        lines = source.site.lines(rows.paper_rows(source.window.papers()))
        return lines, {"licences": licence_list([METADATA.spdx], source.rules)}
    licences = (made["licence"] for made in source.origins["made_by"])
    detail = {"licences": licence_list(licences, source.rules), **source.origins}
    return _translations(source), detail


def _translations(source: Source) -> Iterator[bytes]:
    window, is_increment = source.window, source.window.since is not None
    queries = [
        rows.translation_rows(window.translations(), source.rules, name_withheld=is_increment)
    ]
    if is_increment:
        queries.append(rows.deleted_rows(window.gone(), "datestamp"))
        queries.append(rows.deleted_rows(window.gone_unrecorded(), "updated_at"))
    return chain.from_iterable(map(source.site.lines, queries))


def _memory(
    file: BinaryIO, source: Source, *, source_language: str, target_language: str
) -> WrittenPart:
    licences = Licences(source.rules)
    units = memory_units(
        source.site, source.window, licences, source=source_language, target=target_language
    )
    count = write_tmx(file, units, source=source_language, notes=notes())
    return WrittenPart(count, _entries_detail(licences))


def _glossary(
    file: BinaryIO, source: Source, *, source_language: str, target_language: str
) -> WrittenPart:
    licences = Licences(source.rules)
    terms = glossary_entries(source.site, licences, source=source_language, target=target_language)
    count = write_tbx(file, terms, source=source_language, notes=notes())
    return WrittenPart(count, _entries_detail(licences))


def _entries_detail(licences: Licences) -> dict[str, Any]:
    return {
        "licences": licence_list(licences.written, licences.rules),
        "withheld": [
            {"licence": licence, "entries": count}
            for licence, count in sorted(licences.withheld.items())
        ],
    }
