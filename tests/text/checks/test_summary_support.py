"""A summary must be supported by its abstract."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.checks.summary_support import unsupported_phrases

ABSTRACT = "大規模言語モデル（LLM）を300万文で学習し、BLEUを2.5ポイント改善する。コードを公開する。"
SOURCE = "We train large language models (LLMs) on 3 million sentences and gain 2.5 BLEU points."


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        pytest.param("LLMを300万文で学習する。", [], id="the same number"),
        pytest.param("LLMを3,000,000文で学習する。", [], id="another writing of the number"),
        pytest.param("本論文では大規模言語モデルを学習する。", [], id="words about the paper"),
        pytest.param("BLEUを2.5ポイント改善する。", [], id="a decimal"),
        pytest.param("LLMを400万文で学習する。", ["400万"], id="another number"),
        pytest.param("BLEUを25ポイント改善する。", ["25"], id="a lost point"),
        pytest.param("LSMを学習する。", ["LSM"], id="another acronym"),
        pytest.param("ROUGEを改善する。", ["ROUGE"], id="another measure"),
        pytest.param("トランスフォーマーを学習する。", ["トランスフォーマー"], id="another model"),
        pytest.param("強化学習を提案する。", ["強化学習"], id="another topic"),
        pytest.param("", [], id="nothing said"),
    ],
)
def test_unsupported_phrases_are_returned(summary, expected):
    assert unsupported_phrases(summary, ABSTRACT, SOURCE) == expected


@given(st.text(max_size=200))
def test_a_text_supports_itself(text):
    assert unsupported_phrases(text, text, "") == []
