"""What holds for every engine."""

import pytest

from apps.translation.engines.base import Context, Engine

TEXTS = ["We study an effect.", "It is ⟦0⟧ times larger.", "It holds."]


@pytest.mark.django_db
class EngineContract:
    """Subclasses give `engine`, which can translate `TEXTS`."""

    def test_it_is_named_and_versioned(self, engine: Engine) -> None:
        engine.check()
        assert engine.name
        assert 0 < len(engine.version) <= 128

    def test_it_gives_one_result_for_each_text_in_order(self, engine: Engine) -> None:
        forwards = engine.translate(TEXTS, "en", "ja")
        backwards = engine.translate(TEXTS[::-1], "en", "ja")
        assert [result.text for result in forwards] == [r.text for r in backwards[::-1]]
        assert all(result.text for result in forwards)

    def test_nothing_gives_nothing(self, engine: Engine) -> None:
        assert engine.translate([], "en", "ja") == []

    def test_more_than_a_batch_is_no_trouble(self, engine: Engine) -> None:
        many = TEXTS * (engine.batch_size // 3 + 2)
        assert len(engine.translate(many, "en", "ja")) == len(many)

    def test_what_stands_around_a_text_changes_nothing_about_the_order(
        self, engine: Engine
    ) -> None:
        contexts = [Context(field="title"), Context(document="A paper."), Context()]
        results = engine.translate(TEXTS, "en", "ja", contexts)
        assert len(results) == 3
        assert all(result.text for result in results)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("a\0b", id="NUL"),
            pytest.param("\u202eabc\u202c", id="right-to-left marks"),
            pytest.param("$\\frac{1}{", id="broken TeX"),
            pytest.param("no sentence end", id="no end"),
            pytest.param("X", id="one letter"),
            pytest.param("word " * 10_000, id="10,000 words"),
        ],
    )
    def test_odd_text_has_a_result_and_does_not_touch_its_neighbours(
        self, engine: Engine, text: str
    ) -> None:
        before, odd, after = engine.translate([TEXTS[0], text, TEXTS[2]], "en", "ja")
        alone = engine.translate([TEXTS[0], TEXTS[2]], "en", "ja")
        assert [before.text, after.text] == [result.text for result in alone]
        assert odd.text is not None or odd.error or odd == type(odd)(None)


class KeepsPlaceholders(EngineContract):
    """For engines whose answer in a test is more than noise."""

    def test_it_keeps_placeholders(self, engine: Engine) -> None:
        (result,) = engine.translate([TEXTS[1]], "en", "ja")
        assert "⟦0⟧" in (result.text or "")
