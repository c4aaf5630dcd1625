"""Executes a run: builds its source from its row and the HTTP client from the settings."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import httpx
import redis
from django.conf import settings
from django.utils import timezone

from apps.core.rate_limits import Pace, SharedSlots
from apps.harvest.arxiv.fetch import TIMEOUT_SECONDS, Fetcher, user_agent
from apps.harvest.arxiv.pages import Source
from apps.harvest.arxiv.sources import FileSource, IdsSource, OaiSource, QuerySource
from apps.harvest.models import HarvestRun, RunKind
from apps.harvest.runs.service import Clock, process_run
from apps.papers.records import SourceFormat

SLOTS = "papersite:arxiv:next-request"
CLOCK = Clock(now=timezone.now, sleep=time.sleep)


@contextmanager
def arxiv_fetcher(clock: Clock = CLOCK) -> Iterator[Fetcher]:
    """Open a client with the User-Agent and the shared rate limit of the settings."""
    headers = {"User-Agent": user_agent(settings.SITE_URL, settings.CONTACT_EMAIL)}
    with (
        redis.Redis.from_url(settings.REDIS_URL) as turns,
        httpx.Client(
            headers=headers,
            timeout=TIMEOUT_SECONDS,
            follow_redirects=True,
            limits=httpx.Limits(max_connections=1),
        ) as client,
    ):
        pace = Pace(SharedSlots(turns, SLOTS), settings.ARXIV_SECONDS_PER_REQUEST, clock.sleep)
        yield Fetcher(client, pace, clock.sleep, clock.now)


def build_source(run: HarvestRun, fetcher: Fetcher) -> Source:
    """Return the source of the pages of a run."""
    match run.kind:
        case RunKind.OAI:
            return OaiSource(
                fetcher,
                settings.ARXIV_OAI_URL,
                SourceFormat(run.source_format),
                run.set_spec,
                run.from_date,
                run.until_date,
            )
        case RunKind.IDS:
            return IdsSource(fetcher, settings.ARXIV_API_URL, run.query.split())
        case RunKind.QUERY:
            return QuerySource(fetcher, settings.ARXIV_API_URL, run.query)
        case RunKind.FILE:
            return FileSource([Path(line) for line in run.query.splitlines()])
    raise ValueError(f"{run.kind!r} is not a kind of run.")


def harvest(
    run: HarvestRun,
    *,
    clock: Clock = CLOCK,
    on_page: Callable[[HarvestRun], None] = lambda run: None,
    pause_at: datetime | None = None,
) -> HarvestRun:
    """Process a run from its cursor to its end; see `apps.harvest.runs.service.process_run`."""
    with arxiv_fetcher(clock) as fetcher:
        source = build_source(run, fetcher)
        return process_run(run, source, clock, on_page=on_page, pause_at=pause_at)
