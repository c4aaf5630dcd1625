"""What a deployment must say before it may start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from papersite.settings.safety import problems
from tests.support.safe_settings import SAFE

PROJECT = Path(__file__).resolve().parents[2]


def test_a_complete_environment_has_no_problems():
    assert problems(SAFE) == []


@pytest.mark.parametrize("name", sorted(SAFE))
@pytest.mark.parametrize("value", [None, "", "  "])
def test_what_is_missing_is_named(name, value):
    environment = dict(SAFE)
    if value is None:
        del environment[name]
    else:
        environment[name] = value
    assert any(name in problem for problem in problems(environment))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("SECRET_KEY", "short", id="short secret"),
        pytest.param("SECRET_KEY", "a" * 80, id="one letter"),
        pytest.param("DATABASE_URL", "sqlite:///db.sqlite3", id="another database"),
        pytest.param("REDIS_URL", "amqp://broker", id="another broker"),
        pytest.param("ALLOWED_HOSTS", "papers.example.org, *", id="every host"),
        pytest.param("SITE_URL", "http://papers.example.org", id="no TLS"),
        pytest.param("DEBUG", "True", id="debug"),
        pytest.param("PUBLISH_POLICY", "everything", id="unknown policy"),
        pytest.param("CARD_FONT", "/nowhere/font.otf", id="a font that is not there"),
    ],
)
def test_what_is_unsafe_is_named(name, value):
    (problem,) = problems(SAFE | {name: value})
    assert name in problem


def check_production(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    bare = {key: value for key, value in os.environ.items() if key not in SAFE}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PROJECT,
        env=bare | environment | {"DJANGO_SETTINGS_MODULE": "papersite.settings.prod"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_refuses_to_start_naming_every_problem_at_once():
    refused = check_production({})
    assert refused.returncode != 0
    assert "papersite cannot start" in refused.stderr
    assert all(name in refused.stderr for name in SAFE)


def test_a_safe_production_passes_djangos_deployment_check():
    passed = check_production(SAFE)
    assert passed.returncode == 0, passed.stderr
