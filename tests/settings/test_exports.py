"""The storage of exports: a folder, or another one of Django's by its name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from papersite.settings.exports import exports_storage


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch):
    for name in ("EXPORTS_DIR", "EXPORTS_STORAGE", "EXPORTS_STORAGE_OPTIONS"):
        monkeypatch.delenv(name, raising=False)


def test_exports_are_in_a_folder(monkeypatch):
    assert exports_storage(Path("/srv/x"))["OPTIONS"] == {"location": "/srv/x"}
    monkeypatch.setenv("EXPORTS_DIR", "/srv/y")
    assert exports_storage(Path("/srv/x"))["OPTIONS"] == {"location": "/srv/y"}


def test_another_storage_has_its_options_as_json(monkeypatch):
    monkeypatch.setenv("EXPORTS_STORAGE", "storages.backends.s3.S3Storage")
    monkeypatch.setenv("EXPORTS_STORAGE_OPTIONS", '{"bucket_name": "b"}')
    assert exports_storage(Path("/srv/x")) == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": "b"},
    }


@pytest.mark.parametrize("options", ["bucket=b", "[1]"])
def test_options_that_are_no_object_are_refused(monkeypatch, options):
    monkeypatch.setenv("EXPORTS_STORAGE", "storages.backends.s3.S3Storage")
    monkeypatch.setenv("EXPORTS_STORAGE_OPTIONS", options)
    with pytest.raises(ImproperlyConfigured, match="EXPORTS_STORAGE_OPTIONS"):
        exports_storage(Path("/srv/x"))
