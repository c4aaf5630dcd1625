"""What may stand in the glossary, and how imports and edits are stored."""

from datetime import timedelta

import pytest

from apps.translation.glossary.entries import BadTerm, fold_term, validate_entry
from apps.translation.glossary.service import (
    ImportCounts,
    glossary_index,
    store_terms,
    stored_entries,
    terms_for,
)
from apps.translation.models import GlossaryTerm
from tests.support.builders import NOW
from tests.translation.glossary.glossary_entries import entry

pytestmark = pytest.mark.usefixtures("english")

LATER = NOW + timedelta(days=1)


def store(*given, **options) -> ImportCounts:
    """Store entries as an import of the file terms.csv."""
    return store_terms(given, **({"origin": "terms.csv", "now": NOW} | options))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("pre-training", "Pretraining", id="hyphen and case"),
        pytest.param("data set", "dataset", id="space"),
        pytest.param("Bayes' theorem", "Bayes’ theorem", id="apostrophe"),
    ],
)
def test_spellings_of_one_term_fold_to_the_same(one, other):
    assert fold_term(one) == fold_term(other)


def test_an_entry_is_tidied():
    given = entry(" data  set ", " データセット", scope="stat.ML  cs.*", forbidden=(" a ", "", "a"))
    expected = entry("data set", "データセット", scope="cs.* stat.ML", forbidden=("a",))
    assert validate_entry(given) == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(entry(""), "both needed", id="no term"),
        pytest.param(entry("agent", " "), "both needed", id="no rendering"),
        pytest.param(entry("U.S."), "could not be found", id="a full stop"),
        pytest.param(entry("(agent)"), "could not be found", id="brackets"),
        pytest.param(entry("a" * 201), "too long", id="too long"),
        pytest.param(entry("agent", "訳\x00"), "control character", id="NUL"),
        pytest.param(entry("agent", scope="cs,stat"), "not a scope", id="commas in the scope"),
        pytest.param(entry("agent", scope="law"), "not a scope", id="an unknown archive"),
        pytest.param(entry("agent", part_of_speech="thing"), "noun, verb", id="part of speech"),
        pytest.param(entry("agent", case_rule="some"), "any or exact", id="case rule"),
        pytest.param(entry("agent", "a", forbidden=("a",)), "is both", id="right and forbidden"),
        pytest.param(entry("agent", forbidden=("a|b",)), "separator in files", id="a bar"),
        pytest.param(entry("agent", where="line 7", scope="law"), "^line 7: ", id="the place"),
    ],
)
def test_what_cannot_be_stored_is_said(given, message):
    with pytest.raises(BadTerm, match=message):
        validate_entry(given)


def test_a_language_is_a_code():
    from dataclasses import replace

    with pytest.raises(BadTerm, match="not a language code"):
        validate_entry(replace(entry("agent"), target_language="Japanese"))


@pytest.mark.django_db
class TestStoring:
    def test_an_import_writes_only_what_differs(self):
        assert store(entry("agent", "甲"), entry("model", "乙")) == ImportCounts(added=2)
        again = store(entry("agent", "甲"), entry("model", "丙"), now=LATER)
        assert again == ImportCounts(changed=1, unchanged=1)
        assert GlossaryTerm.objects.get(source="agent").updated_at == NOW
        assert GlossaryTerm.objects.get(source="model").updated_at == LATER

    def test_terms_that_a_file_lacks_stay(self):
        store(entry("agent"))
        store(entry("model"))
        assert [item.source for item in stored_entries("en", "ja")] == ["agent", "model"]

    def test_another_spelling_changes_the_term_and_adds_none(self):
        store(entry("pretraining"))
        assert store(entry("pre-training")) == ImportCounts(changed=1)
        assert GlossaryTerm.objects.get().source == "pre-training"

    def test_the_same_term_may_have_another_rendering_in_another_scope(self):
        assert store(entry("kernel"), entry("kernel", scope="cs.OS")) == ImportCounts(added=2)

    def test_two_lines_for_one_term_are_refused_and_nothing_is_stored(self):
        given = [entry("agent", where="line 2"), entry("Agent", "別", where="line 5")]
        with pytest.raises(BadTerm, match=r"line 5: .* line 2"):
            store(*given)
        assert not GlossaryTerm.objects.exists()

    def test_a_wrong_line_keeps_the_others_out(self):
        with pytest.raises(BadTerm, match="line 3"):
            store(entry("agent"), entry("model", "", where="line 3"))
        assert not GlossaryTerm.objects.exists()

    def test_what_an_editor_changed_stays_where_that_is_asked(self, django_user_model):
        editor = django_user_model.objects.create(username="editor")
        store(entry("agent", "甲"), entry("model", "乙"))
        store(entry("agent", "丙"), actor=editor)
        first = [entry("agent", "甲"), entry("model", "丁")]
        assert store(*first, keep_edited=True) == ImportCounts(changed=1, kept=1)
        assert GlossaryTerm.objects.get(source="agent").target == "丙"
        assert store(*first) == ImportCounts(changed=1, unchanged=1)

    def test_a_term_that_was_switched_off_stays_off(self):
        store(entry("agent", "甲"))
        GlossaryTerm.objects.update(is_in_use=False)
        store(entry("agent", "乙"))
        assert terms_for("an agent", "en", "ja") == ()


@pytest.mark.django_db
class TestTheIndexOfTheProcess:
    def test_it_is_built_once_while_nothing_changes(self):
        store(entry("agent"))
        assert glossary_index("en", "ja") is glossary_index("en", "ja")

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            pytest.param(lambda term: term.update(target="新"), ["新"], id="changed"),
            pytest.param(lambda term: term.update(is_in_use=False), [], id="switched off"),
            pytest.param(lambda term: term.delete(), [], id="deleted"),
        ],
    )
    def test_a_change_counts_at_once_however_it_was_made(self, change, expected):
        store(entry("agent", "旧"))
        assert [term.target for term in terms_for("an agent", "en", "ja")] == ["旧"]
        change(GlossaryTerm.objects.all())
        assert [term.target for term in terms_for("an agent", "en", "ja")] == expected

    def test_language_pairs_are_apart(self):
        store(entry("agent"))
        assert terms_for("an agent", "en", "de") == ()

    def test_asking_again_costs_one_query(self, django_assert_num_queries):
        store(entry("agent"))
        glossary_index("en", "ja")
        with django_assert_num_queries(1):
            glossary_index("en", "ja")
