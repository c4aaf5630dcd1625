"""Folding, tokens and index entries for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.search.tokens import (
    fold,
    fold_with_places,
    index_entries,
    run_ngrams,
    singular_and_plural,
    tokenise,
)

SAME = {
    "width": ("ＬＬＭ", "llm"),
    "case": ("GraphSAGE", "graphsage"),
    "accents": ("Erdős–Rényi", "erdos-renyi"),
    "stroke and sharp s": ("Łódź Straße", "lodz strasse"),
    "half-width kana": ("ﾊﾞｲｱｽ", "バイアス"),
    "hiragana": ("がん", "ガン"),
    "voiced sign apart": ("か\u3099ん", "ガン"),
    "apostrophe": ("O’Brien", "o'brien"),
    "digits": ("２０２５年", "2025年"),
    "ligature": ("æther", "aether"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_spelling_differences_are_folded(one, other):
    assert fold(one) == other


@given(st.text())
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_every_folded_character_has_a_range_of_the_text(text):
    folded, places = fold_with_places(text)
    assert len(folded) == len(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.text(alphabet="aÉß ｶﾞガか\u3099漢ﬁ'-–１"))
def test_places_belong_to_the_same_folding(text):
    assert fold_with_places(text)[0] == fold(text)


@given(st.text(alphabet=st.characters(blacklist_categories=[])))
def test_entries_are_words_that_postgresql_can_store(text):
    for entry, position in index_entries(text):
        assert 0 < len(entry) <= 64
        assert "\x00" not in entry
        assert not entry.startswith("@")
        assert entry.encode("utf-8")
        assert position >= 0


def test_a_run_of_japanese_gives_characters_pairs_and_triples():
    assert list(index_entries("深層学習")) == [
        ("深", 0), ("層", 0), ("学", 0), ("習", 0),
        ("深層", 1), ("層学", 2), ("学習", 3),
        ("深層学", 0), ("層学習", 0),
    ]  # fmt: skip


def test_positions_count_words_and_characters():
    positions = dict(index_entries("LLMの推論 in GPT-4"))
    assert positions["llm"] == 1
    assert positions["推論"] == 3
    assert (positions["in"], positions["gpt"], positions["4"]) == (5, 6, 7)


def test_a_word_with_hyphens_gives_its_parts_and_the_whole():
    assert dict(index_entries("pre-training")) == {"pre": 1, "training": 2, "pretraining": 1}


def test_a_possessive_s_is_dropped():
    assert [token.text for token in tokenise(fold("Schrödinger's cat"))] == ["schrodinger", "cat"]


GRAMS = {
    "one": ("脳", ["脳"]),
    "two": ("推論", ["推論"]),
    "three": ("モデル", ["モデル"]),
    "four": ("強化学習", ["強化学", "化学習"]),
    "one triple once": ("アアアアア", ["アアア"]),
}


@pytest.mark.parametrize(("run", "expected"), GRAMS.values(), ids=GRAMS)
def test_a_run_is_matched_by_its_ngrams(run, expected):
    assert run_ngrams(run) == expected


@given(st.text(alphabet="深層学習強化推論モデル", min_size=1, max_size=12), st.integers(0, 11))
def test_every_part_of_a_run_is_found_by_its_entries(run, start):
    part = run[start:] or run
    assert set(run_ngrams(part)) <= {entry for entry, _ in index_entries(run)}


FORMS = {
    "acronym": ("gan", {"gan", "gans"}),
    "plural": ("transformers", {"transformers", "transformer"}),
    "y": ("policy", {"policy", "policies"}),
    "ies": ("policies", {"policies", "policy"}),
    "x": ("simplex", {"simplex", "simplexes"}),
    "no plural": ("analysis", {"analysis", "analysises"}),
    "short": ("gas", {"gas", "gases"}),
    "not English": ("モデル", {"モデル"}),
    "with a digit": ("gpt4", {"gpt4"}),
}


@pytest.mark.parametrize(("word", "forms"), FORMS.values(), ids=FORMS)
def test_singular_and_plural_forms(word, forms):
    assert set(singular_and_plural(word)) == forms
