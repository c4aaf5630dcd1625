"""What a browser keeps for its reader: following, marks, bookmarks, taking it along, forgetting."""

import json
from datetime import timedelta
from typing import Any

import pytest

from apps.translation.models import Translation
from tests.builders import NOW
from tests.discovery.published import index_all
from tests.public.factories import publish_paper
from tests.public.test_browser_reading import SHIFTS

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]

KEPT = "JSON.parse(localStorage.getItem('papersite.kept'))"
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


@pytest.fixture
def papers():
    """Four papers, the newest first; two of cs.CL, one about goats."""
    for number, (code, title) in enumerate(
        [("cs.CL", "Sheep"), ("cs.LG", "Goats"), ("cs.CL", "Cows"), ("math.ST", "Hens")], start=1
    ):
        publish_paper(
            arxiv_id=f"2602.0000{number}",
            title=title,
            categories=[code],
            primary_category=code,
            submitted_at=NOW - timedelta(hours=number),
        )
    index_all()


class Reader:
    """Somebody with a browser of their own. Whatever a page complains about is in `said`."""

    def __init__(self, chromium: Any, server: str, **options: Any) -> None:
        self.context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **options
        )
        self.server = server
        self.said: list[str] = []
        self.page = self.tab()

    def tab(self) -> Any:
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page

    def go(self, address: str) -> Any:
        self.page.goto(self.server + address)
        return self.page

    def kept(self) -> Any:
        return self.page.evaluate(KEPT)

    def listed(self) -> str:
        """The last digits of the papers that are shown."""
        entries = self.page.locator(".entry:visible")
        return "".join(entry.get_attribute("data-paper")[-1] for entry in entries.all())

    def mark(self, number: int) -> Any:
        return self.page.locator(f".entry[data-paper='2602.0000{number}'] .bookmark")


@pytest.fixture
def reader(chromium, live_server, papers):
    somebody = Reader(chromium, live_server.url)
    yield somebody
    somebody.context.close()
    assert somebody.said == []


def test_what_somebody_chooses_is_kept_and_opens_again(reader):
    page = reader.go("/en/following/")
    page.get_by_label("Further keyword 1").fill("goats")
    page.get_by_text("Computer Science").click()
    page.get_by_label("cs.CL").check()
    page.get_by_role("button", name="Show and keep").click()
    page.wait_for_url("**/en/following/?category=cs.CL&q=goats")
    assert reader.listed() == "123"
    reader.go("/en/")
    page.get_by_role("link", name="Following").click()
    page.wait_for_url("**/en/following/?category=cs.CL&q=goats")
    assert not page.locator("[data-when=other]").is_visible()
    page.go_back()
    assert page.url.endswith("/en/")


def test_without_javascript_the_choices_are_in_the_address(chromium, live_server, papers):
    somebody = Reader(chromium, live_server.url, java_script_enabled=False)
    page = somebody.go("/en/categories/cs.LG/")
    page.get_by_role("link", name="Follow", exact=True).click()
    page.wait_for_url("**/en/following/?category=cs.LG")
    page.get_by_text("Change what you follow").click()
    page.get_by_label("Further keyword 2").fill("hens")
    page.get_by_role("button", name="Show and keep").click()
    page.wait_for_load_state()
    assert somebody.listed() == "24"
    somebody.go("/en/kept/")
    assert "Without JavaScript nothing is kept." in page.content()
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


def test_a_list_that_somebody_sent_replaces_nothing_unasked(reader):
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


def test_too_many_choices_are_said_and_change_nothing(reader):
    page = reader.go("/en/following/")
    page.evaluate("keeping.change((kept) => { kept.keywords = [...'abcdefghij'] })")
    reader.go("/en/search/?q=hens")
    page.get_by_role("button", name="Follow", exact=True).click()
    assert "no more room" in page.locator(".said").inner_text()
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
    page.get_by_role("button", name="Show and keep").click()
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


def saved_file(reader: Reader) -> Any:
    reader.go("/en/kept/")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename.startswith("papersite-")
    with open(download.value.path(), encoding="utf-8") as file:
        return json.load(file)


