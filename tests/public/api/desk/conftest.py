"""A site with one item for each of the editors' endpoints."""

from dataclasses import dataclass

import pytest

from apps.harvest.models import HarvestRun, RunKind
from apps.harvest.runs.service import start_run
from apps.papers.records import SourceFormat
from apps.review.models import Suggestion
from apps.review.suggestions.service import suggest
from apps.translation.glossary.service import store_terms
from apps.translation.models import GlossaryTerm, MemoryEntry, Segment, Translation
from tests.public.api.programs import Editor, program
from tests.support.builders import NOW, build_paper
from tests.support.factories import publish_paper, ready_translation
from tests.support.memory import SENTENCE, remembered
from tests.translation.glossary.glossary_entries import entry


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


@pytest.fixture
def editor(db) -> Editor:
    """A program of a superuser."""
    return Editor(program())


@pytest.fixture
def ready(db) -> Translation:
    """A translation that is ready to be published."""
    return ready_translation(build_paper())
