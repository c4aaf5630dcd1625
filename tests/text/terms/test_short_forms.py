"""Short forms introduced in abstracts."""

import pytest

from apps.text.terms.short_forms import find_short_forms

INTRODUCED = {
    "plain": ("We use reinforcement learning (RL) here.", [("rl", "reinforcement learning")]),
    "plural": ("Large Language Models (LLMs) are", [("llm", "large language model")]),
    "hyphen": ("in-context learning (ICL)", [("icl", "in context learning")]),
    "letters inside": ("magnetic resonance imaging (MRI)", [("mri", "magnetic resonance imaging")]),
    "words before": (
        "we also show that a graph neural network (GNN)", [("gnn", "graph neural network")]
    ),
    "not its words": ("as shown before (USA)", []),
    "no short form": ("a method (which is new)", []),
    "one word": ("electroencephalography (EEG)", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), INTRODUCED.values(), ids=INTRODUCED)
def test_a_short_form_is_matched_with_the_words_before_it(text, found):
    assert list(find_short_forms(text)) == found


def test_a_long_text_takes_linear_time():
    assert list(find_short_forms("word " * 20_000 + "(RL)")) == []
