"""The pages in a real browser: reading modes, no foreign requests, no breach of the policy."""

import pytest

from tests.public.browser.looking import Look
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]

ADDRESSES = [
    "/",
    "/days/2026-03-02/",
    "/categories/",
    "/categories/cs.CL/",
    "/papers/2405.10999/",
    "/en/papers/2405.10999/",
    "/trends/",
    "/about/",
    "/about/score/",
    "/en/about/score/",
    "/disclaimer/",
    "/search/",
    "/search/?q=bounds&category=cs.CL",
    "/search/?q=nothing+of+the+kind",
    "/en/search/?q=bounds",
]


@pytest.fixture
def paper():
    """A paper whose words are long and whose math is wide."""
    translation = publish_paper(
        arxiv_id="2405.10999",
        title="Bounds for $x^2$ " + "and more " * 30,
        abstract="First $$" + "x+" * 80 + "x$$ follows. Second is https://example.org/" + "a" * 90,
        authors=[{"name": f"Author Number{number}"} for number in range(40)],
        submitted_at=NOW,
    )
    index_all()
    return translation


@pytest.mark.parametrize("width", [320, 375, 1280, 1920])
def test_pages_fit_their_window_keep_the_policy_and_please_axe(live_server, chromium, paper, width):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    look = Look(context.new_page(), live_server.url)
    for address in ADDRESSES:
        look.visit(address)
        if width in (375, 1280):
            look.examine(address)
    look.pleased()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_reading_modes_show_one_language_or_both(live_server, chromium, paper, scripts):
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{live_server.url}/papers/2405.10999/")
    for mode, shown in (
        ("translation", (True, False)),
        ("original", (False, True)),
        ("both", (True, True)),
    ):
        page.get_by_role("radio").locator(f"xpath=self::*[@value='{mode}']").check(force=True)
        assert (page.is_visible("#ja-1"), page.is_visible("#en-1")) == shown
    context.close()


def test_side_by_side_puts_each_sentence_beside_its_source(live_server, chromium, paper):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/papers/2405.10999/")
    page.check("input[value=both]", force=True)
    for number in (1, 2):
        ours, theirs = (page.locator(f"#{code}-{number}").bounding_box() for code in ("ja", "en"))
        assert ours["x"] + ours["width"] <= theirs["x"]
        assert ours["y"] == theirs["y"]
    context.close()


def test_the_browser_remembers_the_reading_mode(live_server, chromium, paper):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/papers/2405.10999/")
    page.check("input[value=both]", force=True)
    page.reload()
    assert page.is_checked("input[value=both]")
    context.close()


def test_the_keyboard_reaches_the_content_first(live_server, chromium, paper):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    context.close()


def test_the_documentation_of_the_api_draws_itself(live_server, chromium):
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}/api/v1/docs/")
    page.get_by_text("/api/v1/papers/{arxiv_id}/").first.wait_for(timeout=60_000)
    assert said == []
    context.close()
