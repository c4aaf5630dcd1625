"""Stored data that is damaged, blocked or full, and the pages about it."""

import pytest

from tests.public.browser.looking import Look
from tests.support.reading.reader import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]

FORBIDDEN = """
    Object.defineProperty(window, 'localStorage', {
      get() { throw new DOMException('forbidden', 'SecurityError') },
    });
"""
FULL = """
    Storage.prototype.setItem = function () { throw new DOMException('', 'QuotaExceededError') };
"""
BROKEN = 'localStorage.setItem(\'papersite.kept\', \'{"version":1,"read":[1,"2602.00001"\')'
STRANGE = (
    "localStorage.setItem('papersite.kept', JSON.stringify({version: 1, read: 'x', "
    "bookmarks: [7, '<b>', '2602.00001'], categories: ['cs.CL', null, 'a b'], keywords: {}}))"
)


@pytest.mark.parametrize("state", [BROKEN, STRANGE], ids=["half a document", "strange parts"])
def test_unreadable_data_is_ignored(reader, state):
    page = reader.go("/en/")
    page.evaluate(state)
    reader.go("/en/")
    reader.mark(2).click()
    assert reader.kept()["bookmarks"][-1] == "2602.00002"
    assert reader.kept()["read"] == []
    assert all(isinstance(code, str) for code in reader.kept()["categories"])


def test_data_of_a_later_version_is_not_changed(reader):
    page = reader.go("/en/")
    page.evaluate("localStorage.setItem('papersite.kept', '{\"version\":2,\"more\":1}')")
    reader.go("/en/")
    reader.mark(2).click()
    assert "could not save" in page.locator(".said").inner_text()
    assert reader.kept() == {"version": 2, "more": 1}


@pytest.mark.parametrize("script", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_blocked_storage_is_reported_and_pages_still_work(reader, script):
    reader.context.add_init_script(script)
    page = reader.go("/en/")
    reader.mark(1).click()
    assert "could not save that" in page.locator(".said").inner_text()
    reader.go("/en/papers/2602.00001/")
    page.check("input[value=both]", force=True)
    assert page.is_visible("#en-1")
    reader.go("/en/kept/")
    assert page.get_by_text("This browser cannot save anything").is_visible()
    reader.go("/en/following/")
    page.get_by_label("Further keyword 1").fill("goats")
    page.get_by_role("button", name="Save and show").click()
    page.wait_for_url("**/following/?q=goats")
    assert reader.listed() == "2"


@pytest.mark.parametrize(("width", "prefix"), [(320, ""), (375, "/en"), (1280, ""), (1920, "/en")])
def test_the_pages_fit_keep_the_policy_and_please_axe(
    chromium, live_server, four_papers, width, prefix
):
    somebody = Reader(chromium, live_server.url)
    page = somebody.page
    page.set_viewport_size({"width": width, "height": 900})
    look = Look(page, live_server.url)
    somebody.go("/")
    page.evaluate(
        "keeping.change((kept) => Object.assign(kept, { categories: ['cs.CL'], keywords: ['goats'],"
        "bookmarks: ['2602.00001'], read: ['2602.00002'], seenUntil: '2020-01-01T00:00:00Z' }))"
    )
    for address in (
        "/following/",
        "/following/#choose",
        "/following/?category=cs.XX&category=math.ST&q=" + "w" * 290,
        "/bookmarks/",
        "/bookmarks/?id=2602.00002&id=2402.09999&id=sheep",
        "/kept/",
        "/",
        "/categories/cs.CL/",
        "/search/?q=goats",
    ):
        look.visit(prefix + address, until="networkidle")
        look.examine(address)
    page.get_by_role("checkbox").first.wait_for()
    look.visit(f"{prefix}/kept/")
    page.click("[data-does=ask]")
    look.examine("dialog")
    look.pleased()
    assert somebody.said == []
    somebody.context.close()


def test_lists_load_one_script_and_papers_three_small_ones(reader):
    sizes: dict[str, int] = {}
    reader.page.on(
        "response",
        lambda response: (
            response.url.endswith(".js") and sizes.update({response.url: len(response.body())})
        ),
    )
    for address, most in (("/", 1), ("/categories/cs.CL/", 1), ("/papers/2602.00001/", 3)):
        sizes.clear()
        reader.go(address)
        reader.page.wait_for_load_state("networkidle")
        assert 0 < len(sizes) <= most, address
        assert max(sizes.values()) < 8192
