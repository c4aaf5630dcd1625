"""Reading an abstract in a real browser: modes, a sentence and its partner, links, no jumps."""

from typing import Any

import pytest

from apps.translation.models import SegmentOrigin
from tests.public.browser.looking import SHIFTS, violations
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]

PAGE = "/papers/2405.10999/"
TEXTS = {
    "We study how large language models reason about sheep.": "羊についての推論を調べる。",
    "It is trained with $x^2$ rewards.": "この手法は $x^2$ の報酬で学習される。",
    "See https://example.org/sheep for code.": "コードは https://example.org/sheep にある。",
}

PLACES = """
    [...document.querySelectorAll('.pair, .caution')]
      .map((part) => part.getBoundingClientRect().y + scrollY)
"""


@pytest.fixture
def paper():
    return publish_paper(
        arxiv_id="2405.10999",
        abstract=" ".join(TEXTS),
        texts=TEXTS,
        submitted_at=NOW,
        origin=SegmentOrigin.MACHINE,
        engine="openai",
        engine_version="some-model@0a1b",
    )


@pytest.fixture
def context(chromium):
    made = chromium.new_context(
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    made.add_init_script(SHIFTS)
    yield made
    made.close()


@pytest.fixture
def page(context, live_server, paper):
    opened = context.new_page()
    opened.goto(live_server.url + PAGE)
    return opened


def middle_of(page: Any, selector: str) -> tuple[float, float]:
    """The middle of the first line of a sentence, which may go on in the next."""
    page.locator(selector).scroll_into_view_if_needed()
    x, y = page.locator(selector).evaluate(
        "e => { const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2] }"
    )
    return x, y


def press(page: Any, selector: str) -> None:
    page.mouse.click(*middle_of(page, selector))


def choose(page: Any, mode: str) -> None:
    page.check(f"input[value={mode}]", force=True)


def colour(page: Any, selector: str) -> str:
    return page.locator(selector).evaluate("e => getComputedStyle(e).backgroundColor")


def test_a_tap_shows_the_source_and_what_made_it_and_another_hides_them(page):
    assert not page.is_visible("#en-2")
    press(page, "#ja-2")
    assert page.is_visible("#en-2")
    assert page.locator("#en-2").bounding_box()["y"] > page.locator("#ja-2").bounding_box()["y"]
    assert not page.is_visible("#en-1")
    assert page.inner_text(".about .made-by") == "機械翻訳（openai some-model） · 2026年3月2日"
    press(page, "#ja-2")
    assert not page.is_visible("#en-2")
    assert page.locator(".about").count() == 0


def test_a_link_to_a_sentence_that_is_not_shown_opens_it(page):
    choose(page, "original")
    page.goto(page.url + "#ja-2")
    assert page.is_visible("#ja-2")
    page.reload()
    assert page.is_visible("#ja-2")
    assert not page.is_visible("#ja-1")


def test_in_english_a_tap_shows_the_translation(page):
    choose(page, "original")
    assert not page.is_visible("#ja-1")
    press(page, "#en-1")
    assert page.is_visible("#ja-1")
    assert page.locator("#ja-1").bounding_box()["y"] > page.locator("#en-1").bounding_box()["y"]


def test_marking_words_opens_nothing(page):
    x, y = middle_of(page, "#ja-1")
    page.mouse.move(x - 40, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=4)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()")
    assert not page.is_visible("#en-1")


def test_a_link_in_a_sentence_leads_where_it_leads(page):
    page.route("https://example.org/**", lambda route: route.fulfill(body="sheep"))
    page.click("#ja-3 a[href='https://example.org/sheep']")
    page.wait_for_url("https://example.org/sheep")


@pytest.mark.parametrize("mode", ["translation", "original", "both"])
def test_pointing_at_a_sentence_lights_it_up_and_moves_nothing(page, mode):
    choose(page, mode)
    shown, other = ("en", "ja") if mode == "original" else ("ja", "en")
    before = page.evaluate(PLACES)
    unlit = colour(page, f"#{shown}-2")
    page.mouse.move(*middle_of(page, f"#{shown}-2"))
    lit = colour(page, f"#{shown}-2")
    assert lit != unlit
    if mode == "both":
        assert colour(page, f"#{other}-2") == lit
        assert colour(page, f"#{other}-1") != lit
    assert before == page.evaluate(PLACES)
    assert page.evaluate("window.shifted") == 0


@pytest.mark.parametrize("mode", ["translation", "original", "both"])
def test_all_sentences_are_reached_from_one_stop_of_the_tab_key(page, mode):
    choose(page, mode)
    code = "en" if mode == "original" else "ja"
    at = "document.activeElement.getAttribute('href')"
    page.focus(f"input[value={mode}]")
    page.keyboard.press("Tab")
    assert page.evaluate(at) == f"#{code}-1"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(at) == f"#{code}-3"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(at) == f"#{code}-2"
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    assert page.is_visible(".about")
    assert page.is_visible("#ja-2")
    assert page.is_visible("#en-2")
    page.keyboard.press("Escape")
    assert page.locator(".about").count() == 0
    assert page.evaluate(at) == f"#{code}-2"
    # The pencil of the sentence and the links in the next one are all that comes in between.
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.pair')") is None


def test_the_link_of_a_sentence_is_copied_with_a_message(page, live_server):
    page.focus("#ja-2 .to-sentence")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.abstract .said').textContent")
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}{PAGE}#ja-2"
    assert page.url.endswith("#ja-2")
    press(page, "#ja-1")
    page.click(".about button")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.endsWith('#ja-1'))")


def test_without_a_clipboard_the_address_of_the_page_becomes_the_link(chromium, live_server, paper):
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = context.new_page()
    page.goto(live_server.url + PAGE)
    press(page, "#ja-2")
    page.click(".about button")
    page.wait_for_function("location.hash === '#ja-2'")
    assert page.inner_text(".abstract .said")
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("mode", ["translation", "original", "both"])
def test_the_remembered_mode_is_there_at_once_and_nothing_jumps(
    context, live_server, paper, mode, width
):
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + PAGE)
    choose(page, mode)
    page.reload(wait_until="networkidle")
    assert page.is_checked(f"input[value={mode}]")
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifted") < 0.001


def test_a_script_that_comes_late_moves_nothing_either(context, live_server, paper):
    page = context.new_page()
    page.goto(live_server.url + PAGE)
    choose(page, "both")

    def late(route: Any) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/reading*.js", late)
    page.reload(wait_until="networkidle")
    assert page.is_checked("input[value=both]")
    assert page.evaluate("window.shifted") < 0.001


@pytest.mark.parametrize("width", [375, 1280])
def test_side_by_side_is_stacked_on_a_phone_and_aligned_on_a_desk(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    choose(page, "both")
    for number in (1, 2, 3):
        ours, theirs = (page.locator(f"#{code}-{number}").bounding_box() for code in ("ja", "en"))
        if width == 375:
            assert ours["x"] == theirs["x"]
            assert ours["y"] + ours["height"] <= theirs["y"]
        else:
            assert ours["x"] + ours["width"] <= theirs["x"]
            assert ours["y"] == theirs["y"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("mode", ["translation", "original", "both"])
def test_every_mode_pleases_axe_with_a_sentence_open(chromium, live_server, paper, mode, width):
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(live_server.url + PAGE)
    choose(page, mode)
    press(page, "#en-2" if mode == "original" else "#ja-2")
    assert page.is_visible(".about")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
