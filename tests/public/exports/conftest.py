"""What the tests of exports share: a folder as storage, and ways to make exports in it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from apps.public.exports.write.run import make_export, start_full, start_increment
from apps.translation.models import Segment
from tests.public.exports.varied_site import MACHINE
from tests.support.builders import NOW
from tests.support.factories import publish_paper


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """The folder that the storage of exports is in."""
    settings.STORAGES = settings.STORAGES | {
        "exports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "exports")},
        }
    }
    return tmp_path / "exports"


@pytest.fixture
def make(folder):
    """Make an export, a minute later each time, and return its folder."""
    minutes = iter(range(1, 100))

    def export(kind: str = "full") -> Path:
        now = NOW + timedelta(minutes=next(minutes))
        run = start_full(now=now) if kind == "full" else start_increment(now=now)
        return folder / make_export(run.pk, timezone.now).folder

    return export


@pytest.fixture
def three_exports(make, settings):
    """Two full exports and an increment, with something left out and an unknown licence."""
    settings.ENGINE_LICENCES = {"deepl": "no", "bergamot": "Our terms"}
    publish_paper(**MACHINE)
    publish_paper()
    kept_back = publish_paper(reviewed=True, **MACHINE)
    Segment.objects.filter(translation=kept_back).update(engine="deepl")
    return [make(), make(), make("increment")]
