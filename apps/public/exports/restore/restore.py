"""Restore a site from exports: verify, then papers, memory, glossary, translations.

Every batch is a transaction and compares its rows with those in the database, so an interrupted
restore can be run again, and a second run changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from apps.discovery.scoring.rank import mark_ranks_due
from apps.papers.store.restore import restore_papers
from apps.public.catalogue.licensing import licence_rules
from apps.public.catalogue.papers import published_translations
from apps.public.exports.restore.reader import BadExport, ExportFolder, Line, lines_of, verify
from apps.public.exports.restore.rows import deletion_in, paper_in, translation_in
from apps.public.records.ledger import LEAD
from apps.review.acts.withhold import TakeDown
from apps.review.day_counts import count_papers
from apps.review.models import Decision
from apps.translation.glossary.entries import BadTerm
from apps.translation.glossary.service import store_terms
from apps.translation.glossary.tbx import read_tbx
from apps.translation.interchange.restore import UnknownPaper, restore_translations
from apps.translation.memory.store import restore_units
from apps.translation.memory.tmx import BadTmx, read_tmx

PAPERS_AT_ONCE = 500
TRANSLATIONS_AT_ONCE = 200
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Restored:
    """The numbers of rows by kind and outcome, such as ("papers", "added")."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, kind: str, **outcomes: int) -> None:
        """Add to the counts."""
        for outcome, count in outcomes.items():
            self.counts[kind, outcome] += count

    def summary(self, kind: str) -> str:
        """Return the outcomes of a kind as text."""
        said = [f"{n:,} {outcome}" for (each, outcome), n in self.counts.items() if each == kind]
        return f"{kind}: {', '.join(said) or 'none'}"


OnBatch = Callable[[Restored, str], None]


def restore(
    exports: Sequence[ExportFolder], clock: Clock, *, on_batch: OnBatch = lambda *_: None
) -> Restored:
    """Restore exports in their order, after verifying all their files.

    Args:
        exports: From `exports_at`.
        clock: Returns the current time.
        on_batch: Called after each batch, with the counts and the kind of its rows.

    Returns:
        The numbers of rows.

    Raises:
        BadExport: If a file is damaged or a row cannot be restored.
    """
    for export in exports:
        verify(export)
    restored = Restored()
    for export in exports:
        for kind, take in _STEPS.items():
            for part in export.parts(kind):
                for _batch in take(export, part, restored, clock):
                    on_batch(restored, kind)
    return restored


def _papers(
    export: ExportFolder, part: dict[str, Any], restored: Restored, clock: Clock
) -> Iterator[None]:
    for batch in _batches(lines_of(export, part), PAPERS_AT_ONCE):
        with _locate_errors(batch):
            counts = restore_papers([paper_in(line) for line in batch], now=clock())
        restored.note(
            "papers", added=counts.created, changed=counts.changed, unchanged=counts.unchanged
        )
        yield


def _memory(
    export: ExportFolder, part: dict[str, Any], restored: Restored, clock: Clock
) -> Iterator[None]:
    path = export.path_of(part)
    rules = licence_rules()
    computed = {rules.own.spdx, *(rule.licence.spdx for rule in rules.engines)}
    source, target = _languages(path)
    try:
        units = read_tmx(path, source=source, target=target)
        new = restore_units(units, computed=computed, now=clock())
    except BadTmx as error:
        raise BadExport(str(error)) from error
    restored.note("memory", added=new, unchanged=max(part["rows"] - new, 0))
    yield


def _glossary(
    export: ExportFolder, part: dict[str, Any], restored: Restored, clock: Clock
) -> Iterator[None]:
    path = export.path_of(part)
    source, target = _languages(path)
    try:
        with path.open("rb") as file:
            stored = store_terms(
                read_tbx(file, source=source, target=target),
                origin=export.name,
                now=clock(),
                keep_edited=True,
            )
    except BadTerm as error:
        raise BadExport(f"{path}: {error}") from error
    restored.note(
        "glossary",
        added=stored.added,
        changed=stored.changed,
        unchanged=stored.unchanged,
        kept=stored.kept,
    )
    yield


def _translations(
    export: ExportFolder, part: dict[str, Any], restored: Restored, clock: Clock
) -> Iterator[None]:
    for batch in _batches(lines_of(export, part), TRANSLATIONS_AT_ONCE):
        gone = [line for line in batch if line.row.get("record") == "deleted"]
        standing = [line for line in batch if line.row.get("record") != "deleted"]
        with _locate_errors(batch):
            if standing:
                _restore_translations(standing, restored, clock())
            for line in gone:
                _take_down(line, restored)
        yield


def _restore_translations(lines: Sequence[Line], restored: Restored, now: datetime) -> None:
    snapshots = [translation_in(line) for line in lines]
    try:
        with transaction.atomic():
            counts = restore_translations(snapshots, find_decided=_keys_decided_by_people, now=now)
            for language in {language for language, _paper in counts.newly_public}:
                count_papers(language, (p for code, p in counts.newly_public if code == language))
            mark_ranks_due(counts.papers, now=now)
    except UnknownPaper as error:
        raise lines[error.place].bad(str(error)) from error
    restored.note(
        "translations",
        added=counts.added,
        changed=counts.changed,
        unchanged=counts.unchanged,
        kept=counts.kept,
    )


def _take_down(line: Line, restored: Restored) -> None:
    """Take down a translation that the other site took down, unless it is newer here."""
    gone = deletion_in(line)
    there = published_translations([gone.arxiv_id], gone.language).first()
    if there is None or there.updated_at > gone.deleted_at:
        outcome = {"unchanged": 1} if there is None else {"kept": 1}
        restored.note("translations", **outcome)
        return
    # The time of the take-down by the ledger: a later publication is newer, restoring an earlier
    # export again is not.
    moment_there = max(gone.deleted_at - LEAD - timedelta(seconds=1), there.updated_at)
    TakeDown(actor=None, reason="taken down where this came from", now=moment_there).execute(
        there.pk
    )
    restored.note("translations", changed=1)


def _keys_decided_by_people(keys: Collection[int]) -> set[int]:
    decisions = Decision.objects.filter(translation__in=keys, actor__isnull=False)
    return set(decisions.values_list("translation", flat=True))


def _languages(path: Path) -> tuple[str, str]:
    """Return the languages in the name of a file: memory.en-ja.tmx."""
    source, found, target = path.name.split(".")[1].partition("-")
    if not found:
        raise BadExport(f"The name of {path} does not say its languages.")
    return source, target


@contextmanager
def _locate_errors(batch: Sequence[Line]) -> Iterator[None]:
    """Add the lines of a batch to database errors, such as a NUL or a code that is too long."""
    try:
        yield
    except (DataError, IntegrityError) as error:
        first, last = batch[0], batch[-1]
        raise BadExport(
            f"{first.file}, lines {first.number} to {last.number}: the database refuses one of "
            f"them ({str(error).splitlines()[0]})."
        ) from error


def _batches(lines: Iterator[Line], size: int) -> Iterator[list[Line]]:
    while batch := list(islice(lines, size)):
        yield batch


_STEPS = {
    "papers": _papers,
    "memory": _memory,
    "glossary": _glossary,
    "translations": _translations,
}
"""In order: translations need their papers, and their sentences refer to memory entries."""


def languages_missing(exports: Sequence[ExportFolder]) -> list[str]:
    """Return the languages in the exports that this site does not translate into."""
    there = {
        _languages(export.path_of(part))[1] for export in exports for part in export.parts("memory")
    }
    return sorted(there - set(settings.TARGET_LANGUAGES))
