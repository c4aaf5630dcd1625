"""The order of related papers: words, vectors, feedback, titles, categories, years."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.discovery.related.duplicates import overlap, same_work
from apps.discovery.related.similarity import (
    Near,
    Profile,
    feedback_vector,
    nearest_first,
    rarity,
    related_first,
    words_of,
)

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def profile(
    key: int,
    text: str = "",
    *,
    title: str = "",
    vector: tuple[float, ...] = (1.0, 0.0),
    categories: str = "cs.CL",
    years: float = 0,
) -> Profile:
    unit = np.array(vector, np.float32)
    return Profile(
        key=key,
        vector=unit / np.linalg.norm(unit),
        words=words_of(f"{title} {text}"),
        title_words=words_of(title),
        categories=frozenset(categories.split()),
        submitted_at=DAY - timedelta(days=365.25 * years),
    )


def equal(_word: str) -> float:
    return 1.0


def keys(found: list[Near]) -> list[int]:
    return [near.key for near in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Networks and a network", ["network", "network"], id="plural"),
        pytest.param("Galaxies", ["galaxy"], id="ies"),
        pytest.param(
            "loss, bias, analysis, gas", ["loss", "bias", "analysis", "gas"], id="no plural"
        ),
        pytest.param("Self-Supervised", ["self", "supervised"], id="hyphen"),
        pytest.param("Poincaré", ["poincare"], id="accent"),
        pytest.param("GPT4 in 3 steps", ["gpt4", "step"], id="digits"),
        pytest.param("強化学習", [], id="not English"),
        pytest.param("", [], id="empty"),
    ],
)
def test_words_are_compared_without_case_accents_hyphens_and_plurals(text, words):
    assert words_of(text) == Counter(words)


def test_a_rare_word_weighs_more_than_a_frequent_one():
    assert rarity(1, 1000) > rarity(100, 1000) > rarity(1000, 1000) > 0


class TestTheOrder:
    subject = profile(0, "dust around young stars", title="Dust")

    def test_the_same_words_come_before_other_words(self):
        others = [profile(1, "language models forget"), profile(2, "dust around old stars")]
        assert keys(related_first(self.subject, others, equal)) == [2, 1]

    def test_a_shared_rare_word_counts_more_than_a_shared_frequent_one(self):
        others = [profile(1, "young xyz"), profile(2, "dust xyz")]
        weight = {"dust": 5.0, "young": 0.5}
        ordered = nearest_first(self.subject, others, lambda word: weight.get(word, 1.0))
        assert keys(ordered) == [2, 1]

    def test_the_nearer_vector_comes_first_where_words_say_nothing(self):
        others = [profile(1, "a", vector=(0.7, 0.7)), profile(2, "b", vector=(0.9, 0.1))]
        found = related_first(self.subject, others, equal)
        assert keys(found) == [2, 1]
        assert found[0].similarity == pytest.approx(0.9 / np.hypot(0.9, 0.1))

    @pytest.mark.parametrize(
        ("near", "far"),
        [
            pytest.param({"years": 1}, {"years": 9}, id="years"),
            pytest.param(
                {"years": -1}, {"years": 9}, id="later papers are as near as earlier ones"
            ),
            pytest.param({"categories": "cs.CL"}, {"categories": "math.AG"}, id="categories"),
            pytest.param(
                {"title": "Dust", "text": "x"}, {"title": "Rust", "text": "dust"}, id="title"
            ),
        ],
    )
    def test_what_else_counts(self, near, far):
        ordered = related_first(self.subject, [profile(1, **far), profile(2, **near)], equal)
        assert keys(ordered) == [2, 1]

    def test_what_the_nearest_have_in_common_counts_too(self):
        nearest = [profile(key, f"dust around young stars discs t{key}") for key in range(1, 29)]
        discs, ices = profile(90, "discs r s t"), profile(91, "ices r s t")
        ordered = keys(related_first(self.subject, [*nearest, ices, discs], equal))
        assert ordered.index(90) < ordered.index(91)

    def test_feedback_moves_the_question_to_what_the_nearest_have_in_common(self):
        moved = feedback_vector(self.subject, [profile(1, vector=(0.0, 1.0))])
        assert moved[1] > 0
        assert np.linalg.norm(moved) == pytest.approx(1.0)
        assert feedback_vector(self.subject, []) is self.subject.vector

    def test_no_candidates_give_an_empty_list(self):
        assert related_first(self.subject, [], equal) == []

    @given(
        st.lists(st.tuples(st.text(max_size=30), st.floats(-1, 1), st.floats(-30, 30)), max_size=12)
    )
    def test_every_paper_is_given_back_once_whatever_its_text(self, papers):
        others = [
            profile(key, text, vector=(1.0, tilt), years=years)
            for key, (text, tilt, years) in enumerate(papers, 1)
        ]
        found = related_first(self.subject, others, lambda word: rarity(len(word), 9 + len(word)))
        assert sorted(keys(found)) == [other.key for other in others]
        assert all(np.isfinite(near.nearness) for near in found)
        assert [n.nearness for n in found] == sorted((n.nearness for n in found), reverse=True)


TEXT = "we study how dust moves around young stars in the disc and what the telescope sees of it"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(("Dust", TEXT), ("Dust", TEXT), True, id="the same text"),
        pytest.param(("Dust", TEXT), ("On dust", TEXT), True, id="another title"),
        pytest.param(("Dust", TEXT), ("Dust", TEXT[:60]), True, id="same title, shorter text"),
        pytest.param(("Dust II", TEXT), ("Dust I", TEXT[:60]), False, id="a series"),
        pytest.param(("Dust", TEXT), ("Dust", "galaxies form in haloes"), False, id="title alone"),
        pytest.param(("", ""), ("", ""), False, id="nothing"),
    ],
)
def test_one_work_under_two_identifiers(one, other, same):
    first, second = (profile(k, text, title=title) for k, (title, text) in enumerate((one, other)))
    assert same_work(first, second) is same


def test_overlap_counts_repetitions():
    assert overlap(Counter("aab"), Counter("ab")) == pytest.approx(2 / 3)
