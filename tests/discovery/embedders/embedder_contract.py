"""What holds for every embedder."""

import numpy as np
import pytest

from apps.discovery.embedders import LONGEST_NAME
from apps.discovery.embedders.base import DIMENSIONS, Embedder

TEXTS = [
    "Dust around young stars. We observe discs of dust around young stars with a telescope.",
    "Pruning of language models. We remove weights of language models without loss.",
    "Prime gaps. We bound the gaps between consecutive prime numbers.",
]


class EmbedderContract:
    """Subclasses give `model`, an embedder that answers."""

    def test_it_has_a_name_and_fits_the_database(self, model: Embedder) -> None:
        assert 0 < len(model.name) <= LONGEST_NAME
        assert model.dimensions == DIMENSIONS

    def test_it_gives_one_unit_vector_for_each_text_in_order(self, model: Embedder) -> None:
        forwards, backwards = model.passages(TEXTS), model.passages(TEXTS[::-1])
        assert forwards.shape == (3, model.dimensions)
        assert forwards.dtype == np.float32
        assert np.linalg.norm(forwards, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
        assert np.allclose(forwards, backwards[::-1], atol=1e-4)

    def test_nothing_gives_nothing(self, model: Embedder) -> None:
        assert model.passages([]).shape == (0, model.dimensions)

    def test_more_than_a_batch_is_no_trouble(self, model: Embedder) -> None:
        many = [f"Effect {number}." for number in range(70)]
        assert np.allclose(model.passages(many)[69], model.passages(many[69:])[0], atol=1e-4)

    @pytest.mark.parametrize(
        ("query", "nearest"),
        [("discs of dust around stars", 0), ("weights of language models", 1), ("prime gaps", 2)],
    )
    def test_a_query_is_nearest_to_the_text_that_answers_it(
        self, model: Embedder, query: str, nearest: int
    ) -> None:
        vector = model.query(query)
        assert vector.shape == (model.dimensions,)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)
        assert np.argmax(model.passages(TEXTS) @ vector) == nearest

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="nothing"),
            pytest.param(" ", id="a space"),
            pytest.param("a\0b", id="NUL"),
            pytest.param("\u202eabc\u202c", id="right-to-left marks"),
            pytest.param("強化学習" * 20, id="Japanese without a space"),
            pytest.param("$\\frac{1}{", id="broken TeX"),
            pytest.param("word " * 2_000, id="2,000 words"),
        ],
    )
    def test_odd_text_has_a_vector_and_does_not_touch_its_neighbours(
        self, model: Embedder, text: str
    ) -> None:
        vectors = model.passages([TEXTS[0], text, TEXTS[2]])
        assert np.isfinite(vectors).all()
        assert np.linalg.norm(vectors[1]) == pytest.approx(1, abs=1e-4)
        assert np.allclose(vectors[[0, 2]], model.passages([TEXTS[0], TEXTS[2]]), atol=1e-4)
