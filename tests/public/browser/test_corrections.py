"""Readers' corrections in a real browser: proposed by keyboard, accepted with one key, made
everywhere, with nothing that axe objects to.
"""

import pytest
from django.conf import settings as site_settings
from django.urls import reverse

from apps.review.models import Suggestion
from apps.review.suggestions.service import suggest
from tests.public.browser.looking import violations
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices", "counters"),
]

PAGE = "/papers/2405.10999/"
FORM = f"{PAGE}sentences/abstract-2/correct/"
PRESENT, BETTER = "LSMは政治で学習する。", "LLMは方策外で学習する。"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Browsers are faster here than readers."""
    monkeypatch.setattr("apps.public.pages.corrections.form_tokens.YOUNGEST_SECONDS", 0)


@pytest.fixture
def translation():
    return publish_paper(
        arxiv_id="2405.10999",
        title="Large models",
        abstract="We study models. An LLM learns off-policy. It works. It is fast. " * 2,
        texts={
            "Large models": "大きなモデル",
            "We study models.": "モデルを調べる。",
            "An LLM learns off-policy.": PRESENT,
            "It works.": "うまくいく。",
            "It is fast.": "速い。",
        },
    )


def propose(translation, text: str = BETTER, who: str = "one", **more) -> Suggestion:
    segment = translation.segments.filter(field="abstract").order_by("position")[1]
    return suggest(segment.pk, base_text=PRESENT, text=text, sender=who, now=NOW, **more)


@pytest.fixture
def desk(live_server, chromium, client, admin_user):
    """A page of a user who is logged in at the desk."""
    client.force_login(admin_user)
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies(
        [
            {
                "name": site_settings.SESSION_COOKIE_NAME,
                "value": client.cookies[site_settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_reader_proposes_by_keyboard_and_gets_no_cookie(
    live_server,
    chromium,
    translation,
    scripts,
):
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(live_server.url + PAGE)
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        address = focused.get_attribute("href") or ""
        if address.endswith("abstract-2/correct/"):
            break
        if scripts and address == "#ja-1":
            # With JavaScript all sentences are one stop, and the arrows lead from one to the next.
            page.keyboard.press("ArrowRight")
    assert focused.evaluate("link => getComputedStyle(link).opacity") == "1"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{FORM}")
    page.fill("#text", BETTER)
    page.fill("#credit", "花子")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{FORM}thanks/")
    assert context.cookies() == []
    context.close()
    found = Suggestion.objects.get()
    assert (found.text, found.credit) == (BETTER, "花子")


def test_the_pencil_shows_at_the_sentence_and_moves_no_text(live_server, chromium, translation):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(live_server.url + PAGE)
    link = page.locator("#ja-2 + .correct")
    before = page.locator("#ja-3").bounding_box()
    assert link.evaluate("link => getComputedStyle(link).opacity") == "0"
    page.hover("#ja-2")
    assert link.evaluate("link => getComputedStyle(link).opacity") == "1"
    assert page.locator("#ja-3").bounding_box() == before
    link.click()
    page.wait_for_url(f"**{FORM}")
    context.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_pages_fit_keep_the_policy_and_please_axe(
    live_server,
    chromium,
    translation,
    width,
):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for address in (PAGE, FORM, f"/en{FORM}", f"{FORM}thanks/"):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert violations(page) == [], address
    assert said == []
    page.goto(live_server.url + FORM)
    page.get_by_role("button").last.click()
    assert page.get_by_role("alert").is_visible()
    assert violations(page) == []
    context.close()


def test_an_editor_accepts_with_one_key_and_declines_with_a_reason(live_server, desk, translation):
    first = propose(translation, credit="花子")
    second = propose(translation, "別の案。", who="two")
    desk.goto(live_server.url + reverse("admin:review_suggestion_changelist"))
    desk.locator(".field-what_changes a").first.click()
    assert violations(desk) == []
    desk.keyboard.press("a")
    desk.wait_for_url(f"**/{second.pk}/change/")
    first.refresh_from_db()
    assert first.state == "accepted"
    desk.keyboard.press("d")
    desk.keyboard.type("原文と違う")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**{reverse('admin:review_suggestion_changelist')}")
    second.refresh_from_db()
    assert (second.state, second.decline_reason) == ("declined", "原文と違う")
    desk.goto(live_server.url + PAGE)
    assert BETTER in desk.inner_text("#ja-2")
    assert "花子" in desk.inner_text(".credits")


def test_a_key_that_is_typed_into_a_field_answers_nothing(live_server, desk, translation):
    found = propose(translation)
    desk.goto(live_server.url + reverse("admin:review_suggestion_change", args=[found.pk]))
    desk.focus("#id_text")
    desk.keyboard.type("a")
    assert desk.input_value("#id_text").startswith("a")
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    found.refresh_from_db()
    assert found.state == "open"


@pytest.mark.parametrize("width", [1440, 1024])
def test_an_error_is_corrected_everywhere_and_taken_back(live_server, desk, translation, width):
    desk.set_viewport_size({"width": width, "height": 900})
    for _ in range(3):
        publish_paper(
            title="A title", abstract="An LLM is here.", texts={"An LLM is here.": "LSMがある。"}
        )
    index_all()
    desk.goto(live_server.url + reverse("admin:review_fix"))
    assert violations(desk) == []
    desk.fill("#id_wrong", "LSM")
    desk.fill("#id_right", "LLM")
    desk.fill("#id_source_term", "LLM")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/preview/**")
    assert violations(desk) == []
    boxes = desk.locator("input[name=chosen]")
    assert boxes.count() == 5
    desk.locator("[data-ticks]").uncheck()
    assert not boxes.first.is_checked()
    desk.locator("[data-ticks]").check()
    desk.locator("form button.default").click()
    desk.wait_for_url("**/batches/**")
    assert violations(desk) == []
    assert desk.locator("tbody ins").count() == 5
    desk.locator(".answering form button").click()
    desk.wait_for_load_state()
    assert desk.locator(".state").count() == 5
    desk.goto(live_server.url + reverse("admin:review_fix_changelist"))
    assert violations(desk) == []
