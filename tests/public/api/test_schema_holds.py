"""The running API does what its schema says: schemathesis asks for everything, in every order.

It takes minutes, so it is not among the tests of every day: `make test ARGS="-m whole_schema"`.
SCHEMA_EXAMPLES says how many requests are made up for each operation in each phase.
"""

import os
import re
import subprocess
import sys

import pytest

from apps.harvest.models import RunKind
from apps.harvest.runs.service import start_run
from apps.papers.records import SourceFormat
from apps.review.models import Scope
from apps.review.queue.index import refresh_batch
from apps.review.suggestions.service import suggest
from apps.translation.models import Segment
from tests.public.api.programs import account, token_for
from tests.public.api.small_site import build_site
from tests.support.builders import NOW
from tests.support.memory import SENTENCE, remembered

pytestmark = [pytest.mark.whole_schema, pytest.mark.django_db(transaction=True)]

EXAMPLES = os.environ.get("SCHEMA_EXAMPLES", "10")
DESK = "^/api/v1/(desk|suggestions)/"


@pytest.fixture
def site(notices, counters):
    """A site with something in every resource, also in those of editors."""
    build_site(papers=4)
    remembered(SENTENCE)
    sentence = Segment.objects.filter(field="abstract").earliest("id")
    suggest(sentence.pk, base_text=sentence.text, text="案。", sender="x", now=NOW)
    start_run(RunKind.OAI, SourceFormat.ARXIV_RAW, now=NOW, set_spec="cs")
    refresh_batch(changed_since=None, now=NOW, limit=100)


@pytest.mark.parametrize("part", ["for everybody", "for editors"])
def test_every_operation_holds_what_the_schema_says(live_server, site, tmp_path, part):
    if part == "for everybody":
        chosen = ["--exclude-path-regex", DESK]
    else:
        token = token_for(account(), *Scope.values).text
        chosen = ["--include-path-regex", DESK, "--header", f"Authorization: Bearer {token}"]
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run"),
        f"{live_server.url}/api/v1/schema/?format=json",
        *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful"),
        *("--max-examples", EXAMPLES, "--generation-deterministic", "--no-color"),
        *chosen,
    ]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    said = run.stdout[-20_000:] + run.stderr[-2000:]
    assert run.returncode == 0, said
    numbers = {name: int(count) for name, count in re.findall(r"(Selected|Tested): (\d+)", said)}
    assert numbers["Tested"] == numbers["Selected"] > 20
