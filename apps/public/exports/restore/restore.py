"""Restoring a site from exports: checked first, then papers, memory, glossary, translations.

Every batch is a transaction and finds out for itself what is here already, so an interrupted
restore is simply run again, and running one twice changes nothing.
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
    """What became of the rows so far: a count by kind and outcome, such as ("papers", "added")."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, kind: str, **outcomes: int) -> None:
        """Add to the counts."""
        for outcome, count in outcomes.items():
            self.counts[kind, outcome] += count

    def sentence_about(self, kind: str) -> str:
        """Say what became of the rows of a kind."""
        said = [f"{n:,} {outcome}" for (each, outcome), n in self.counts.items() if each == kind]
        return f"{kind}: {', '.join(said) or 'none'}"


OnBatch = Callable[[Restored, str], None]


def restore(
    exports: Sequence[ExportFolder], clock: Clock, *, on_batch: OnBatch = lambda *_: None
) -> Restored:
    """Take over exports in their order; all files of all of them are checked before anything.

    on_batch is called after each batch, with the kind of its rows. Raises BadExport.
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
        with _place_of(batch):
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
        with _place_of(batch):
            if standing:
                _take_over(standing, restored, clock())
            for line in gone:
                _take_down(line, restored)
        yield


def _take_over(lines: Sequence[Line], restored: Restored, now: datetime) -> None:
    known = [translation_in(line) for line in lines]
    try:
        with transaction.atomic():
            counts = restore_translations(known, decided=_decided_by_people, now=now)
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
    """Take a translation down that was taken down there, unless it is newer here."""
    gone = deletion_in(line)
    there = published_translations([gone.arxiv_id], gone.language).first()
    if there is None or there.updated_at > gone.deleted_at:
        outcome = {"unchanged": 1} if there is None else {"kept": 1}
        restored.note("translations", **outcome)
        return
    # When it was taken down there, as near as the ledger knows: what was published anew after that
    # is newer, and an earlier export that is restored once more is not.
    moment_there = max(gone.deleted_at - LEAD - timedelta(seconds=1), there.updated_at)
    TakeDown(actor=None, reason="taken down where this came from", now=moment_there).execute(
        there.pk
    )
    restored.note("translations", changed=1)


def _decided_by_people(keys: Collection[int]) -> set[int]:
    decisions = Decision.objects.filter(translation__in=keys, actor__isnull=False)
    return set(decisions.values_list("translation", flat=True))


def _languages(path: Path) -> tuple[str, str]:
    """Return the languages that the name of a file says: memory.en-ja.tmx."""
    source, found, target = path.name.split(".")[1].partition("-")
    if not found:
        raise BadExport(f"The name of {path} does not say its languages.")
    return source, target


@contextmanager
def _place_of(batch: Sequence[Line]) -> Iterator[None]:
    """Say in which lines it stands what the database refuses: a NUL, or a code that is too long."""
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
"""In this order: a translation needs its paper, and its sentences name entries of the memory."""


def languages_missing(exports: Sequence[ExportFolder]) -> list[str]:
    """Return the languages of the exports that this site does not translate into."""
    there = {
        _languages(export.path_of(part))[1] for export in exports for part in export.parts("memory")
    }
    return sorted(there - set(settings.TARGET_LANGUAGES))
