"""The examples of the schema are the answers of the demonstration.

After a change to what the API answers, record them again:
RECORD_EXAMPLES=1 pytest tests/public/api/test_examples.py
"""

import json
import os
from collections import defaultdict
from typing import Any

import pytest
from django.utils import timezone

from apps.public.api.examples import FOLDER, recorded
from tests.public.api.conforming import schema
from tests.public.api.recording import publish, record
from tests.support.builders import NOW


@pytest.fixture
def answered(notices, counters, settings, monkeypatch):
    """What the demonstration answers, at one moment."""
    settings.SITE_URL = "https://papers.example.org"
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr("apps.public.api.desk.harvests.enqueue_run", lambda run: None)
    publish()
    return record()


def write(answered: dict[str, Any]) -> None:
    """Write a file for each resource."""
    files: dict[str, dict[str, Any]] = defaultdict(dict)
    for operation, found in answered.items():
        files[operation.partition("_")[0]][operation] = found
    FOLDER.mkdir(exist_ok=True)
    for name, found in files.items():
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    recorded.cache_clear()


@pytest.mark.django_db
def test_the_recorded_examples_are_the_answers_of_the_demonstration(answered):
    if os.environ.get("RECORD_EXAMPLES"):
        write(answered)
    stored = recorded()
    assert set(stored) == set(answered)
    changed = [name for name, found in answered.items() if found != stored[name]]
    assert changed == [], "The API answers something else: see the top of this file."


def test_every_operation_has_an_example():
    operations = {
        operation["operationId"]
        for methods in schema()["paths"].values()
        for operation in methods.values()
    }
    assert operations == set(recorded())
