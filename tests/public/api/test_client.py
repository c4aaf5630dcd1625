"""A typed client made from the schema by openapi-python-client reads the site and corrects it."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from apps.review.models import Scope
from apps.translation.models import Segment
from tests.public.api.conforming import schema
from tests.public.api.programs import account, token_for
from tests.support.factories import publish_paper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices", "counters"),
]

PACKAGE = "client_of_papersite"
# What somebody who uses the client would write; checked against its types, and run.
PROGRAM = f"""
from collections.abc import Iterator

from {PACKAGE} import AuthenticatedClient
from {PACKAGE}.api.desk import desk_segments_correct, desk_segments_list
from {PACKAGE}.api.papers import papers_list, papers_retrieve
from {PACKAGE}.models import DeskCorrectionBody, DeskSegment, DeskSegmentPage
from {PACKAGE}.models import Paper, PaperDetail, PaperPage, Problem
from {PACKAGE}.types import UNSET, Unset


def papers(url: str, token: str, category: str) -> Iterator[Paper]:
    with AuthenticatedClient(base_url=url, token=token) as client:
        cursor: str | Unset = UNSET
        while True:
            page = papers_list.sync(client=client, category=category, limit=2, cursor=cursor)
            assert isinstance(page, PaperPage)
            yield from page.results
            if page.next_ is None:
                return
            cursor = page.next_.partition("cursor=")[2].partition("&")[0]


def sentences(url: str, token: str, arxiv_id: str) -> list[tuple[str, str]]:
    with AuthenticatedClient(base_url=url, token=token) as client:
        paper = papers_retrieve.sync(arxiv_id, client=client)
    assert isinstance(paper, PaperDetail)
    assert not isinstance(paper.segments, Unset)
    return [(each.source, each.text) for each in paper.segments]


def problem(url: str, token: str, arxiv_id: str) -> str:
    with AuthenticatedClient(base_url=url, token=token) as client:
        found = papers_retrieve.sync(arxiv_id, client=client)
    assert isinstance(found, Problem)
    return found.detail


def correct(url: str, token: str, source: str, text: str) -> DeskSegment:
    with AuthenticatedClient(base_url=url, token=token) as client:
        page = desk_segments_list.sync(client=client)
        assert isinstance(page, DeskSegmentPage)
        segment = next(each for each in page.results if each.source == source)
        assert isinstance(segment.id, int) and isinstance(segment.text, str)
        body = DeskCorrectionBody(text=text, seen=segment.text)
        corrected = desk_segments_correct.sync(segment.id, client=client, body=body)
    assert isinstance(corrected, DeskSegment)
    return corrected
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with the client, made from the schema, and a program that uses it."""
    made = tmp_path_factory.mktemp("client")
    (made / "schema.json").write_text(json.dumps(schema()))
    (made / "config.yaml").write_text("post_hooks: []\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate"]
    command += ["--path", "schema.json", "--config", "config.yaml", "--meta", "none"]
    command += ["--output-path", PACKAGE]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True, check=True)
    assert "WARNING" not in done.stdout, done.stdout
    (made / "program_of_a_client.py").write_text(PROGRAM)
    return made


def test_the_client_and_what_uses_it_are_typed(folder):
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", "cache"]
    done = subprocess.run(
        [*command, PACKAGE, "program_of_a_client.py"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_client_reads_the_site_and_corrects_a_sentence(folder, live_server, monkeypatch):
    for number in range(1, 6):
        publish_paper(arxiv_id=f"2602.0000{number}", title=f"Sheep {number}", abstract="We count.")
    monkeypatch.syspath_prepend(folder)
    program = importlib.import_module("program_of_a_client")
    site = live_server.url, token_for(account(), *Scope.values).text
    found = [paper.arxiv_id for paper in program.papers(*site, "cs.CL")]
    assert sorted(found) == [f"2602.0000{number}" for number in range(1, 6)]
    before = dict(program.sentences(*site, "2602.00003"))
    assert list(before) == ["Sheep 3", "We count."]
    assert "2602.99999" in program.problem(*site, "2602.99999")
    assert program.correct(*site, "Sheep 3", "羊三").origin == "person"
    assert dict(program.sentences(*site, "2602.00003"))["Sheep 3"] == "羊三"
    assert Segment.objects.get(source="Sheep 3").approved_at is not None
    # Who only reads needs no token, though the client's types ask for one.
    anybody = importlib.import_module(PACKAGE).Client(base_url=live_server.url)
    listed = importlib.import_module(f"{PACKAGE}.api.papers.papers_list").sync(client=anybody)
    assert len(listed.results) == 5
