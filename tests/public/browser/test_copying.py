"""Copying and sharing in a real browser, and what is left without JavaScript."""

import pytest

from tests.support.factories import publish_paper

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]

ADDRESS = "/papers/2405.10999/"


@pytest.fixture
def paper():
    return publish_paper(arxiv_id="2405.10999", title="Counting Sheep", abstract="</script> & so.")


def page_with(chromium, live_server, **options):
    context = chromium.new_context(**options)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return context, page, said, f"{live_server.url}{ADDRESS}"


def test_a_reference_a_record_and_the_address_are_copied(live_server, chromium, paper, settings):
    context, page, said, address = page_with(
        chromium, live_server, permissions=["clipboard-read", "clipboard-write"]
    )
    page.goto(address)
    page.locator("summary", has_text="BibTeX").click()
    for selector, beginning in (
        ("[data-copies=reference]", "Ada Example: Counting Sheep. arXiv:2405.10999 [cs.CL], 2026."),
        ("[data-copies=bibtex]", "@misc{example2026counting,\n"),
        ("[data-copies-text]", settings.SITE_URL + ADDRESS),
    ):
        button = page.locator(selector)
        button.click()
        page.locator(selector, has_text=button.get_attribute("data-done")).wait_for()
        assert page.evaluate("navigator.clipboard.readText()").startswith(beginning)
    assert said == []
    context.close()


def test_a_page_is_shared_by_the_system_where_it_can(live_server, chromium, paper, settings):
    context, page, said, address = page_with(chromium, live_server)
    page.add_init_script(
        "navigator.canShare = () => true;"
        "navigator.share = async (page) => { document.title = JSON.stringify(page) };"
    )
    page.goto(address)
    page.locator("[data-shares]").click()
    assert f'"url":"{settings.SITE_URL}{ADDRESS}"' in page.title()
    assert said == []
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_without_javascript_there_are_links_and_no_dead_buttons(
    live_server, chromium, paper, width
):
    context, page, _said, address = page_with(
        chromium, live_server, java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page.goto(address)
    section = page.locator("section", has=page.locator("#share"))
    assert section.locator("button:visible").count() == 0
    assert page.locator("[aria-labelledby=cite] button:visible").count() == 0
    for link in section.locator("a").all():
        assert link.is_visible()
        assert link.get_attribute("href").startswith(("mailto:", "https://"))
    assert section.locator("a[href^=https]:not([rel~=nofollow][rel~=noopener])").count() == 0
    context.close()


def test_the_citation_is_downloaded_as_a_file(live_server, chromium, paper):
    context, page, _said, address = page_with(chromium, live_server)
    page.goto(address)
    for name, ending in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json")):
        with page.expect_download() as kept:
            page.get_by_role("link", name=name, exact=True).click()
        assert kept.value.suggested_filename == f"arXiv-2405.10999.{ending}"
    context.close()
