"""What the tests of several rooms share."""

import importlib
import os
import shutil
import uuid
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.utils import translation

from apps.public.models import Notice
from tests.support import factories
from tests.support.builders import NOW

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("papersite", deadline=None)
hypothesis.settings.load_profile("papersite")

FIRST_WORDINGS = importlib.import_module("apps.public.migrations.0002_first_notices").FIRST_WORDINGS
SECOND_WORDINGS = importlib.import_module(
    "apps.public.migrations.0007_notices_in_plain_words"
).SECOND_WORDINGS


@pytest.fixture
def notices(db):
    """The current wordings, also where a test that emptied the tables ran before."""
    for version, wordings in enumerate((FIRST_WORDINGS, SECOND_WORDINGS), start=1):
        for (key, language), text in wordings.items():
            Notice.objects.get_or_create(
                key=key,
                language=language,
                version=version,
                defaults={"text": text, "created_at": NOW},
            )
    return FIRST_WORDINGS | SECOND_WORDINGS


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser without access to anything but this machine; tests skip where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("there is no Chromium: install it or set CHROMIUM")
    # Playwright runs an event loop in this thread, which Django would take for async code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def counters(settings):
    """Counters in Redis that no other test, and no test beside this one, has ever touched."""
    cache = dict(settings.CACHES["default"], KEY_PREFIX=f"test-{uuid.uuid4()}")
    settings.CACHES = {"default": cache}


@pytest.fixture
def editor(db) -> Any:
    """An editor who may do everything, with a name."""
    user = factories.editor()
    user.first_name = "花子"
    user.save()
    return user


@pytest.fixture
def desk(client, editor):
    """The admin as that editor sees it."""
    client.force_login(editor)
    return client


@pytest.fixture
def english() -> Iterator[None]:
    """Messages are in English."""
    with translation.override("en"):
        yield
