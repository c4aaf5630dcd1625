"""Key terms: found, merged, or left out as prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.terms.acronyms import defined_acronyms
from apps.text.terms.key_terms import KeyTerm, key_terms
from apps.text.terms.singulars import singular


def terms(text: str) -> list[str]:
    return [term.term for term in key_terms("", text)]


FOUND = {
    "three words": ("We study graph neural networks.", "graph neural network"),
    "two words": ("A new view on dark matter.", "dark matter"),
    "one word at the end of a stretch": ("We reduce hallucination in dialogue.", "hallucination"),
    "a name anywhere": ("We ask ChatGPT questions.", "chatgpt"),
    "a name with a number": ("We compare GPT-4 with people.", "gpt 4"),
    "a part of a longer term": ("Deep reinforcement learning works.", "reinforcement learning"),
    "plural": ("On vision transformers.", "vision transformer"),
    "irregular plural": ("On random matrices.", "random matrix"),
    "British spelling": ("On image tokenisation.", "image tokenization"),
    "British spelling of a word": ("On crowd behaviour models.", "crowd behavior model"),
    "accents": ("A Schrödinger operator appears.", "schrodinger operator"),
    "accents in TeX": (r"A Schr\"odinger operator appears.", "schrodinger operator"),
    "possessive": ("Finding Alzheimer's disease early.", "alzheimer disease"),
    "prefix with hyphen": ("On pre-training data mixtures.", "pretraining data mixture"),
    "prefix without hyphen": ("On pretraining data mixtures.", "pretraining data mixture"),
    "words with hyphen": ("On long-context retrieval.", "long context retrieval"),
    "words without hyphen": ("On long context retrieval.", "long context retrieval"),
    "a closed compound": ("On instruction finetuning.", "instruction fine tuning"),
    "the same with hyphen": ("On instruction fine-tuning.", "instruction fine tuning"),
    "something that is used": ("On LLM-based agents.", "large language model agent"),
    "a small word inside a name": ("A mixture of experts.", "mixture of expert"),
    "the same with hyphens": ("A mixture-of-experts layer.", "mixture of expert layer"),
    "a competition of a year": ("At SemEval-2026 we won.", "semeval"),
    "well-known acronym": ("LLMs can plan.", "large language model"),
    "acronym that reads like a word": (
        "A model of RAG is given.",
        "retrieval augmented generation",
    ),
    "title in capitals": ("ON DARK MATTER", "dark matter"),
}


@pytest.mark.parametrize(("text", "term"), FOUND.values(), ids=FOUND)
def test_a_term_is_found_in_its_compared_form(text, term):
    assert term in terms(text)


LEFT_OUT = {
    "boilerplate": "In this paper, we propose a novel framework with state-of-the-art results.",
    "experiments": "Extensive experiments show that our approach clearly outperforms baselines.",
    "math": r"Let $G$ be such that $f(x) = \mathcal{O}(n)$ holds.",
    "address": "See https://example.org/deep-learning/dark-matter for more.",
    "numbers": "It is 12.5% better than 3 others by 100x.",
    "generic nouns alone": "The model, the system, the data and the network.",
    "adjectives alone": "It is neural, semantic, generative and scalable.",
    "adverbs": "It works remarkably well and surprisingly.",
    "a letter that is only a mark": "\u037a",
    "nothing": "",
}


@pytest.mark.parametrize("text", LEFT_OUT.values(), ids=LEFT_OUT)
def test_prose_and_signs_are_not_terms(text):
    assert terms(text) == []


def test_no_term_extends_across_punctuation_math_or_a_verb():
    found = terms(
        "Dark matter, energy density. Spin $x$ glass. Photon beams require mirror arrays."
    )
    assert "dark matter" in found
    assert not {"matter energy", "spin glass", "density spin", "photon beam require"} & set(found)


def test_an_acronym_and_its_long_form_are_one_term():
    found = key_terms("LLM reasoning", "Large language models (LLMs) reason. LLMs also plan.")
    models = [term for term in found if term.term == "large language model"]
    assert models == [KeyTerm("large language model", "Large language models", True)]
    assert not [term for term in found if "llm" in term.term]


def test_an_acronym_that_the_paper_defines_is_its_long_form():
    found = key_terms("", "We use Group Relative Policy Optimization (GRPO). GRPO is stable.")
    assert [term for term in found if term.acronym] == [
        KeyTerm(
            "group relative policy optimization",
            "Group Relative Policy Optimization",
            False,
            "grpo",
        )
    ]


def test_a_paper_may_redefine_a_known_acronym():
    found = terms("A region adjacency graph (RAG) is built. The RAG is planar.")
    assert "region adjacency graph" in found
    assert "retrieval augmented generation" not in found


def test_terms_of_the_title_come_first_and_once():
    found = key_terms("Dark matter halos", "We observe galaxy clusters. Dark matter is there.")
    assert [(term.term, term.in_title) for term in found if " " in term.term] == [
        ("dark matter", True),
        ("dark matter halo", True),
        ("matter halo", True),
        ("galaxy cluster", False),
    ]


@given(st.text(), st.text())
def test_any_text_gives_distinct_terms_that_occur_in_it(title, abstract):
    found = key_terms(title, abstract)
    assert len({term.term for term in found}) == len(found)
    assert all(term.term.strip() == term.term != "" for term in found)


DEFINED = {
    "plain": ("a large language model (LLM) here", [("LLM", "large language model")]),
    "plural": ("large language models (LLMs)", [("LLM", "large language models")]),
    "hyphens": (
        "retrieval-augmented generation (RAG)",
        [("RAG", "retrieval-augmented generation")],
    ),
    "small words": ("Internet of Things (IoT)", [("IoT", "Internet of Things")]),
    "letters inside words": ("a hidden Markov model (HMM)", [("HMM", "hidden Markov model")]),
    "not what stands there": ("we ask the authors (LLM)", []),
    "no acronym": ("graphs (see below)", []),
    "a number": ("many papers (2024)", []),
    "not over a full sentence": ("Large gains. Look; models (LLM)", []),
}


@pytest.mark.parametrize(("text", "pairs"), DEFINED.values(), ids=DEFINED)
def test_defined_acronyms_have_their_long_forms(text, pairs):
    assert list(defined_acronyms(text)) == pairs


SINGULARS = {
    "models": "model", "matrices": "matrix", "studies": "study", "classes": "class",
    "boxes": "box", "branches": "branch", "analyses": "analysis", "analysis": "analysis",
    "physics": "physics", "bias": "bias", "loss": "loss", "gas": "gas", "bus": "bus",
    "hypotheses": "hypothesis", "vertices": "vertex", "databases": "database", "series": "series",
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), SINGULARS.items(), ids=SINGULARS)
def test_the_singular_of_a_word(word, expected):
    assert singular(word) == expected
    assert singular(expected) == expected
