"""Archive, names, versions and pages about the site in a real browser, on every width."""

from datetime import timedelta

import pytest

from apps.discovery.author_index import index_authors_batch
from apps.papers.models import PaperVersion
from apps.papers.store.fingerprints import text_fingerprint
from tests.public.browser.looking import Look, axe
from tests.support.builders import NOW, build_paper
from tests.support.factories import publish_paper

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices"),
]

ADDRESSES = [
    "/days/2026-03/",
    "/days/2026/",
    "/days/2025/",
    "/days/2026-03-02/",
    "/categories/cs.CL/",
    "/categories/cs.CL/days/2026-03-02/",
    "/authors/ada-example/",
    "/authors/nobody/",
    "/papers/2405.10999/",
    "/papers/2405.10999v1/",
    "/papers/2405.10999v2/",
    "/papers/2405.10999v3/",
    "/about/",
    "/about/translations/",
    "/privacy/",
    "/licences/",
    "/exports/",
    "/status/",
    "/sheep/2405.10999/",
    "/graph-networks/",
]
EXPECTED = ("Failed to load resource: the server responded with a status of 404",)


@pytest.fixture
def papers():
    """Papers of two categories and days, one with three versions and many authors."""
    for hours in range(0, 60, 11):
        publish_paper(
            categories=["stat.ML", "cs.CL"] if hours % 2 else ["cs.CL", "cs.LG"],
            primary_category="stat.ML" if hours % 2 else "cs.CL",
            submitted_at=NOW - timedelta(hours=hours),
            authors=[{"name": "Ada Example"}, *({"name": f"Name {n}x"} for n in range(40))],
        )
    text = ("Bounds for $x^2$ " + "and more " * 20, "First $x$. Second " + "a" * 90 + ".")
    paper = build_paper(
        arxiv_id="2405.10999",
        title=text[0],
        abstract=text[1],
        text_fingerprint=text_fingerprint(*text),
        authors=[{"name": f"Author Number{number}"} for number in range(40)],
    )
    publish_paper(paper=paper)
    for number in (1, 2, 3):
        title, abstract = text if number == 1 else ("", "")
        PaperVersion.objects.create(
            paper=paper, number=number, title=title, abstract=abstract, submitted_at=NOW
        )
    paper.title, paper.latest_version, paper.text_fingerprint = "Other bounds", 3, "another"
    paper.save()
    index_authors_batch(changed_since=None)


@pytest.mark.parametrize(("width", "prefix"), [(320, ""), (375, "/en"), (1280, ""), (1920, "/en")])
def test_the_pages_fit_keep_the_policy_and_please_axe(live_server, chromium, papers, width, prefix):
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    look = Look(context.new_page(), live_server.url)
    for address in ADDRESSES:
        look.visit(prefix + address)
        look.examine(address)
    look.pleased(expected=EXPECTED)
    context.close()


def test_the_plain_pages_of_errors_please_axe(live_server, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/login/")
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'")
    page.fill("[name=username]", "x")
    page.fill("[name=password]", "x")
    page.click("[type=submit]")
    assert page.locator("h1").count() == 1
    assert page.locator(".eyebrow").inner_text() == "403"
    assert axe.Axe().run(page).response["violations"] == []
    context.close()


def test_a_calendar_is_walked_by_keyboard(live_server, chromium, papers):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/days/2026-03/")
    page.focus("table a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/days/2026-03-01/")
    context.close()
