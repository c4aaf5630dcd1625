"""Word-level differences, also in Japanese."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.diff.word_diff import Change, diff


def shown(before: str, after: str) -> str:
    """Return the difference as one line: [-removed-] and {+added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[change.kind].format(change.text) for change in diff(before, after))


PAIRS = {
    "a word": ("LSMは学習する。", "LLMは学習する。", "[-LSM-]{+LLM+}は学習する。"),
    "kanji": ("政治の学習", "方策の学習", "[-政治-]{+方策+}の学習"),
    "katakana": ("モデルを使う", "モジュールを使う", "[-モデル-]{+モジュール+}を使う"),
    "a particle": ("モデルは速い", "モデルが速い", "モデル[-は-]{+が+}速い"),
    "a particle before kana": (
        "モデルはすぐ動く",
        "モデルがすぐ動く",
        "モデル[-は-]{+が+}すぐ動く",
    ),
    "an ending": ("学習する。", "学習した。", "学習[-する-]{+した+}。"),
    "a number": ("精度は12.5%だ", "精度は13.5%だ", "精度は[-12.5-]{+13.5+}%だ"),
    "punctuation": ("速い、軽い。", "速い，軽い。", "速い[-、-]{+，+}軽い。"),
    "TeX": (r"$\alpha$を使う", r"$\beta$を使う", r"$[-\alpha-]{+\beta+}$を使う"),
    "something new": ("学習する", "深層学習する", "{+深層+}学習する"),
    "something gone": ("とても速い手法", "速い手法", "[-とても-]速い手法"),
    "everything new": ("", "新しい", "{+新しい+}"),
    "everything gone": ("古い", "", "[-古い-]"),
    "the same": ("同じ文。", "同じ文。", "同じ文。"),
    "chance between two changes": ("甲は乙だ", "丙は丁だ", "[-甲は乙-]{+丙は丁+}だ"),
    "words with spaces": ("two old words", "two new words", "two [-old-]{+new+} words"),
    "voicing marks stay on": ("か\u3099く", "かく", "[-か\u3099く-]{+かく+}"),
}


@pytest.mark.parametrize(("before", "after", "expected"), PAIRS.values(), ids=PAIRS)
def test_a_change_is_shown_by_its_words(before, after, expected):
    assert shown(before, after) == expected


def test_empty_texts_have_no_difference():
    assert diff("", "") == []


def test_a_text_too_long_to_compare_counts_as_rewritten_between_its_ends():
    before, after = "始。" + "甲乙" * 2000 + "。終", "始。" + "丙丁" * 2000 + "。終"
    assert diff(before, after) == [
        Change("same", "始。"),
        Change("removed", "甲乙" * 2000),
        Change("added", "丙丁" * 2000),
        Change("same", "。終"),
    ]


SIMILAR = st.text(alphabet="はがをするモデルー学習方策 ab1.2,\\$。\n\u3099é🙂", max_size=40)


@given(st.one_of(SIMILAR, st.text()), st.one_of(SIMILAR, st.text()))
def test_both_texts_can_be_rebuilt_from_the_difference(before, after):
    changes = diff(before, after)
    assert "".join(change.text for change in changes if change.kind != "added") == before
    assert "".join(change.text for change in changes if change.kind != "removed") == after


@given(SIMILAR, SIMILAR)
def test_stretches_are_whole_and_in_order(before, after):
    changes = diff(before, after)
    assert all(change.text for change in changes)
    kinds = [change.kind for change in changes]
    assert all(one != other for one, other in pairwise(kinds))
    assert ("added", "removed") not in pairwise(kinds)


@given(SIMILAR)
def test_equal_texts_are_one_change(text):
    assert diff(text, text) == ([Change("same", text)] if text else [])
