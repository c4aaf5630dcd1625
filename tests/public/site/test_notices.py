"""Notices: a new wording is a new version, and the latest is shown."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps as django_apps
from django.core.exceptions import ValidationError
from django.db import connection

from apps.public.models import Notice, NoticeKey
from apps.public.site.notices import add_notice, current_notices
from tests.support.builders import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def forget_notices():
    """Empty the table, which refuses to delete rows."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE public_notice")


def test_every_notice_has_a_first_wording_in_both_languages(notices):
    assert set(notices) == {(key, code) for key in NoticeKey.values for code in ("ja", "en")}
    for language in ("ja", "en"):
        shown = current_notices(language)
        assert set(shown) == set(NoticeKey.values)
        assert {notice.language for notice in shown.values()} == {language}


def test_a_new_wording_comes_into_force_and_the_earlier_one_stays(notices):
    added = add_notice(key="disclaimer", language="ja", text="新しい文面。\n", now=LATER)
    assert (added.version, added.text, added.created_at) == (3, "新しい文面。", LATER)
    assert current_notices("ja")[NoticeKey.DISCLAIMER] == added
    assert (
        Notice.objects.get(key="disclaimer", language="ja", version=2).text
        == notices["disclaimer", "ja"]
    )
    assert current_notices("en")[NoticeKey.DISCLAIMER].version == 1


def test_a_notice_without_wording_in_a_language_comes_in_the_default_one(notices):
    forget_notices()
    add_notice(key="score", language="ja", text="文面。", now=NOW)
    assert current_notices("en")[NoticeKey.SCORE].language == "ja"


def test_a_notice_that_nobody_ever_worded_is_left_out():
    forget_notices()
    assert current_notices("ja") == {}


@pytest.mark.parametrize(
    "wrong",
    [{"text": "  "}, {"key": "sheep"}, {"language": "tlh"}],
    ids=["no text", "no such notice", "no such language"],
)
def test_a_notice_that_cannot_be_shown_is_refused(wrong):
    fields = {"key": "score", "language": "ja", "text": "文面。", "now": NOW} | wrong
    with pytest.raises(ValidationError):
        add_notice(**fields)


def test_the_disclaimer_page_shows_all_notices_with_their_versions(client, notices):
    add_notice(key="score", language="ja", text="新しい文面。", now=LATER)
    page = client.get("/disclaimer/").content.decode()
    for key in ("disclaimer", "machine", "related"):
        assert notices[key, "ja"] in page
    assert "新しい文面。" in page
    assert notices["score", "ja"] not in page
    assert "第3版（2026年3月3日から適用）" in page


def test_changing_a_notice_in_the_admin_adds_a_version(desk, notices):
    first = current_notices("ja")[NoticeKey.DISCLAIMER]
    address = f"/admin/public/notice/{first.pk}/change/"
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"text": "編集者の文面。"}).status_code == 302
    assert current_notices("ja")[NoticeKey.DISCLAIMER].text == "編集者の文面。"
    first.refresh_from_db()
    assert first.text == notices["disclaimer", "ja"]


def test_saving_without_a_change_adds_nothing(desk, notices):
    first = current_notices("ja")[NoticeKey.DISCLAIMER]
    desk.post(f"/admin/public/notice/{first.pk}/change/", {"text": first.text})
    assert current_notices("ja")[NoticeKey.DISCLAIMER] == first


def test_adding_a_notice_in_the_admin_adds_a_version(desk, notices):
    fields = {"key": "score", "language": "en", "text": "A new wording."}
    assert desk.post("/admin/public/notice/add/", fields).status_code == 302
    assert current_notices("en")[NoticeKey.SCORE].version == 2


def test_the_history_of_notices_is_readable_and_nobody_deletes_it(desk, notices):
    add_notice(key="score", language="ja", text="新しい文面。", now=LATER)
    listed = desk.get("/admin/public/notice/").content.decode()
    assert "新しい文面。" in listed
    assert notices["score", "ja"][:20] in listed
    first = current_notices("ja")[NoticeKey.SCORE]
    assert desk.post(f"/admin/public/notice/{first.pk}/delete/").status_code == 403


def test_the_second_wordings_leave_alone_what_an_editor_worded(notices):
    forget_notices()
    migration = import_module("apps.public.migrations.0007_notices_in_plain_words")
    first = import_module("apps.public.migrations.0002_first_notices").FIRST_WORDINGS
    add_notice(key="score", language="ja", text=first["score", "ja"], now=NOW)
    add_notice(key="disclaimer", language="ja", text="編集者の文面。", now=NOW)
    migration.add_second_wordings(django_apps, None)
    migration.add_second_wordings(django_apps, None)
    assert current_notices("ja")[NoticeKey.SCORE].text == notices["score", "ja"]
    assert current_notices("ja")[NoticeKey.SCORE].version == 2
    assert current_notices("ja")[NoticeKey.DISCLAIMER].text == "編集者の文面。"
