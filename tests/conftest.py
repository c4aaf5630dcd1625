"""What the tests of several rooms share."""

import importlib
import uuid

import pytest

from apps.public.models import Notice
from tests.builders import NOW

FIRST_WORDINGS = importlib.import_module("apps.public.migrations.0002_first_notices").FIRST_WORDINGS


@pytest.fixture
def notices(db):
    """The first wordings, also where a test that emptied the tables ran before."""
    for (key, language), text in FIRST_WORDINGS.items():
        Notice.objects.get_or_create(
            key=key, language=language, version=1, defaults={"text": text, "created_at": NOW}
        )
    return FIRST_WORDINGS


@pytest.fixture
def counters(settings):
    """Counters in Redis that no other test, and no test beside this one, has ever touched."""
    cache = dict(settings.CACHES["default"], KEY_PREFIX=f"test-{uuid.uuid4()}")
    settings.CACHES = {"default": cache}
