"""The queue and the desk in a real browser: keyboard, no scripts, accessibility."""

import pytest
from django.utils import timezone

from apps.review.claims import active_claim
from tests.public.browser.looking import violations
from tests.support.acts import claim
from tests.support.queue_entries import build_entry

QUEUE = "/admin/review/queueentry/"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def opened(chromium, live_server, client, editor, path=QUEUE, **options):
    """Open a page of the admin with `editor` logged in."""
    client.force_login(editor)
    context = chromium.new_context(**options)
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + path)
    return page


def test_keys_move_claim_select_and_open(live_server, chromium, client, editor):
    second, first = build_entry(title="二番"), build_entry(title="一番", blocking=["numbers"])
    page = opened(chromium, live_server, client, editor)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "一番"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "二番"
    page.keyboard.press("x")
    assert page.is_checked(f"input[value='{second.pk}']")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("c")
    assert active_claim(first.pk, now=timezone.now()).editor == editor
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "searchbar"
    page.keyboard.type("jkx?")
    assert page.input_value("#searchbar") == "jkx?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.is_visible("#desk-keys")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    assert f"/translation/{first.pk}/change/" in page.url
    page.context.close()


def test_the_queue_works_without_scripts(live_server, chromium, client, editor):
    entry = build_entry(status="ready")
    page = opened(chromium, live_server, client, editor, java_script_enabled=False)
    page.get_by_role("button", name="2603").first.click()
    assert active_claim(entry.pk, now=timezone.now()).editor == editor
    page.check("input[name=key]")
    page.select_option("select[name=action]", "hold")
    page.click("button[name=chosen]")
    page.click("input[name=confirmed]")
    entry.refresh_from_db()
    assert entry.status == "held"
    assert page.is_hidden("#desk-keys-open")
    page.context.close()


@pytest.mark.parametrize("width", [1024, 1440])
def test_pages_fit_obey_the_content_policy_and_are_accessible(
    live_server, chromium, client, editor, width
):
    for number in range(14):
        entry = build_entry(
            title="大規模言語モデルの推論効率を高める疎な注意機構の設計と評価に関する研究",
            days=number,
            blocking=["numbers", "leftover_english"] if number % 2 else [],
            others=["style", "terms", "title_form"],
            categories=["cs.CL", f"math.{number}"],
            is_stale=number == 3,
            open_suggestions=number % 3,
        )
    claim(entry.pk, actor=editor, now=timezone.now())
    page = opened(
        chromium,
        live_server,
        client,
        editor,
        viewport={"width": width, "height": 900},
    )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in (f"{QUEUE}?status=held", "/admin/desk/", "/admin/"):
        page.goto(live_server.url + path)
        assert said == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(page, tags=RULES) == [], path
        said.clear()
    page.goto(live_server.url + QUEUE)
    page.select_option("select[name=action]", "publish")
    with page.expect_navigation():
        page.click("button[name=all]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, tags=RULES) == []
    page.context.close()
