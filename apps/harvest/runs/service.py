"""Starts, processes, stops and resumes harvest runs."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from apps.core.refusals import Refusal
from apps.harvest.arxiv.atom import ApiError
from apps.harvest.arxiv.fetch import FetchError
from apps.harvest.arxiv.oai import BadResumptionToken, OaiError
from apps.harvest.arxiv.pages import Page, Rejection, Source
from apps.harvest.arxiv.responses import BadResponse
from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.papers.records import PaperRecord, SourceFormat
from apps.papers.store.service import StoreCounts, store_records

RECORDS_PER_BATCH = 500
# Attempts at a page that came but was broken or short.
PAGE_ATTEMPTS = 3
PAGE_PAUSE_SECONDS = 10.0
MOST_RESTARTS = 3
MOST_ERRORS_KEPT = 200
_LOCK_CLASS = 0x68617276

Item = TypeVar("Item")


class RunTaken(Refusal):
    """Another process works on the run, or the run was stopped or is complete."""

    code = "run-taken"
    status = 409


class RunFailed(Refusal):
    """The run failed; the message says why. It can resume from its cursor."""

    code = "run-failed"
    status = 503


class EndlessList(Exception):
    """The server sent a resumption token a second time, so its list would never end."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock. now: returns the time (aware, UTC). sleep: waits for a number of seconds."""

    now: Callable[[], datetime]
    sleep: Callable[[float], None]


def start_run(
    kind: RunKind,
    source_format: SourceFormat,
    *,
    now: datetime,
    set_spec: str = "",
    from_date: date | None = None,
    until_date: date | None = None,
    query: str = "",
) -> HarvestRun:
    """Add a run; a worker still has to process it.

    Args:
        kind: How the papers are found.
        source_format: The format of the records.
        now: The start of the run, aware.
        set_spec: The OAI-PMH set; empty for all sets.
        from_date: The first datestamp, included.
        until_date: The last datestamp, included.
        query: The query, or one identifier or one file a line.

    Returns:
        The stored run.
    """
    return HarvestRun.objects.create(
        kind=kind,
        source_format=source_format,
        set_spec=set_spec,
        from_date=from_date,
        until_date=until_date,
        query=query,
        started_at=now,
        touched_at=now,
    )


def process_run(
    run: HarvestRun,
    source: Source,
    clock: Clock,
    *,
    on_page: Callable[[HarvestRun], None] = lambda run: None,
    pause_at: datetime | None = None,
) -> HarvestRun:
    """Read the pages of a run from its cursor to the end and store each.

    Args:
        run: The run.
        source: Its source of pages.
        clock: The clock.
        on_page: Called with the run after each stored page.
        pause_at: No page is begun after this time; the run is then still running.

    Returns:
        The run as stored.

    Raises:
        RunFailed: Reading failed; the reason is stored on the run.
        RunTaken: Another worker has the run.
    """
    with _lock(run.pk):
        run = _begin(run.pk, clock.now())
        seen_cursors = {run.cursor}
        while run.status == RunStatus.RUNNING and (pause_at is None or clock.now() < pause_at):
            try:
                run = _next_page(run, source, clock, seen_cursors)
            except BadResumptionToken as error:
                run = _restart(run, str(error), clock.now())
                seen_cursors = {run.cursor}
                continue
            except (FetchError, BadResponse, OaiError, ApiError, EndlessList, OSError) as error:
                _fail(run.pk, str(error), clock.now())
                raise RunFailed(str(error)) from error
            except RunTaken:
                raise
            except Exception as error:
                # An error in this program: the run shows it, the worker's log has the details.
                _fail(run.pk, f"{type(error).__name__}: {error}", clock.now())
                raise
            on_page(run)
    return run


