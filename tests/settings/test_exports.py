"""The storage of exports: a folder, or another one of Django's by its name."""

from pathlib import Path
from typing import Any

import pytest

from papersite.settings.environment import configuration
from papersite.settings.exports import exports_storage


def storage(**variables: str) -> dict[str, Any]:
    return exports_storage(configuration(variables).site, Path("/srv/x"))


def test_exports_are_in_a_folder() -> None:
    assert storage()["OPTIONS"] == {"location": "/srv/x/exports"}
    assert storage(EXPORTS_DIR="/srv/y")["OPTIONS"] == {"location": "/srv/y"}


def test_another_storage_has_its_options_as_json() -> None:
    assert storage(
        EXPORTS_STORAGE="storages.backends.s3.S3Storage",
        EXPORTS_STORAGE_OPTIONS='{"bucket_name": "b"}',
    ) == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": "b"},
    }


@pytest.mark.parametrize("options", ["bucket=b", "[1]"])
def test_options_that_are_no_object_are_refused(options: str) -> None:
    (problem,) = configuration({"EXPORTS_STORAGE_OPTIONS": options}).problems
    assert "EXPORTS_STORAGE_OPTIONS" in problem
