"""Engines out of the environment: several of one kind, and one of somebody else's."""

from apps.core.plugins import Label
from apps.core.variables import Variables, variable
from apps.translation.engines import build_engine
from apps.translation.engines.base import EngineAbout
from apps.translation.engines.openai import OpenAIEngine
from papersite.settings.environment import configuration

QWEN = {
    "EXTRA_ENGINES": "qwen=openai",
    "ENGINE_QWEN_BASE_URL": "http://127.0.0.1:9/v1",
    "ENGINE_QWEN_MODEL": "qwen3",
    "ENGINE_QWEN_PRICE_IN": "0.5",
}
FIRST = {"OPENAI_BASE_URL": "http://127.0.0.1:8/v1", "OPENAI_MODEL": "gpt"}


class LoudVariables(Variables):
    """An engine of a test"""

    prefix = "LOUD_"
    volume: int = variable(..., "how loud", ge=1, le=11)


class LoudEngine:
    """An engine outside of the project."""

    about = EngineAbout(
        name="loud",
        label=Label("大声", "Loud"),
        licence=Label("なし", "None"),
        variables=LoudVariables,
        text_licence="no",
    )
    name = "loud"

    def __init__(self, volume: int) -> None:
        self.volume = volume


class PlainEngine:
    """An engine that says nothing about itself."""

    name = "plain"


LOUD = f"{__name__}.LoudEngine"


def test_two_models_behind_one_protocol_are_two_engines() -> None:
    found = configuration(QWEN | FIRST)
    assert found.problems == []
    assert found.engines.chain == ["memory", "openai", "qwen", "bergamot"]
    entries = {name: one.entry for name, one in found.engines.set_up.items()}
    engines = [build_engine(name, entries) for name in ("openai", "qwen")]
    assert all(isinstance(engine, OpenAIEngine) for engine in engines)
    assert [engine.name for engine in engines] == ["openai", "qwen"]
    assert [engine.version.split()[0] for engine in engines] == ["gpt", "qwen3"]
    assert f"{found.engines.prices['qwen'][0]}" == "0.5"
    assert found.engines.prices["openai"] == (0, 0)


def test_a_further_engine_has_its_place_in_the_chain() -> None:
    found = configuration(QWEN | FIRST | {"TRANSLATION_CHAIN": "memory,qwen,openai"})
    assert found.problems == []
    assert found.engines.chain == ["memory", "qwen", "openai"]


def test_an_engine_outside_of_the_project_is_named_by_its_path() -> None:
    found = configuration({"TRANSLATION_CHAIN": f"memory,{LOUD}", "LOUD_VOLUME": "11"})
    assert found.problems == []
    assert found.engines.chain == ["memory", "loud"]
    entry = found.engines.set_up["loud"].entry
    assert entry == {"BACKEND": LOUD, "OPTIONS": {"volume": 11}}
    assert found.engines.licences["loud"] == "no"


def test_it_may_have_a_name_and_variables_of_its_own() -> None:
    found = configuration({"EXTRA_ENGINES": f"mine={LOUD}", "ENGINE_MINE_VOLUME": "3"})
    assert found.problems == []
    assert build_engine("mine", {"mine": found.engines.set_up["mine"].entry}).name == "mine"


def test_what_it_needs_is_named() -> None:
    (problem,) = configuration({"TRANSLATION_CHAIN": LOUD}).problems
    assert "Set LOUD_VOLUME to how loud" in problem
    problems = configuration({"TRANSLATION_CHAIN": LOUD, "LOUD_VOLUME": "12"}).problems
    assert any("LOUD_VOLUME is '12'" in problem for problem in problems)


def test_one_that_says_nothing_about_itself_can_be_asked() -> None:
    found = configuration({"TRANSLATION_CHAIN": f"{__name__}.PlainEngine"})
    assert found.problems == []
    assert found.engines.set_up["plain"].entry["OPTIONS"] == {}
