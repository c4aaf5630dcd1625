"""Following in a real browser: choose, store, open again, share, count."""

from datetime import timedelta

import pytest

from apps.translation.models import Translation
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.reading.reader import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]


def test_choices_are_stored_and_opened_again(reader):
    page = reader.go("/en/following/")
    page.get_by_label("Further keyword 1").fill("goats")
    page.get_by_text("Computer Science").click()
    page.get_by_label("cs.CL").check()
    page.get_by_role("button", name="Save and show").click()
    page.wait_for_url("**/en/following/?category=cs.CL&q=goats")
    assert reader.listed() == "123"
    reader.go("/en/")
    page.get_by_role("link", name="Following").click()
    page.wait_for_url("**/en/following/?category=cs.CL&q=goats")
    assert not page.locator("[data-when=other]").is_visible()
    page.go_back()
    assert page.url.endswith("/en/")


def test_without_javascript_the_choices_are_in_the_address(chromium, live_server, four_papers):
    somebody = Reader(chromium, live_server.url, java_script_enabled=False)
    page = somebody.go("/en/categories/cs.LG/")
    page.get_by_role("link", name="Follow", exact=True).click()
    page.wait_for_url("**/en/following/?category=cs.LG")
    page.get_by_text("Change what you follow").click()
    page.get_by_label("Further keyword 2").fill("hens")
    page.get_by_role("button", name="Save and show").click()
    page.wait_for_load_state()
    assert somebody.listed() == "24"
    somebody.go("/en/kept/")
    assert "Without JavaScript nothing is stored." in page.content()
    assert not page.get_by_role("button", name="Save as a file").is_visible()
    somebody.context.close()


def test_a_category_and_a_search_are_followed_by_one_button_each(reader):
    page = reader.go("/en/categories/cs.LG/")
    button = page.get_by_role("button", name="Follow", exact=True)
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    page.get_by_role("button", name="Following", pressed=True).wait_for()
    reader.go("/en/search/?q=hens&category=math.ST")
    page.get_by_role("button", name="Follow", exact=True).click()
    kept = reader.kept()
    assert (kept["categories"], kept["keywords"]) == (["cs.LG"], ["hens category:math.ST"])
    reader.go("/en/following/")
    page.wait_for_url("**category=cs.LG**")
    assert reader.listed() == "24"
    reader.go("/en/categories/cs.LG/")
    page.get_by_role("button", name="Following").click()
    assert reader.kept()["categories"] == []


def test_a_list_from_another_person_replaces_nothing_without_consent(reader):
    page = reader.go("/en/following/?category=math.ST")
    page.evaluate("keeping.change((kept) => { kept.categories = ['cs.CL'] })")
    reader.go("/en/following/?category=math.ST")
    assert reader.listed() == "4"
    page.get_by_role("link", name="To my own list").click()
    page.wait_for_url("**category=cs.CL")
    reader.go("/en/following/?category=math.ST")
    page.get_by_role("button", name="Follow these from now on").click()
    assert reader.kept()["categories"] == ["math.ST"]
    assert not page.locator("[data-when=other]").is_visible()


def test_too_many_choices_are_reported_and_change_nothing(reader):
    page = reader.go("/en/following/")
    page.evaluate("keeping.change((kept) => { kept.keywords = [...'abcdefghij'] })")
    reader.go("/en/search/?q=hens")
    page.get_by_role("button", name="Follow", exact=True).click()
    assert "limit is reached" in page.locator(".said").inner_text()
    assert len(reader.kept()["keywords"]) == 10
    reader.go("/en/following/#choose")
    page.evaluate(
        "const list = document.querySelector('.keywords');"
        "for (let at = 0; at < 11; at++) {"
        "  const item = list.firstElementChild.cloneNode(true);"
        "  item.firstElementChild.value = `word${at}`;"
        "  list.append(item);"
        "}"
    )
    page.get_by_role("button", name="Save and show").click()
    assert page.get_by_text("at most 20 categories and 10 keywords").is_visible()
    assert reader.kept()["keywords"] == [*"abcdefghij"]


def test_what_came_since_the_last_visit_is_marked(reader):
    page = reader.go("/en/categories/cs.CL/")
    page.get_by_role("button", name="Follow", exact=True).click()
    reader.go("/en/following/")
    page.wait_for_url("**category=cs.CL")
    assert page.locator(".entry.new").count() == 0
    # An hour later another paper of the category is published.
    page.evaluate("keeping.change((kept) => { kept.visitedAt -= 3600e3 })")
    fresh = publish_paper(arxiv_id="2602.00005", submitted_at=NOW - timedelta(hours=9))
    Translation.objects.filter(pk=fresh.pk).update(published_at=NOW + timedelta(hours=1))
    for _visit_goes_on in range(2):
        reader.go("/en/following/?category=cs.CL&x=2")
        assert page.locator(".entry.new").evaluate_all("all => all.map(e => e.dataset.paper)") == [
            "2602.00005"
        ]
    page.evaluate("keeping.change((kept) => { kept.visitedAt -= 3600e3 })")
    page.reload()
    assert page.locator(".entry.new").count() == 0
