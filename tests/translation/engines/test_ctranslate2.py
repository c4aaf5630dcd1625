"""The engine ctranslate2: real inference with tiny Marian, NLLB and M2M models."""

from pathlib import Path

import pytest

from apps.translation.engines.base import Engine, EngineMissing
from apps.translation.engines.ctranslate2 import CTranslate2Engine
from tests.translation.engines.contract import TEXTS, EngineContract
from tests.translation.engines.tiny_models import ctranslate2_marian, ctranslate2_multilingual


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ctranslate2_marian(tmp_path_factory.mktemp("marian") / "tiny-marian")


@pytest.fixture(scope="module")
def nllb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nllb") / "tiny-nllb"
    return ctranslate2_multilingual(folder, ("eng_Latn", "jpn_Jpan"))


@pytest.fixture(scope="module")
def m2m(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("m2m") / "tiny-m2m"
    return ctranslate2_multilingual(folder, ("__en__", "__ja__"))


class TestMarian(EngineContract):
    @pytest.fixture
    def engine(self, marian: Path) -> Engine:
        return CTranslate2Engine(model=marian, batch_size=4)


class TestNLLB(EngineContract):
    @pytest.fixture
    def engine(self, nllb: Path) -> Engine:
        return CTranslate2Engine(model=nllb, batch_size=4)


class TestM2M(EngineContract):
    @pytest.fixture
    def engine(self, m2m: Path) -> Engine:
        return CTranslate2Engine(model=m2m, batch_size=4)


def test_each_text_has_the_translation_it_has_alone(marian: Path) -> None:
    engine = CTranslate2Engine(model=marian, max_batch_tokens=32)
    lengths = [*TEXTS, "It holds. " * 7, "heat", *TEXTS[::-1]]
    together = engine.translate(lengths, "en", "ja")
    assert together == [engine.translate([text], "en", "ja")[0] for text in lengths]
    assert len({result.text for result in together[:3]}) == 3


def test_the_language_token_is_not_part_of_the_text(nllb: Path) -> None:
    results = CTranslate2Engine(model=nllb).translate(TEXTS, "en", "ja")
    assert all("jpn_Jpan" not in (result.text or "") for result in results)


def test_a_text_that_is_too_long_is_an_error_and_the_others_are_not(marian: Path) -> None:
    engine = CTranslate2Engine(model=marian, most_tokens=20)
    short, long = engine.translate(["It holds.", "It holds. " * 20], "en", "ja")
    assert short.text
    assert long.text is None
    assert "the model reads 20 at most" in long.error


def test_a_translation_that_is_cut_off_is_an_error(marian: Path) -> None:
    full = CTranslate2Engine(model=marian).translate(TEXTS, "en", "ja")
    cut = CTranslate2Engine(model=marian, max_decoding_length=2).translate(TEXTS, "en", "ja")
    ended = [text for text in cut if text.text is not None]
    assert len(ended) < len(full)
    assert any("did not come to an end in 2 tokens" in result.error for result in cut)
    assert all(result in full for result in ended)


@pytest.mark.parametrize(
    ("options", "same"),
    [
        pytest.param({"beam_size": 1}, False, id="beam"),
        pytest.param({"length_penalty": 0.5}, False, id="length penalty"),
        pytest.param({"compute_type": "float32"}, False, id="precision"),
        pytest.param({"source_prefix": ">>jpn<<"}, False, id="prefix"),
        pytest.param({"inter_threads": 2, "max_batch_tokens": 64}, True, id="threads"),
    ],
)
def test_the_version_changes_with_what_affects_the_text(
    marian: Path, options: dict[str, object], same: bool
) -> None:
    plain = CTranslate2Engine(model=marian)
    other = CTranslate2Engine(model=marian, **options)  # type: ignore[arg-type]
    plain.check(), other.check()
    assert (plain.version == other.version) is same


def test_the_version_changes_with_the_weights(marian: Path, tmp_path: Path) -> None:
    first = CTranslate2Engine(model=marian)
    second = CTranslate2Engine(model=ctranslate2_marian(tmp_path / "tiny-marian", seed=1))
    first.check(), second.check()
    assert first.version.split()[0] == second.version.split()[0] == "tiny-marian"
    assert first.version != second.version


@pytest.mark.parametrize(
    ("removed", "message"),
    [
        pytest.param("model.bin", "no converted model", id="weights"),
        pytest.param("source.spm", "no tokeniser", id="tokeniser"),
        pytest.param("shared_vocabulary.json", "cannot be loaded", id="vocabulary"),
    ],
)
def test_a_folder_that_is_not_complete_says_what_to_do(
    tmp_path: Path, removed: str, message: str
) -> None:
    folder = ctranslate2_marian(tmp_path / "model")
    (folder / removed).unlink()
    with pytest.raises(EngineMissing, match=message) as caught:
        CTranslate2Engine(model=folder).translate(["A."], "en", "ja")
    assert "manage.py convert_model" in str(caught.value)


def test_languages_that_the_model_does_not_know_are_named(nllb: Path) -> None:
    with pytest.raises(EngineMissing, match="does not know the languages en-ko"):
        CTranslate2Engine(model=nllb, languages="en-ko").check()
    with pytest.raises(EngineMissing, match="set up for en-ja, not for en-ko"):
        CTranslate2Engine(model=nllb).translate(["A."], "en", "ko")
