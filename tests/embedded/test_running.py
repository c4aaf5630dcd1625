"""Commands see the settings of the running site, and only its owner sees them besides."""

import json
import stat
from pathlib import Path

import pytest

from papersite.embedded import EmbeddedError
from papersite.embedded.folders import lock_folder
from papersite.embedded.running import KEPT, save_environment, site_environment
from papersite.settings.environment import configuration

SITE = {
    "PATH": "/bin",
    "DATABASE_URL": "postgresql://x:secret@127.0.0.1/papersite",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
    "OPENAI_MODEL": "m",
    "BERGAMOT": "off",
    "EXTRA_ENGINES": "qwen=openai",
    "ENGINE_QWEN_BASE_URL": "http://127.0.0.1:8/v1",
    "ENGINE_QWEN_MODEL": "q",
    "SOMEBODY_ELSES_TOKEN": "t",
}
TERMINAL = {"PATH": "/usr/bin", "TERM": "xterm", "DEEPL_AUTH_KEY": "k", "OPENAI_MODEL": "other"}


def test_a_command_has_the_settings_of_the_running_site_and_no_others(tmp_path: Path) -> None:
    save_environment(tmp_path, SITE)
    with lock_folder(tmp_path):
        seen = site_environment(tmp_path, TERMINAL)
    assert configuration(seen).engines.chain == configuration(SITE).engines.chain
    assert configuration(seen).engines.chain == ["memory", "openai", "qwen"]
    assert seen["OPENAI_MODEL"] == "m"
    assert seen["PATH"] == "/usr/bin"
    assert seen["TERM"] == "xterm"


def test_what_is_kept_is_for_the_owner_only_and_holds_nothing_else(tmp_path: Path) -> None:
    save_environment(tmp_path, SITE)
    file = tmp_path / KEPT
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()).keys() == SITE.keys() - {"PATH", "SOMEBODY_ELSES_TOKEN"}


def test_a_site_that_does_not_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match="No site was ever started"):
        site_environment(tmp_path / "never", {})
    save_environment(tmp_path, SITE)
    with pytest.raises(EmbeddedError, match="does not run"):
        site_environment(tmp_path, {})
