"""Make an export: start it, write it file by file, finish it with its manifest, resume it."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.public.catalogue.licensing import licence_rules
from apps.public.exports import storage
from apps.public.exports.write.files import Source, part_named, parts
from apps.public.exports.write.increments import Window
from apps.public.exports.write.manifest import (
    CHECKSUMS,
    MANIFEST,
    README,
    checksums_of,
    manifest_of,
    readme_of,
)
from apps.public.exports.write.snapshot import snapshot
from apps.public.models import ExportKind, ExportPart, ExportRun, ExportStatus
from apps.public.records.ledger import WrittenTooLate, record_changes

log = logging.getLogger(__name__)

_LOCK = 0x6578706F7274
LEDGER_BEHIND = timedelta(days=2)
LEDGER_BATCH = 500
Clock = Callable[[], datetime]
OnPart = Callable[[ExportPart], None]


class CannotExport(Refusal):
    """An export cannot be made now; the message says why and what to do."""

    code = "cannot-export"
    status = 409


class ExportTaken(CannotExport):
    """Another process is making an export, or this one is finished."""


def start_full(*, now: datetime) -> ExportRun:
    """Add an export of everything public."""
    return _start(ExportKind.FULL, now=now, since=None, follows="")


def start_increment(*, now: datetime, since: datetime | None = None) -> ExportRun:
    """Add an export of the changes since the latest complete one, or since a given time.

    Raises CannotExport if there is no complete export to follow.
    """
    if since is not None:
        return _start(ExportKind.INCREMENT, now=now, since=since, follows="")
    latest = ExportRun.objects.complete().first()
    if latest is None:
        raise CannotExport(
            _("There is no complete export to base an increment on. Make a full export first.")
        )
    return _start(ExportKind.INCREMENT, now=now, since=latest.until, follows=latest.folder)


def is_due(*, now: datetime, full_days: int) -> bool:
    """Return whether the latest export is a day old or there is none."""
    if full_days <= 0 or ExportRun.objects.unfinished().exists():
        return False
    latest = ExportRun.objects.complete().first()
    return latest is None or latest.started_at <= now - timedelta(days=1)


@transaction.atomic
def start_due(*, now: datetime, full_days: int) -> ExportRun | None:
    """Add the scheduled export: full after `full_days` days, else an increment.

    None while one is unfinished, or if `full_days` is 0.
    """
    if full_days <= 0 or ExportRun.objects.unfinished().exists():
        return None
    latest_full = ExportRun.objects.complete().filter(kind=ExportKind.FULL).first()
    # A beat some minutes earlier than a week ago must not delay it by a day.
    week = timedelta(days=full_days) - timedelta(hours=1)
    if latest_full is None or latest_full.started_at <= now - week:
        return start_full(now=now)
    return start_increment(now=now)


@transaction.atomic
def _start(kind: ExportKind, *, now: datetime, since: datetime | None, follows: str) -> ExportRun:
    folder = _free_name(kind, now)
    run = ExportRun.objects.create(
        kind=kind, folder=folder, since=since, follows=follows, started_at=now, touched_at=now
    )
    ExportPart.objects.bulk_create(
        ExportPart(run=run, place=place, name=part.name) for place, part in enumerate(parts())
    )
    return run


def _free_name(kind: ExportKind, now: datetime) -> str:
    """Return an unused name: that of this second or of the next free one."""
    while True:
        name = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{kind.value}"
        if not ExportRun.objects.filter(folder=name).exists():
            return name
        now += timedelta(seconds=1)


def make_export(run_id: int, clock: Clock, *, on_part: OnPart = lambda part: None) -> ExportRun:
    """Write the missing files of an export, then its manifest.

    All files written by one call come from one snapshot. A failure is recorded on the run and
    raised; written files stay, and the next call continues from there.

    Args:
        run_id: The key of the export.
        clock: Returns the current time.
        on_part: Called after each file.

    Returns:
        The complete export.

    Raises:
        ExportTaken: If another process is making an export, or this one is finished.
    """
    with _export_lock():
        run = _begin(run_id, clock())
        try:
            if run.since is not None:
                update_ledger(clock)
            _write_missing(run, clock, on_part)
            return _finish(run, clock())
        except Exception as error:
            _fail(run.pk, f"{type(error).__name__}: {error}", clock())
            raise


@contextmanager
def _export_lock() -> Iterator[None]:
    """Hold the lock of exports; it is released if the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise ExportTaken(_("Another process is making an export. Wait until it has finished."))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


@transaction.atomic
def _begin(run_id: int, now: datetime) -> ExportRun:
    """Mark the export as running. The attempt counts as failed until a file is written."""
    run = ExportRun.objects.select_for_update().get(pk=run_id)
    if run.status in (ExportStatus.COMPLETE, ExportStatus.REMOVED):
        raise ExportTaken(_("Export %(name)s is finished.") % {"name": run.folder})
    run.status = ExportStatus.RUNNING
    run.attempts += 1
    run.touched_at = now
    run.save(update_fields=["status", "attempts", "touched_at"])
    return run


def update_ledger(clock: Clock) -> None:
    """Update the ledger for increments; its sweep may lag."""
    since = clock() - LEDGER_BEHIND
    while True:
        try:
            if not record_changes(changed_since=since, clock=clock, limit=LEDGER_BATCH):
                return
        except WrittenTooLate:
            log.info("a batch of public records took too long and is written again")


def _write_missing(run: ExportRun, clock: Clock, on_part: OnPart) -> None:
    missing = list(run.parts.filter(made_at__isnull=True).order_by("place"))
    if not missing:
        return
    with snapshot() as site:
        source = Source(site, Window(run.since), licence_rules())
        for part in missing:
            _write(run, part, source, clock)
            on_part(part)


def _write(run: ExportRun, part: ExportPart, source: Source, clock: Clock) -> None:
    planned = part_named(part.name)
    if planned is None:
        raise CannotExport(
            _(
                "The settings have changed: the file %(name)s no longer exists. Start another "
                "export."
            )
            % {"name": part.name}
        )
    with tempfile.TemporaryFile() as file:
        written = planned.write(file, source)
        part.rows, part.detail = written.rows, written.detail
        part.size = file.seek(0, 2)
        part.sha256 = storage.digest(file)
        storage.put(run.folder, part.name, file)
    part.as_of, part.made_at = source.site.as_of, clock()
    with transaction.atomic():
        part.save()
        ExportRun.objects.filter(pk=run.pk).update(touched_at=part.made_at, attempts=0)


def _finish(run: ExportRun, now: datetime) -> ExportRun:
    """Write checksums and README, then the manifest, then show the export."""
    made = list(run.parts.order_by("place"))
    run.until = min(part.as_of for part in made if part.as_of is not None)
    run.manifest = manifest_of(run, made, now=now)
    storage.put_text(run.folder, CHECKSUMS, checksums_of(made))
    storage.put_text(run.folder, README, readme_of(run.manifest))
    written = json.dumps(run.manifest, ensure_ascii=False, indent=1)
    storage.put_text(run.folder, MANIFEST, f"{written}\n")
    run.status = ExportStatus.COMPLETE
    run.attempts, run.error = 0, ""
    run.finished_at = run.touched_at = now
    run.save()
    return run


def _fail(run_id: int, reason: str, now: datetime) -> None:
    ExportRun.objects.filter(pk=run_id).update(
        status=ExportStatus.FAILED, error=reason, touched_at=now
    )
