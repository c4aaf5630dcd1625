"""Marks of opened papers and bookmarks in a real browser: set, shown, hidden, bounded."""

import pytest

from tests.public.browser.looking import SHIFTS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]


def test_an_opened_paper_is_marked_and_can_be_hidden(reader):
    page = reader.go("/en/papers/2602.00002/")
    reader.go("/en/")
    assert page.locator(".entry.read").count() == 1
    assert "opened" in page.locator(".entry.read h3").inner_text()
    page.get_by_label("Hide papers that I opened").check()
    assert reader.listed() == "134"
    reader.go("/en/search/?q=goats")
    assert reader.listed() == ""
    page.get_by_label("Hide papers that I opened").uncheck()
    assert reader.listed() == "2"


def test_marks_move_nothing(reader):
    page = reader.go("/en/papers/2602.00002/")
    reader.context.add_init_script(SHIFTS)
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in ("/", "/categories/cs.CL/", "/search/?q=goats", "/papers/2602.00001/"):
            reader.go(address)
            page.wait_for_timeout(150)
            assert page.evaluate("window.shifted") < 0.001, (width, address)


def test_a_bookmark_is_set_in_a_list_and_taken_back_on_the_paper(reader):
    page = reader.go("/en/")
    reader.mark(3).click()
    reader.mark(1).click()
    assert reader.mark(3).get_attribute("aria-pressed") == "true"
    assert reader.kept()["bookmarks"] == ["2602.00003", "2602.00001"]
    reader.go("/en/bookmarks/")
    page.wait_for_url("**id=2602.00001&id=2602.00003")
    assert reader.listed() == "13"
    reader.go("/en/papers/2602.00003/")
    page.locator(".paper .bookmark").click()
    assert page.locator(".paper .bookmark").get_attribute("aria-pressed") == "false"
    assert reader.kept()["bookmarks"] == ["2602.00001"]


def test_bookmarks_of_papers_that_are_gone_can_be_removed(reader):
    page = reader.go("/en/bookmarks/")
    page.evaluate("keeping.change((kept) => { kept.bookmarks = ['2602.00001', '2402.09999'] })")
    reader.go("/en/bookmarks/")
    page.get_by_role("button", name="Remove these bookmarks").click()
    page.wait_for_url("**/bookmarks/?id=2602.00001")
    assert reader.kept()["bookmarks"] == ["2602.00001"]


def test_more_bookmarks_than_a_page_shows_are_walked_through(reader):
    page = reader.go("/en/bookmarks/")
    page.evaluate(
        "keeping.change((kept) => { kept.bookmarks = "
        "Array.from({length: 250}, (_, at) => `2401.${String(at + 1).padStart(5, '0')}`) })"
    )
    reader.go("/en/bookmarks/")
    seen = []
    for _page in range(3):
        page.wait_for_selector("[data-steps]:not([hidden])")
        seen += page.locator("[data-gone]").evaluate_all("all => all.map(e => e.dataset.gone)")
        older = page.get_by_role("link", name="Older bookmarks")
        if older.count():
            older.click()
            page.wait_for_load_state()
    assert len(set(seen)) == len(seen) == 250
    assert seen[0] == "2401.00250"
    assert page.get_by_role("link", name="Newer bookmarks").is_visible()


def test_two_tabs_say_the_same_and_neither_forgets_what_the_other_did(reader):
    reader.go("/en/")
    other = reader.tab()
    other.goto(f"{reader.server}/en/")
    reader.mark(1).click()
    pressed = ".entry[data-paper='2602.00001'] .bookmark[aria-pressed=true]"
    other.wait_for_selector(pressed)
    other.locator(".entry[data-paper='2602.00002'] .bookmark").click()
    reader.page.wait_for_selector(pressed.replace("00001", "00002"))
    assert reader.kept()["bookmarks"] == ["2602.00001", "2602.00002"]


def test_marks_of_opened_papers_are_bounded_the_oldest_go_first(reader):
    page = reader.go("/en/")
    page.evaluate(
        "keeping.change((kept) => { kept.read = "
        "Array.from({length: 5000}, (_, at) => `2401.${String(at).padStart(5, '0')}`) })"
    )
    reader.go("/en/papers/2602.00002/")
    kept = reader.kept()["read"]
    assert (len(kept), kept[0], kept[-1]) == (5000, "2401.00001", "2602.00002")