@contextmanager
def _lock(run_id: int) -> Iterator[None]:
    """Lock the run for this database session; the lock ends with the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_CLASS, run_id])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise RunTaken(f"Run {run_id} is being worked on by another process.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_CLASS, run_id])


@transaction.atomic
def _begin(run_id: int, now: datetime) -> HarvestRun:
    """Mark the run as running and count a failed attempt, which a stored page takes back."""
    run = HarvestRun.objects.select_for_update().get(pk=run_id)
    if run.status == RunStatus.COMPLETE:
        raise RunTaken(f"Run {run_id} is complete.")
    run.status = RunStatus.RUNNING
    run.attempts += 1
    run.touched_at = now
    run.save(update_fields=["status", "attempts", "touched_at"])
    return run


def _next_page(run: HarvestRun, source: Source, clock: Clock, seen_cursors: set[str]) -> HarvestRun:
    """Fetch and store one page; retry a broken or short one."""
    attempts = 1 if run.kind == RunKind.FILE else PAGE_ATTEMPTS
    for attempt in range(1, attempts + 1):
        try:
            with source.page(run.cursor) as page:
                return _store_page(run, page, clock.now(), seen_cursors)
        except BadResponse:
            if attempt == attempts:
                raise
            clock.sleep(PAGE_PAUSE_SECONDS * attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


@transaction.atomic
def _store_page(run: HarvestRun, page: Page, now: datetime, seen_cursors: set[str]) -> HarvestRun:
    """Store the records of a page and move the cursor behind it, both or neither.

    Adds the new cursor to `seen_cursors`. Raises RunTaken when the run is no longer at the page
    that `run` names, EndlessList for a cursor seen before, and the errors of reading the page.
    """
    cursor = run.cursor
    run = HarvestRun.objects.select_for_update().get(pk=run.pk)
    if run.status != RunStatus.RUNNING or run.cursor != cursor:
        raise RunTaken(f"Run {run.pk} was stopped or moved on by somebody else.")
    counts = StoreCounts()
    rejections: list[str] = []
    for batch in _batches(_records(page, rejections), RECORDS_PER_BATCH):
        counts += store_records(batch, now=now)
    if page.next_cursor is not None and page.next_cursor in seen_cursors:
        raise EndlessList(
            f"The server sent the resumption token {page.next_cursor!r} again: its list would "
            "never end. Start a new run for a shorter time, or tell the server's administrators."
        )
    run.pages += 1
    run.seen += counts.created + counts.changed + counts.unchanged + len(rejections)
    run.created += counts.created
    run.changed += counts.changed
    run.unchanged += counts.unchanged
    run.rejected += len(rejections)
    run.total = page.total if page.total is not None else run.total
    _add_messages(run, "rejected", rejections, now)
    _add_messages(run, "note", page.notes, now)
    run.attempts = 0
    run.touched_at = now
    run.cursor = page.next_cursor or ""
    if run.kind == RunKind.OAI and run.until_date is None:
        # The next run reads what changes after this first answer.
        run.until_date = page.response_day
    if page.next_cursor is None:
        run.status = RunStatus.COMPLETE
        run.finished_at = now
    run.save()
    seen_cursors.add(run.cursor)
    return run


def _records(page: Page, rejections: list[str]) -> Iterator[PaperRecord]:
    for item in page.items():
        if isinstance(item, Rejection):
            rejections.append(item.reason)
        else:
            yield item


def _batches(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    """Yield lists of `size` items; a thread parses the next list meanwhile."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        following = reader.submit(list, islice(items, size))
        while batch := following.result():
            following = reader.submit(list, islice(items, size))
            yield batch


def _add_messages(run: HarvestRun, what: str, messages: Iterable[str], now: datetime) -> None:
    """Add messages to the run, which keeps the newest MOST_ERRORS_KEPT."""
    run.errors += [{"at": now.isoformat(), "what": what, "message": text} for text in messages]
    run.errors = run.errors[-MOST_ERRORS_KEPT:]


def _restart(run: HarvestRun, reason: str, now: datetime) -> HarvestRun:
    """Go back to the first page because the token is no longer valid. Papers stay stored.

    Raises RunFailed after MOST_RESTARTS restarts, or when the run is at its first page.
    """
    restarts = sum(entry["what"] == "restart" for entry in run.errors)
    if run.kind != RunKind.OAI or restarts >= MOST_RESTARTS or not run.cursor:
        _fail(run.pk, reason, now)
        raise RunFailed(reason)
    start = f"from {run.from_date}" if run.from_date else "from its beginning"
    with transaction.atomic():
        run = HarvestRun.objects.select_for_update().get(pk=run.pk)
        run.cursor = ""
        run.touched_at = now
        _add_messages(run, "restart", [f"{reason} The list is read again {start}."], now)
        run.save(update_fields=["cursor", "touched_at", "errors"])
    return run


@transaction.atomic
def _fail(run_id: int, reason: str, now: datetime) -> None:
    run = HarvestRun.objects.select_for_update().get(pk=run_id)
    run.status = RunStatus.FAILED
    run.touched_at = now
    _add_messages(run, "error", [reason], now)
    run.save(update_fields=["status", "errors", "touched_at"])


@transaction.atomic
def resume_run(run_id: int, now: datetime) -> HarvestRun:
    """Set a stopped or failed run to running; a worker continues it at its cursor.

    Args:
        run_id: The key of the run.
        now: The time, aware.

    Returns:
        The run as stored; a complete run is unchanged.
    """
    run = HarvestRun.objects.select_for_update().get(pk=run_id)
    if run.status in (RunStatus.STOPPED, RunStatus.FAILED):
        run.status = RunStatus.RUNNING
        run.attempts = 0
        run.touched_at = now
        run.save(update_fields=["status", "attempts", "touched_at"])
    return run


@transaction.atomic
def stop_run(run_id: int, now: datetime) -> HarvestRun:
    """Stop a run after its current page; it can be resumed.

    Args:
        run_id: The key of the run.
        now: The time, aware.

    Returns:
        The run as stored; a run that ended is unchanged.
    """
    run = HarvestRun.objects.select_for_update().get(pk=run_id)
    if run.status in (RunStatus.RUNNING, RunStatus.FAILED):
        run.status = RunStatus.STOPPED
        run.touched_at = now
        run.save(update_fields=["status", "touched_at"])
    return run
