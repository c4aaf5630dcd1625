"""manage.py engines, fetch_model and convert_model; engines out of the environment."""

import importlib.util
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.translation.engines import build_engine
from apps.translation.engines.bergamot import BergamotEngine
from apps.translation.engines.ctranslate2 import CTranslate2Engine
from apps.translation.engines.deepl import DeepLEngine
from apps.translation.engines.openai import OpenAIEngine
from papersite.settings.environment import configuration
from tests.translation.engines.tiny_models import marian_int8


def test_without_configuration_bergamot_comes_after_the_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    engines = configuration({}).engines
    assert engines.chain == ["memory", "bergamot"]
    options = engines.set_up["bergamot"].entry["OPTIONS"]
    assert options["models"] == str(tmp_path / "papersite" / "bergamot")
    assert options["fetch"] is True


def test_what_someone_set_up_comes_before_bergamot() -> None:
    found = configuration(
        {
            "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
            "OPENAI_MODEL": "m",
            "DEEPL_AUTH_KEY": "k",
            "CTRANSLATE2_MODEL": "/models/fugumt",
            "BERGAMOT_MODELS": "/models",
            "BERGAMOT_RECORDS_URL": "http://127.0.0.1:9/records",
        }
    ).engines.set_up
    engines = {name: engine.entry for name, engine in found.items()}
    assert list(engines) == ["memory", "openai", "deepl", "ctranslate2", "bergamot"]
    assert engines["bergamot"]["OPTIONS"]["records_url"] == "http://127.0.0.1:9/records"
    built = [type(build_engine(name, engines)) for name in list(engines)[1:]]
    assert built == [OpenAIEngine, DeepLEngine, CTranslate2Engine, BergamotEngine]


def test_bergamot_can_be_turned_off_and_the_order_named() -> None:
    found = configuration({"BERGAMOT": "off", "DEEPL_AUTH_KEY": "k"})
    assert list(found.engines.set_up) == ["memory", "deepl"]
    found = configuration({"BERGAMOT": "on", "TRANSLATION_CHAIN": "bergamot,memory"})
    assert found.engines.chain == ["bergamot", "memory"]


def said(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return " ".join(out.getvalue().split())


def configured(settings: Any, **engines: dict[str, Any]) -> None:
    settings.TRANSLATION_ENGINES = engines
    settings.TRANSLATION_CHAINS = [
        {"languages": "en-ja", "categories": ["math.*"], "engines": list(engines)[:1]},
        {"engines": list(engines)[:2]},
    ]


def test_engines_are_listed_with_place_version_and_what_is_wrong(
    settings: Any, tmp_path: Path
) -> None:
    marian_int8(tmp_path / "there" / "en-ja")
    backend = "apps.translation.engines.bergamot.BergamotEngine"
    configured(
        settings,
        there={"BACKEND": backend, "OPTIONS": {"models": str(tmp_path / "there")}},
        absent={"BACKEND": backend, "OPTIONS": {"models": str(tmp_path / "absent")}},
        unused={"BACKEND": "no.such.Engine"},
    )
    text = said("engines")
    assert "1 (en-ja, math.*); 1" in text
    assert "yes" in text
    assert "There is no en-ja model" in text
    assert "in no chain" in text
    assert "cannot be imported" in text


def test_fetch_model_says_what_is_wrong(settings: Any, tmp_path: Path) -> None:
    configured(settings, memory={"BACKEND": "apps.translation.engines.memory.MemoryEngine"})
    with pytest.raises(CommandError, match="--models"):
        said("fetch_model")
    arguments = ["--models", str(tmp_path), "--records-url", "http://127.0.0.1:9/records"]
    with pytest.raises(CommandError, match="could not be read"):
        said("fetch_model", *arguments)
    with pytest.raises(CommandError, match="No model for en-xx is known"):
        said("fetch_model", *arguments, "--languages", "en-xx")


def checkpoint(folder: Path, *files: str) -> Path:
    folder.mkdir()
    for name in files:
        (folder / name).write_text(json.dumps({"model_type": "marian"}))
    return folder


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param((), "has no config.json", id="no checkpoint"),
        pytest.param(("config.json", "source.spm"), "has no tokeniser", id="no tokeniser"),
    ],
)
def test_convert_model_wants_a_checkpoint(
    tmp_path: Path, files: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        said("convert_model", str(checkpoint(tmp_path / "in", *files)), str(tmp_path / "out"))


def test_convert_model_does_not_write_over_a_folder(tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "in", "config.json", "source.spm", "target.spm")
    with pytest.raises(CommandError, match="is not empty"):
        said("convert_model", str(source), str(source))


def test_convert_model_says_what_is_to_be_installed(tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "in", "config.json", "source.spm", "target.spm")
    expected = (
        "install papersite"
        if importlib.util.find_spec("torch") is None
        else "could not be converted"
    )
    with pytest.raises(CommandError, match=expected):
        said("convert_model", str(source), str(tmp_path / "out"))
