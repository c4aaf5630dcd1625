"""A site with one of everything that the editors' endpoints are about."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from apps.harvest.models import HarvestRun, RunKind
from apps.harvest.runs.service import start_run
from apps.papers.records import SourceFormat
from apps.review.models import Suggestion
from apps.review.suggestions.service import suggest
from apps.translation.glossary.service import store_terms
from apps.translation.models import GlossaryTerm, MemoryEntry, Segment, Translation
from tests.public.api.programs import program
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.translation.glossary.glossary_entries import entry
from tests.translation.memory.test_store import SENTENCE, remembered


@dataclass(frozen=True)
class Site:
    """What there is."""

    translation: Translation
    segment: Segment
    suggestion: Suggestion
    term: GlossaryTerm
    memory: MemoryEntry
    run: HarvestRun


@pytest.fixture
def site(db, counters) -> Site:
    """Make one of everything."""
    translation = publish_paper(arxiv_id="2602.00001")
    segment = translation.segments.filter(field="abstract").earliest("position")
    suggestion = suggest(
        segment.pk, base_text=segment.text, text="読者の案。", credit="読者", sender="x", now=NOW
    )
    store_terms([entry("agent", "エージェント")], origin="a.csv", now=NOW)
    remembered(SENTENCE)
    return Site(
        translation,
        segment,
        suggestion,
        GlossaryTerm.objects.get(),
        MemoryEntry.objects.get(),
        start_run(RunKind.OAI, SourceFormat.ARXIV_RAW, now=NOW, set_spec="cs"),
    )


class Editor:
    """A program of an editor with every scope: what it sends and gets is JSON."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, method: str, address: str, body: Any = None, expected: int = 200) -> Any:
        """Send a request below /api/v1/desk/ and return what the answer says."""
        sent = {} if body is None else {"data": body, "content_type": "application/json"}
        answer = getattr(self.client, method)(f"/api/v1/desk/{address}", **sent)
        assert answer.status_code == expected, answer.content
        kind = "application/problem+json" if expected >= 400 else "application/json"
        if expected != 204:
            assert answer["Content-Type"] == kind
        assert answer["Cache-Control"] == "no-store"
        return answer.json() if expected != 204 else None

    def get(self, address: str, expected: int = 200) -> Any:
        """Read."""
        return self.ask("get", address, expected=expected)


@pytest.fixture
def editor(db) -> Editor:
    """A program of a superuser."""
    return Editor(program())
