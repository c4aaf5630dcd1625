"""What a browser keeps, taken into another one and forgotten."""

import json
from typing import Any

import pytest

from tests.support.reading.reader import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]


def saved_file(reader: Reader) -> Any:
    reader.go("/en/kept/")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename.startswith("papersite-")
    with open(download.value.path(), encoding="utf-8") as file:
        return json.load(file)


def bring(reader: Reader, content: object, way: str = "merge") -> str:
    """Import a file; return the message of the page."""
    text = content if isinstance(content, str) else json.dumps(content)
    page = reader.go("/en/kept/")
    page.set_input_files(
        "#file", {"name": "f.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.check(f"input[value={way}]")
    page.get_by_role("button", name="Import").click()
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
    assert bring(other, file, "replace").startswith("Imported")
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
    assert bring(reader, file).startswith("Imported")
    kept = reader.kept()
    assert kept["bookmarks"] == ["2602.00001", "2602.00002"]
    assert kept["read"] == ["hep-th/9901001", "2602.00003"]
    assert bring(reader, file, "replace").startswith("Imported")
    assert reader.kept()["bookmarks"] == ["2602.00002", "2602.00001"]
    assert reader.kept()["read"] == ["hep-th/9901001"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("{", "not JSON", id="half a file"),
        pytest.param("[]", "not saved by this site", id="another file"),
        pytest.param('{"format": "other"}', "not saved by this site", id="another format"),
        pytest.param("null", "not saved by this site", id="nothing"),
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
        pytest.param(
            file_with(keywords=[f"w{n}" for n in range(10)]), "exceeds the limit", id="too many"
        ),
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
    page.get_by_role("button", name="Delete everything…").click()
    page.get_by_role("button", name="Cancel").click()
    assert reader.kept()["read"] == ["2602.00002"]
    page.get_by_role("button", name="Delete everything…").click()
    page.keyboard.press("Escape")
    assert reader.kept()["read"] == ["2602.00002"]
    page.get_by_role("button", name="Delete everything…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete everything").click()
    page.get_by_text("Everything is deleted.").wait_for()
    assert page.evaluate("localStorage.length") == 0
