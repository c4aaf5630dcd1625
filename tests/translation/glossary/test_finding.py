"""Finding the terms of a glossary in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.checks import Term
from apps.translation.glossary.index import TermIndex
from tests.translation.glossary.glossary_entries import entry


def found(text: str, *entries, category: str = "") -> list[str]:
    """Return the terms in `text`, as they are written there."""
    return [term.source for term in TermIndex(entries).find(text, category)]


@pytest.mark.parametrize(
    ("term", "text", "written"),
    [
        pytest.param("agent", "One agent acts.", "agent", id="as it is"),
        pytest.param("agent", "Agents act.", "Agents", id="plural, capital"),
        pytest.param("policy", "two policies", "policies", id="y to ies"),
        pytest.param("loss", "the losses", "losses", id="s to ses"),
        pytest.param("adjacency matrix", "adjacency matrices", "adjacency matrices", id="ices"),
        pytest.param("hypothesis", "both hypotheses", "hypotheses", id="is to es"),
        pytest.param("corpus", "large corpora", "corpora", id="corpora"),
        pytest.param("optimum", "local optima", "optima", id="um to a"),
        pytest.param("pre-training", "pre-training helps", "pre-training", id="hyphen"),
        pytest.param("pre-training", "pretraining helps", "pretraining", id="hyphen left out"),
        pytest.param("pre-training", "pre training helps", "pre training", id="space for hyphen"),
        pytest.param("pretraining", "pre-training helps", "pre-training", id="hyphen put in"),
        pytest.param("k-means", "a k-means step", "k-means", id="hyphen after one letter"),
        pytest.param("e-mail", "an email", "email", id="hyphen after one letter left out"),
        pytest.param("pretraining", "pre\u2011training", "pre\u2011training", id="other hyphen"),
        pytest.param("data set", "our datasets", "datasets", id="two words as one"),
        pytest.param(
            "state of the art", "the state-of-the-art", "state-of-the-art", id="hyphens for spaces"
        ),
        pytest.param("attention", "attention-based models", "attention", id="before a hyphen"),
        pytest.param("Bayes' theorem", "by Bayes\u2019 theorem", "Bayes\u2019 theorem", id="'"),
        pytest.param("C++", "written in C++.", "C++", id="signs at the end"),
        pytest.param("input/output", "slow input/output", "input/output", id="slash"),
        pytest.param("agent", "an agent's goal", "agent", id="possessive"),
        pytest.param("β-VAE", "the β-VAE", "β-VAE", id="Greek"),
    ],
)
def test_a_term_is_found_as_the_text_writes_it(term, text, written):
    assert found(text, entry(term)) == [written]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        pytest.param("rag", "a fragment", id="inside a word"),
        pytest.param("C", "written in C++", id="C is not C++"),
        pytest.param("language model", "language, model and data", id="a comma between"),
        pytest.param("language model", "in this language. Model it", id="two sentences"),
        pytest.param("therapist", "the rapist", id="a closed word is not two"),
        pytest.param("k-means", "where k means a number", id="a space after one letter"),
        pytest.param("on-policy", "effects on policy", id="a space after two letters"),
        pytest.param("kernel", r"for $\mathrm{kernel}(x)$", id="in math"),
        pytest.param("agent", "see https://example.org/agent here", id="in an address"),
        pytest.param("agent", "", id="empty text"),
        pytest.param("agent", "...", id="no word"),
    ],
)
def test_what_is_not_the_term_is_not_found(term, text):
    assert found(text, entry(term)) == []


def test_the_longest_term_wins_and_shorter_ones_count_where_they_stand_alone():
    terms = [entry("language model"), entry("large language model"), entry("model")]
    text = "A large language model is a language model and a model."
    assert found(text, *terms) == ["large language model", "language model", "model"]
    assert found("Large language models", *terms) == ["Large language models"]


def test_a_longer_term_that_does_not_end_well_leaves_the_shorter_one():
    terms = [entry("policy gradient theorem"), entry("policy")]
    assert found("the policy gradient method", *terms) == ["policy"]


def test_a_term_that_occurs_twice_is_given_once():
    assert found("An agent and other agents", entry("agent")) == ["agent"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We use RAG here", ["RAG"], id="as written"),
        pytest.param("Two RAGs", ["RAGs"], id="plural"),
        pytest.param("A rag of cloth", [], id="another case"),
    ],
)
def test_the_case_rule_exact_tells_names_from_words(text, expected):
    assert found(text, entry("RAG", case_rule="exact")) == expected


def test_a_capital_at_the_start_does_not_hide_a_word_of_any_case():
    index = TermIndex([entry("AdaBoost", "A", case_rule="exact"), entry("ada boost two", "B")])
    assert [term.target for term in index.find("Ada boost two")] == ["B"]


@pytest.mark.parametrize(
    ("category", "target"),
    [
        pytest.param("cs.CC", "計算複雑性", id="the category itself"),
        pytest.param("cs.LG", "計算の手間", id="its archive"),
        pytest.param("math.CO", "計算量", id="any other"),
        pytest.param("", "計算量", id="a paper without category"),
    ],
)
def test_the_narrowest_scope_wins(category, target):
    index = TermIndex(
        [
            entry("complexity", "計算の手間", scope="cs.* stat.ML"),
            entry("complexity", "計算量"),
            entry("complexity", "計算複雑性", scope="cs.CC"),
        ]
    )
    assert [term.target for term in index.find("The complexity.", category)] == [target]


@pytest.mark.parametrize("scope", ["hep-th", "hep-th.*"])
def test_an_archive_without_parts_is_a_scope(scope):
    assert found("the bulk", entry("bulk", scope=scope), category="hep-th") == ["bulk"]
    assert found("the bulk", entry("bulk", scope=scope), category="hep-ph") == []


def test_a_longer_term_of_another_category_does_not_count():
    terms = [entry("source coding", scope="cs.IT"), entry("source")]
    assert found("source coding", *terms, category="cs.LG") == ["source"]


def test_all_that_a_check_needs_is_passed_on():
    index = TermIndex([entry("off-policy", "方策オフ型", forbidden=("オフ政治",))])
    assert index.find("Off-policy learning") == (Term("Off-policy", "方策オフ型", ("オフ政治",)),)


def test_the_check_finds_what_the_index_found():
    """Whichever way a text writes a term, the check of terms sees that its rendering is missing."""
    from apps.text.checks import Pair
    from apps.text.checks.terms import Terms

    index = TermIndex([entry("pretraining", "事前学習"), entry("data set", "データセット")])
    for source in ("Pre-training helps.", "Pretraining helps.", "Our datasets.", "Data sets."):
        pair = Pair(source, "訳文。", terms=index.find(source))
        assert len(list(Terms().run(pair))) == 1, source


PIECES = st.sampled_from(
    ["pre", "training", "pretraining", "off", "policy", "policies", "x", " ", "-", "\u2011", ". ",
     "$", "\\", "{", "https://", "é", "\n", "'"]
)  # fmt: skip
TERMS = TermIndex([entry("pre-training"), entry("off-policy"), entry("policy"), entry("é policy")])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_found_stands_in_the_text(text):
    terms = TERMS.find(text)
    assert all(term.source in text for term in terms)
    assert len({term.source for term in terms}) == len(terms)
