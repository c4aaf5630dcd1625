"""The starter glossary: sound, and in harmony with the demonstration."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from apps.papers.models import Paper
from apps.text.checks import Severity
from apps.translation.engines.memory import MemoryEngine
from apps.translation.glossary.files import load_starter_glossary
from apps.translation.glossary.service import ImportCounts, glossary_index
from apps.translation.models import Finding, GlossaryTerm, Translation
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.open import open_translations
from apps.translation.pipeline.translate import Plan, translate_batch
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW

pytestmark = pytest.mark.django_db

STARTER = Path(settings.SEEDS_DIR) / "glossary_en_ja.csv"


@pytest.fixture
def starter() -> ImportCounts:
    """Load the starter glossary."""
    return load_starter_glossary(STARTER, source="en", target="ja", now=NOW)


def test_it_has_at_least_300_terms_free_for_all(starter):
    assert starter.added == GlossaryTerm.objects.filter(licence="CC0-1.0").count() >= 300
    assert not GlossaryTerm.objects.filter(part_of_speech="").exists()


def test_loading_it_again_changes_nothing_and_keeps_what_editors_changed(
    starter, django_user_model
):
    editor = django_user_model.objects.create(username="editor")
    GlossaryTerm.objects.filter(source="agent").update(target="行為者", updated_by=editor)
    again = load_starter_glossary(STARTER, source="en", target="ja", now=NOW)
    assert again == ImportCounts(unchanged=starter.added - 1, kept=1)


def test_every_term_is_found_in_a_sentence_of_its_category(starter):
    index = glossary_index("en", "ja")
    for term in GlossaryTerm.objects.all():
        category = term.scope.split()[0].replace("*", "XX") if term.scope else ""
        found = index.find(f"We use {term.source} here.", category)
        assert [item.target for item in found] == [term.target], term


def test_the_demonstration_has_no_finding_about_terms_that_holds_it(starter):
    call_command("seed", verbosity=0)
    open_translations(list(Paper.objects.values_list("pk", flat=True)), "ja", now=NOW)
    engine = MemoryEngine()
    plan = Plan("en", lambda name: engine, [{"engines": ["memory"]}], batch=1000, lease_seconds=60)
    while translate_batch(plan, clock=lambda: NOW):
        pass
    finish_batch(now=NOW)
    states = Counter(Translation.objects.values_list("status", flat=True))
    assert states == {TranslationStatus.READY: 10}
    assert not Finding.objects.filter(severity=Severity.BLOCKING.value).exists()
    assert [item.message_en for item in Finding.objects.filter(name="terms")] == []