def bring(reader: Reader, content: object, way: str = "merge") -> str:
    """Bring in a file; return what the page says."""
    text = content if isinstance(content, str) else json.dumps(content)
    page = reader.go("/en/kept/")
    page.set_input_files(
        "#file", {"name": "f.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.check(f"input[value={way}]")
    page.get_by_role("button", name="Bring in").click()
    page.wait_for_function("document.querySelector('[data-answer]').textContent")
    return page.inner_text("[data-answer]")


def file_with(**parts: object) -> dict[str, object]:
    return {
        "format": "papersite", "version": 1, "exported": "2026-03-02T06:00:00Z", "mode": None,
        "hidesRead": False, "categories": [], "keywords": [], "bookmarks": [], "read": [],
    } | parts  # fmt: skip


def test_a_saved_file_brings_everything_into_another_browser(reader, chromium):
    page = reader.go("/en/papers/2602.00002/")
    page.check("input[value=both]", force=True)
    page.locator(".paper .bookmark").click()
    reader.go("/en/following/?category=cs.CL&q=羊")
    page.get_by_role("button", name="Follow these from now on").click()
    file = saved_file(reader)
    assert file | {"exported": None} == file_with(
        exported=None, mode="both", categories=["cs.CL"], keywords=["羊"],
        bookmarks=["2602.00002"], read=["2602.00002"],
    )  # fmt: skip
    other = Reader(chromium, reader.server)
    assert bring(other, file, "replace").startswith("Done")
    assert saved_file(other) | {"exported": None} == file | {"exported": None}
    other.go("/en/papers/2602.00001/")
    assert other.page.is_checked("input[value=both]")
    other.context.close()


def test_a_file_is_added_to_what_is_there_or_replaces_it(reader):
    page = reader.go("/en/kept/")
    page.evaluate(
        "keeping.change((kept) => { kept.bookmarks = ['2602.00001']; kept.read = ['2602.00003'] })"
    )
    file = file_with(bookmarks=["2602.00002", "2602.00001"], read=["hep-th/9901001"])
    assert bring(reader, file).startswith("Done")
    kept = reader.kept()
    assert kept["bookmarks"] == ["2602.00001", "2602.00002"]
    assert kept["read"] == ["hep-th/9901001", "2602.00003"]
    assert bring(reader, file, "replace").startswith("Done")
    assert reader.kept()["bookmarks"] == ["2602.00002", "2602.00001"]
    assert reader.kept()["read"] == ["hep-th/9901001"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("{", "not JSON", id="half a file"),
        pytest.param("[]", "no file that was saved here", id="another file"),
        pytest.param('{"format": "other"}', "no file that was saved here", id="another format"),
        pytest.param("null", "no file that was saved here", id="nothing"),
        pytest.param(" " * 1_000_001, "larger than 1 MB", id="too large"),
        pytest.param(file_with(version=2), "newer version", id="of a later version"),
        pytest.param(file_with(version="1"), "version", id="version is no number"),
        pytest.param(
            file_with(bookmarks=["2602.00002", "<b>"]), 'bookmarks[1]: "<b>"', id="no paper"
        ),
        pytest.param(file_with(categories={}), "categories", id="no list"),
        pytest.param(file_with(keywords=["x" * 301]), "keywords[0]", id="long keyword"),
        pytest.param(file_with(mode="upside down"), "mode", id="unknown mode"),
        pytest.param(file_with(hidesRead=1), "hidesRead", id="no yes or no"),
        pytest.param(file_with(keywords=[f"w{n}" for n in range(10)]), "too much", id="too many"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained_and_changes_nothing(reader, content, words):
    page = reader.go("/en/kept/")
    page.evaluate("keeping.change((kept) => { kept.keywords = ['sheep'] })")
    before = page.evaluate("localStorage.getItem('papersite.kept')")
    assert words in bring(reader, content)
    assert page.evaluate("localStorage.getItem('papersite.kept')") == before


def test_everything_is_forgotten_only_when_that_is_confirmed(reader):
    page = reader.go("/en/papers/2602.00002/")
    page.check("input[value=both]", force=True)
    reader.go("/en/kept/")
    page.get_by_role("button", name="Forget everything…").click()
    page.get_by_role("button", name="Keep it").click()
    assert reader.kept()["read"] == ["2602.00002"]
    page.get_by_role("button", name="Forget everything…").click()
    page.keyboard.press("Escape")
    assert reader.kept()["read"] == ["2602.00002"]
    page.get_by_role("button", name="Forget everything…").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget everything").click()
    page.get_by_text("Everything is forgotten.").wait_for()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("state", [BROKEN, STRANGE], ids=["half a document", "strange parts"])
def test_what_cannot_be_read_is_passed_over(reader, state):
    page = reader.go("/en/")
    page.evaluate(state)
    reader.go("/en/")
    reader.mark(2).click()
    assert reader.kept()["bookmarks"][-1] == "2602.00002"
    assert reader.kept()["read"] == []
    assert all(isinstance(code, str) for code in reader.kept()["categories"])


def test_what_a_later_version_wrote_is_left_alone(reader):
    page = reader.go("/en/")
    page.evaluate("localStorage.setItem('papersite.kept', '{\"version\":2,\"more\":1}')")
    reader.go("/en/")
    reader.mark(2).click()
    assert "could not keep" in page.locator(".said").inner_text()
    assert reader.kept() == {"version": 2, "more": 1}


def test_marks_of_opened_papers_are_bounded_the_oldest_go_first(reader):
    page = reader.go("/en/")
    page.evaluate(
        "keeping.change((kept) => { kept.read = "
        "Array.from({length: 5000}, (_, at) => `2401.${String(at).padStart(5, '0')}`) })"
    )
    reader.go("/en/papers/2602.00002/")
    kept = reader.kept()["read"]
    assert (len(kept), kept[0], kept[-1]) == (5000, "2401.00001", "2602.00002")


@pytest.mark.parametrize("script", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_shows_everything(reader, script):
    reader.context.add_init_script(script)
    page = reader.go("/en/")
    reader.mark(1).click()
    assert "could not keep that" in page.locator(".said").inner_text()
    reader.go("/en/papers/2602.00001/")
    page.check("input[value=both]", force=True)
    assert page.is_visible("#en-1")
    reader.go("/en/kept/")
    assert page.get_by_text("This browser keeps nothing for this site").is_visible()
    reader.go("/en/following/")
    page.get_by_label("Further keyword 1").fill("goats")
    page.get_by_role("button", name="Show and keep").click()
    page.wait_for_url("**/following/?q=goats")
    assert reader.listed() == "2"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "prefix"), [(320, ""), (375, "/en"), (1280, ""), (1920, "/en")])
def test_the_pages_fit_keep_the_policy_and_please_axe(
    chromium, live_server, papers, width, prefix, scheme
):
    somebody = Reader(chromium, live_server.url, color_scheme=scheme)
    page = somebody.page
    page.set_viewport_size({"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    somebody.go("/")
    page.evaluate(
        "keeping.change((kept) => Object.assign(kept, { categories: ['cs.CL'], keywords: ['goats'],"
        "bookmarks: ['2602.00001'], read: ['2602.00002'], seenUntil: '2020-01-01T00:00:00Z' }))"
    )
    found = {}
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
        somebody.go(prefix + address)
        page.wait_for_load_state("networkidle")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        if violations := axe.Axe().run(page).response["violations"]:
            found[address] = [(v["id"], v["nodes"][0]["html"][:200]) for v in violations]
    page.get_by_role("checkbox").first.wait_for()
    somebody.go(f"{prefix}/kept/")
    page.click("[data-does=ask]")
    if violations := axe.Axe().run(page).response["violations"]:
        found["dialog"] = [(v["id"], v["nodes"][0]["html"][:200]) for v in violations]
    assert found == {}
    assert somebody.said == []
    assert somebody.context.cookies() == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
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
