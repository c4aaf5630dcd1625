"""Which sentences sum up an abstract."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.translation.summarisers.extractive import COMFORTABLE_LENGTH, cosine, pick_sentences


@pytest.mark.parametrize("count", [0, 1, 2])
def test_two_or_fewer_sentences_are_their_own_summary(count):
    assert pick_sentences(["文である。"] * count) == list(range(count))


def test_what_the_others_are_about_is_picked_over_an_aside():
    sentences = [
        "本稿では大規模言語モデルの事後学習を調べる。",
        "著者は夏に山へ登った。",
        "事後学習は大規模言語モデルのリーズニングを改善する。",
        "大規模言語モデルの事後学習の課題を示す。",
    ]
    assert 1 not in pick_sentences(sentences)


def test_the_same_thing_is_not_said_twice():
    same = "大規模言語モデルの事後学習を調べる。"
    other = "大規模言語モデルの推論の費用を下げる手法を示す。"
    assert 2 in pick_sentences([same, same, other])[:3]


def test_where_the_code_is_sums_nothing_up():
    sentences = [
        "大規模言語モデルの事後学習を調べる。",
        "事後学習の課題を示す。",
        "大規模言語モデルの事後学習のコードを公開する（https://example.org/code）。",
    ]
    assert pick_sentences(sentences) == [0, 1]


@given(st.lists(st.text(min_size=1, max_size=120), max_size=12))
def test_a_summary_is_two_or_three_whole_sentences_in_order(sentences):
    picked = pick_sentences(sentences)
    assert picked == sorted(set(picked))
    assert len(picked) == min(len(sentences), len(picked))
    assert len(picked) in ({len(sentences)} if len(sentences) <= 2 else {2, 3})
    if len(picked) == 3:
        assert sum(len(sentences[index]) for index in picked) <= COMFORTABLE_LENGTH


@given(st.dictionaries(st.text(max_size=2), st.floats(0.1, 10)))
def test_a_vector_is_like_itself(vector):
    assert cosine(vector, vector) == pytest.approx(1.0 if vector else 0.0)
