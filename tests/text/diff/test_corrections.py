"""Terms corrected by an edit, and other places with the wrong rendering."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.diff.corrections import (
    find_renderings,
    replace_rendering,
    term_corrections,
    term_pattern,
)

EDITS = {
    "an acronym": ("LSMを用いる。", "LLMを用いる。", [("LSM", "LLM")]),
    "kanji for katakana": ("政治の学習", "オフポリシーの学習", [("政治", "オフポリシー")]),
    "half a compound of kanji": ("機械学習を行う", "深層学習を行う", [("機械学習", "深層学習")]),
    "beside another word": (
        "素早い工学を学ぶ",
        "プロンプト工学を学ぶ",
        [("素早い", "プロンプト"), ("素早い工学", "プロンプト工学")],
    ),
    "beside a word of other script": (
        "政治モデルは",
        "オフポリシーモデルは",
        [("政治", "オフポリシー"), ("政治モデル", "オフポリシーモデル")],
    ),
    "two terms": (
        "LSMは政治である。",
        "LLMはオフポリシーである。",
        [("LSM", "LLM"), ("政治", "オフポリシー")],
    ),
    "a number": ("精度は9%だ", "精度は3%だ", []),
    "an ending": ("学習する。", "学習した。", []),
    "punctuation": ("速い、軽い。", "速い，軽い。", []),
    "something added": ("学習する", "深層学習する", []),
    "something taken out": ("深い学習", "学習", []),
    "a rewritten sentence": ("あ" * 30 + "漢字" * 20, "い" * 30 + "語句" * 20, []),
    "math": ("$LSM$は", "$LLM$は", [("LSM", "LLM")]),
    "nothing": ("同じ", "同じ", []),
}


@pytest.mark.parametrize(("before", "after", "found"), EDITS.values(), ids=EDITS)
def test_corrected_terms_of_an_edit(before, after, found):
    assert term_corrections(before, after) == found


PLACES = {
    "each place": ("LSM", "LLM", "LSMとLSM", "LLMとLLM"),
    "not in a longer word": ("LSM", "LLM", "LSMsとxLSMとLSM-A", "LSMsとxLSMとLLM-A"),
    "beside Japanese": ("LSM", "LLM", "大規模LSMは", "大規模LLMは"),
    "in a compound of kanji": ("政治", "方策", "政治学習", "方策学習"),
    "what is right already": ("学習", "深層学習", "深層学習と学習", "深層学習と深層学習"),
    "right and longer at both ends": ("B", "ABA", "ABA B", "ABA ABA"),
    "overlapping": ("ああ", "い", "あああ", "いあ"),
    "nowhere": ("政治", "方策", "学習", "学習"),
}


@pytest.mark.parametrize(("wrong", "right", "text", "expected"), PLACES.values(), ids=PLACES)
def test_only_wrong_renderings_are_replaced(wrong, right, text, expected):
    assert replace_rendering(wrong, right, text) == expected


TERMS = {
    "any case": ("off-policy", "Off-Policy learning", True),
    "a space for the hyphen": ("off-policy", "off policy", True),
    "the plural": ("LLM", "LLMs are", True),
    "over a line": ("prompt engineering", "prompt\nengineering", True),
    "a part of a word": ("off", "offer", False),
    "the end of a word": ("policy", "xpolicy", False),
    "signs are signs": ("C++", "C plus", False),
}


@pytest.mark.parametrize(("term", "source", "is_there"), TERMS.values(), ids=TERMS)
def test_a_term_is_found_in_a_source_as_a_whole_word(term, source, is_there):
    assert bool(term_pattern(term).search(source)) is is_there


JAPANESE = st.text(alphabet="政治方策学習モデルLMSはをの。 ", max_size=12)


@given(JAPANESE, JAPANESE)
def test_each_correction_makes_the_one_text_of_the_other(before, after):
    for wrong, right in term_corrections(before, after):
        assert wrong in before
        assert right in after
        assert wrong != right


@given(st.text(alphabet="AB政治", min_size=1, max_size=3), JAPANESE, JAPANESE)
def test_correcting_changes_nothing_but_the_places(wrong, right, text):
    places = list(find_renderings(wrong, right, text))
    assert all(text.startswith(wrong, at) for at in places)
    assert len(replace_rendering(wrong, right, text)) == len(text) + len(places) * (
        len(right) - len(wrong)
    )
    assert replace_rendering(wrong, wrong, text) == text
