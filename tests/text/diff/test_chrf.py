"""chrF against values computed by hand, and properties for any texts."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.diff.chrf import LONGEST, chrf, count_grams

TEXT = st.text(alphabet="あいう漢字ab ", max_size=20)


def f_score(precision: float, recall: float) -> float:
    """The F-score in which recall counts twice as much (F2)."""
    return 100 * 5 * precision * recall / (4 * precision + recall)


HAND = {
    # One character each: only n = 1 exists on both sides.
    "the same": ("あ", "あ", 100.0),
    "different": ("あ", "い", 0.0),
    # 1-grams: 2 of 3 and 2 of 2; 2-grams: 1 of 2 and 1 of 1; no 3-grams on the right.
    "one more": ("abc", "ab", f_score((2 / 3 + 1 / 2) / 2, 1.0)),
    "one less": ("ab", "abc", f_score(1.0, (2 / 3 + 1 / 2) / 2)),
    # 1-grams: all 4; 2-grams: "ab", "cd" of 3; 3- and 4-grams: none of 2 and of 1.
    "two halves": ("abcd", "cdab", f_score((1 + 2 / 3) / 4, (1 + 2 / 3) / 4)),
    # "a" is there three times, but only twice on the right.
    "repetition": ("aaa", "aa", f_score((2 / 3 + 1 / 2) / 2, 1.0)),
    "white space": ("a b\nc", "abc", 100.0),
}


@pytest.mark.parametrize(("written", "final", "score"), HAND.values(), ids=HAND)
def test_a_pair_scores_as_worked_out_by_hand(written, final, score):
    assert chrf([count_grams(written, final)]) == pytest.approx(score)


def test_many_pairs_are_counted_together():
    # 1-grams: 1 of 1 and 0 of 3, so 1 of 4 on both sides; 2- and 3-grams: none of 2 and of 1.
    counts = [count_grams("a", "a"), count_grams("bcd", "xyz")]
    assert chrf(counts) == pytest.approx(f_score(1 / 12, 1 / 12))


@pytest.mark.parametrize("pairs", [[], [("", "")], [("a", " ")]], ids=str)
def test_without_text_there_is_no_score(pairs):
    assert chrf(count_grams(*pair) for pair in pairs) is None


@given(TEXT, TEXT)
def test_n_grams_are_those_of_the_texts_without_white_space(one, other):
    plain = ["".join(text.split()) for text in (one, other)]
    counts = count_grams(one, other)
    for n in range(1, LONGEST + 1):
        first, second = (
            Counter(text[at : at + n] for at in range(len(text) - n + 1)) for text in plain
        )
        assert counts.first[n - 1] == first.total()
        assert counts.second[n - 1] == second.total()
        assert counts.shared[n - 1] == (first & second).total()


@given(st.lists(st.tuples(TEXT, TEXT)))
def test_a_score_is_from_0_to_100_and_100_for_unchanged_texts(pairs):
    score = chrf(count_grams(*pair) for pair in pairs)
    assert score is None or 0 <= score <= 100
    same = chrf(count_grams(text, text) for text, _ in pairs)
    assert same is None or same == pytest.approx(100)
