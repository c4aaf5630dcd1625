"""The interface's catalogs are complete in every language and compiled from what they say."""

from pathlib import Path

import polib
import pytest
from django.conf import settings

CATALOGS = [
    Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"
    for code, _ in settings.LANGUAGES
]


@pytest.mark.parametrize("path", CATALOGS, ids=[path.parts[-3] for path in CATALOGS])
def test_every_message_is_translated(path):
    catalog = polib.pofile(str(path))
    assert [entry.msgid for entry in catalog.untranslated_entries()] == []
    assert [entry.msgid for entry in catalog.fuzzy_entries()] == []


@pytest.mark.parametrize("path", CATALOGS, ids=[path.parts[-3] for path in CATALOGS])
def test_the_compiled_catalog_says_the_same(path):
    written = {
        (entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr
        for entry in polib.pofile(str(path))
    }
    compiled = {
        (entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr
        for entry in polib.mofile(str(path.with_suffix(".mo")))
    }
    assert compiled == written


def test_both_languages_know_the_same_messages():
    known = [
        {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))} for path in CATALOGS
    ]
    assert known[0] == known[1]
