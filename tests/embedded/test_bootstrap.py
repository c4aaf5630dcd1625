"""The bootstrap, which has to say clearly what a fresh machine lacks."""

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "papersite" / "bootstrap.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a project of its own, whose only dependency no index has."""
    (tmp_path / "papersite").mkdir()
    shutil.copy(SCRIPT, tmp_path / "papersite")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "small"\nversion = "1"\ndependencies = ["papersite-has-no-such-part"]\n'
        "[project.optional-dependencies]\nembedded = []\ntest = []\n"
    )
    return tmp_path


@pytest.fixture
def bootstrap(project: Path) -> ModuleType:
    """Give the bootstrap of that project as a module."""
    spec = importlib.util.spec_from_file_location("bootstrap", project / "papersite/bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "papersite/bootstrap.py", *arguments],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", "HOME": str(project)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_older_python_gets_far_enough_to_say_which_one_is_needed() -> None:
    source = SCRIPT.read_text()
    ast.parse(source, feature_version=(3, 7))
    check = source.index("sys.version_info < (3, 11)")
    assert "import" not in source[source.index("import sys") + len("import sys") : check]


def test_the_bootstrap_needs_only_the_standard_library() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(SCRIPT.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


def test_without_a_reachable_index_it_says_so_and_tries_again_the_next_time(project: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple/", "PIP_RETRIES": "1"}
    first = run(project, "install", "embedded", **nowhere)
    assert first.returncode == 1
    assert "The packages could not be installed." in first.stderr
    assert "package index cannot be reached" in first.stderr
    again = run(project, "install", "embedded", **nowhere)
    assert again.returncode == 1
    assert "Installing packages" in again.stdout
    assert "Making the virtual environment" not in again.stdout


def test_an_unknown_command_is_named_with_the_ones_there_are(project: Path) -> None:
    wrong = run(project, "upp")
    assert wrong.returncode == 1
    assert "There is no command 'upp'." in wrong.stderr
    assert "bootstrap.py up" in wrong.stderr


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_a_changed_list_of_packages_means_installing_again(
    bootstrap: ModuleType, project: Path, changed: str
) -> None:
    before = bootstrap.wanted_stamp(["embedded"])
    assert bootstrap.wanted_stamp(["embedded"]) == before
    with (project / changed).open("a") as file:
        file.write("# changed\n")
    assert bootstrap.wanted_stamp(["embedded"]) != before


def test_what_is_installed_is_kept_when_another_command_needs_less(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "has_pip", lambda: True)
    monkeypatch.setattr(bootstrap, "install", lambda extras: installed.append(sorted(extras)))
    bootstrap.VENV.mkdir()
    for extras in (["embedded"], ["embedded", "test"], ["embedded"], ["lint"], ["embedded"]):
        bootstrap.prepare(extras)
    assert installed == [["embedded"], ["embedded", "test"], ["embedded", "lint", "test"]]
