"""The desk in a real browser: by keyboard alone, and with conflicts and lost connections."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.review.models import Claim, Decision
from apps.review.permissions import GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS
from apps.review.queue.index import refresh_batch
from apps.review.roles import make_roles
from tests.public.browser.looking import violations
from tests.support.translations import RIGHT, WRONG, translated

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]


@pytest.fixture
def enter(live_server, chromium) -> Iterator[Any]:
    """Open browsers of their own for editors, by name and role, that are logged in."""
    make_roles(apps)
    contexts: list[Any] = []

    def open_for(name: str, role: str = REVIEWERS, **options: Any) -> Any:
        user, _ = get_user_model().objects.get_or_create(username=name, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, **options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        return page

    yield open_for
    for context in contexts:
        context.close()


def bench_of(live_server, translation) -> str:
    place = reverse("admin:translation_translation_change", args=[translation.pk])
    return live_server.url + place


def field(page, translation) -> Any:
    key = translation.segments.get(field="abstract").pk
    return page.locator(f"textarea[name=text-{key}]")


def text_of(translation) -> str:
    return translation.segments.get(field="abstract").text


def news(page, kind: str) -> None:
    page.locator(f"#news.{kind}").wait_for()


def test_the_whole_job_by_keyboard(live_server, enter):
    translation = translated(WRONG)
    refresh_batch(changed_since=None, now=timezone.now())
    page = enter("editor")
    page.goto(live_server.url + reverse("admin:review_queueentry_changelist"))
    with page.expect_navigation():
        page.keyboard.press("c")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator(".claim.mine").wait_for()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type(RIGHT)
    page.keyboard.press("Control+Enter")
    news(page, "good")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+A")
    page.locator(".messagelist .success").wait_for()
    translation.refresh_from_db()
    assert translation.status == "reviewed"
    page.goto(f"{live_server.url}/papers/{translation.paper.arxiv_id}/")
    assert page.get_by_text(RIGHT).count() >= 1
    assert page.said == []


def test_a_sentence_is_approved_undone_and_fixed_by_single_keys(live_server, enter):
    translation = translated("３つの場合に成り立つ．")
    page = enter("editor")
    page.goto(bench_of(live_server, translation))
    row = page.locator(".row", has=field(page, translation))
    row.focus()
    row.locator("button.fix").first.wait_for()
    page.keyboard.press("f")
    news(page, "good")
    fixed = text_of(translation)
    assert row.locator("[data-do=undo]").is_visible()
    assert fixed != "３つの場合に成り立つ．"
    page.keyboard.press("u")
    row.locator(".badge.approved").wait_for(state="detached")
    assert field(page, translation).input_value() == "３つの場合に成り立つ．"
    assert not row.locator("[data-do=undo]").is_visible()
    page.keyboard.press("a")
    page.locator(".row.approved", has=field(page, translation)).wait_for()
    page.keyboard.press("?")
    page.locator("#keys[open]").wait_for()
    page.keyboard.press("Escape")
    page.locator("#keys[open]").wait_for(state="detached")


def test_typing_is_checked_before_it_is_saved(live_server, enter):
    translation = translated()
    page = enter("editor")
    page.goto(bench_of(live_server, translation))
    area = field(page, translation)
    area.fill(WRONG)
    page.locator(".findings .blocking").wait_for()
    assert page.locator(".row.open .backdrop mark.blocking").text_content() == "9"
    assert text_of(translation) == RIGHT


def test_two_browsers_on_one_sentence_keep_both_texts(live_server, enter):
    translation = translated(WRONG)
    one, other = enter("one"), enter("other")
    for page in (one, other):
        page.goto(bench_of(live_server, translation))
    field(one, translation).fill("先の訳。")
    field(one, translation).blur()
    news(one, "good")
    field(other, translation).fill("後の訳。")
    field(other, translation).blur()
    other.locator("[data-do=take-over]").click()
    theirs = other.locator(".conflict .theirs")
    theirs.wait_for()
    assert theirs.text_content() == "先の訳。"
    assert field(other, translation).input_value() == "後の訳。"
    assert text_of(translation) == "先の訳。"
    other.locator("[data-do=mine]").click()
    news(other, "good")
    assert text_of(translation) == "後の訳。"
    assert Claim.objects.get().editor.username == "other"
    assert Decision.objects.filter(kind="edit").count() == 2


def test_a_dropped_connection_loses_nothing(live_server, enter):
    translation = translated(WRONG)
    page = enter("editor")
    page.goto(bench_of(live_server, translation))
    area = field(page, translation)
    area.focus()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    area.fill(RIGHT)
    area.blur()
    news(page, "bad")
    assert text_of(translation) == WRONG
    page.context.set_offline(False)
    news(page, "good")
    assert text_of(translation) == RIGHT


def test_a_closed_tab_loses_nothing(live_server, enter):
    translation = translated(WRONG)
    page = enter("editor")
    page.goto(bench_of(live_server, translation))
    page.context.set_offline(True)
    field(page, translation).fill("閉じる前の訳。")
    page.wait_for_timeout(50)
    page.close()
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(bench_of(live_server, translation))
    assert field(again, translation).input_value() == "閉じる前の訳。"
    again.locator(".conflict [data-do=save]").click()
    news(again, "good")
    assert text_of(translation) == "閉じる前の訳。"


def test_a_session_that_ends_while_typing_loses_nothing(live_server, enter):
    translation = translated(WRONG)
    page = enter("editor")
    page.goto(bench_of(live_server, translation))
    field(page, translation).fill(RIGHT)
    cookies = page.context.cookies()
    kept = Session.objects.get()
    Session.objects.all().delete()
    field(page, translation).blur()
    page.locator("[data-login]:visible").wait_for()
    assert field(page, translation).input_value() == RIGHT
    assert text_of(translation) == WRONG
    kept.save(force_insert=True)
    page.context.add_cookies(cookies)
    page.locator(".conflict [data-do=save]").click()
    news(page, "good")
    assert text_of(translation) == RIGHT


def test_unsaved_text_keeps_a_decision_from_being_made(live_server, enter):
    translation = translated()
    page = enter("editor")
    page.goto(bench_of(live_server, translation))
    field(page, translation).fill(" ")
    page.locator("#status button[value=approve]").click()
    news(page, "bad")
    translation.refresh_from_db()
    assert translation.status == "ready"


def test_keys_of_an_input_method_are_not_taken(live_server, enter):
    translation = translated()
    page = enter("editor")
    page.goto(bench_of(live_server, translation))
    area = field(page, translation)
    area.focus()
    area.evaluate(
        "area => area.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Escape', isComposing: true, bubbles: true}))"
    )
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_a_translator_writes_and_is_offered_no_decision(live_server, enter):
    translation = translated(WRONG)
    page = enter("translator", TRANSLATORS)
    page.goto(bench_of(live_server, translation))
    field(page, translation).fill(RIGHT)
    field(page, translation).blur()
    news(page, "good")
    assert page.locator("#status button[value=approve]").count() == 0
    page.locator(".row").first.focus()
    page.keyboard.press("Shift+A")
    translation.refresh_from_db()
    assert translation.status == "ready"


def test_a_keeper_of_the_glossary_reads_and_changes_no_text(live_server, enter):
    translation = translated(WRONG)
    page = enter("keeper", GLOSSARY_KEEPERS)
    page.goto(bench_of(live_server, translation))
    page.locator(".row.open").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("x")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("Shift+A")
    assert field(page, translation).input_value() == WRONG
    assert page.locator("#status button").count() == 0
    assert not Decision.objects.exists()


@pytest.mark.parametrize("width", [1024, 1440])
def test_axe_finds_nothing_on_any_page_of_the_desk(live_server, enter, width):
    translation = translated(WRONG)
    page = enter("editor")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(bench_of(live_server, translation))
    field(page, translation).fill(RIGHT)
    field(page, translation).blur()
    news(page, "good")
    for address in (
        bench_of(live_server, translation),
        bench_of(live_server, translation).replace("/change/", "/history/"),
        live_server.url + reverse("admin:review_queueentry_changelist"),
        live_server.url + reverse("review_desk"),
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert violations(page) == [], address
    assert page.said == []


@pytest.mark.parametrize("width", [1024, 1440])
def test_nothing_is_wider_than_the_window(live_server, enter, width):
    translation = translated("長い訳。" * 80 + "$" + "x+" * 60 + "x$")
    page = enter("editor")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(bench_of(live_server, translation))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    area = field(page, translation)
    assert area.evaluate("area => area.scrollHeight <= area.clientHeight + 1")
