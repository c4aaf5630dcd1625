"""How fast the editors' queue and desk open, next to Django's own list.

Fills a database with translations as a site has them after some time (most published and not
reviewed, some held, some reviewed; the papers of the last months, findings, claims, decisions),
lets the queue make its entries, and asks Django's test client, logged in as an editor,
for the pages of the desk, each in turn. Prints the median and the 95th percentile in milliseconds
of the server, the number of queries, and the ratio to Django's own list of the same translations
with as many rows.

The desk page waits for the workers to answer on top (there are none here): its own time and that
are shown apart.
"""

import argparse
import statistics
from functools import partial

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.review.dashboard.health import check_workers
from apps.review.models import QueueEntry
from apps.review.models.queue import RISKIEST_FIRST
from benchmarks.scaffold.environment import empty_database
from benchmarks.scaffold.timing import percentile, timed
from benchmarks.sites.desk import fill

TINY = "--translations 60 --requests 2"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--translations", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=50)


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    with empty_database():
        fill(given.translations)
        measure(given.requests)


def measure(requests: int) -> None:
    """Open each page `requests` times in turn, and print a row for each."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    client = Client()
    client.force_login(User.objects.get(username="editor"))
    queue = reverse("admin:review_queueentry_changelist")
    first = QueueEntry.objects.riskiest_first().first()
    assert first is not None
    after = RISKIEST_FIRST.position_of(QueueEntry.objects.riskiest_first()[49])
    pages = {
        "Django's list of translations": reverse("admin:translation_translation_changelist"),
        "queue": queue,
        "queue, one category": f"{queue}?category=cs.LG",
        "queue, two filters": f"{queue}?finding=style&status=published",
        "queue, what is rare": f"{queue}?finding=ending&engine=memory&stale=yes",
        "queue, free ones of a week": f"{queue}?hand=free&when=7",
        "queue, words": f"{queue}?q=量子の格子",
        "queue, a frequent word": f"{queue}?q=学習",
        "queue, one paper": f"{queue}?q={first.translation.paper.arxiv_id}",
        "queue, second page": f"{queue}?after={RISKIEST_FIRST.encode(after)}",
        "desk": reverse("review_desk"),
        "page of a translation": reverse("admin:translation_translation_change", args=[first.pk]),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    queries = {}
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as seen:
            response = client.get(address)
        assert response.status_code == 200, (name, response.status_code)
        queries[name] = len(seen)
    for _ in range(requests):
        for name, address in pages.items():
            times[name].append(timed(partial(client.get, address))[0])
    waited, _ = timed(lambda: check_workers(settings.REDIS_URL))
    base = statistics.median(times["Django's list of translations"])
    print(f"{'':32}{'median':>9}{'p95':>9}{'queries':>9}{'ratio':>8}")
    for name, taken in times.items():
        median = statistics.median(taken)
        p95 = percentile(taken, 0.95)
        print(f"{name:32}{median:7.0f} ms{p95:6.0f} ms{queries[name]:9}{median / base:8.2f}")
    print(f"of the desk, waiting for workers to answer: {waited:.0f} ms")
