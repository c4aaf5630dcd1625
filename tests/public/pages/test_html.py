"""Every page is HTML as the standard has it: no parser has to mend anything.

The benchmark `validity` asks the W3C's validator, which knows more rules, about a running site.
"""

import pytest
from justhtml import JustHTML

from apps.discovery.author_index import index_authors_batch
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all
from tests.support.reading.hostile import TITLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

ADDRESSES = [
    "/",
    "/days/2026/",
    "/days/2026-03/",
    "/days/2026-03-02/",
    "/categories/",
    "/categories/cs.CL/",
    "/categories/cs.CL/days/2026-03-02/",
    "/authors/ada-example/",
    "/papers/2405.10999/",
    "/papers/2405.10999/sentences/abstract-1/correct/",
    "/search/",
    "/search/?q=bounds",
    "/search/?q=nothing+of+the+kind",
    "/following/",
    "/following/?category=cs.CL&q=bounds",
    "/bookmarks/?id=2405.10999",
    "/kept/",
    "/trends/",
    "/about/",
    "/about/score/",
    "/about/translations/",
    "/disclaimer/",
    "/privacy/",
    "/licences/",
    "/exports/",
    "/status/",
    "/days/1991-01-01/",
    "/papers/2405.99999/",
    "/no/such/page/",
]


def publish(title: str) -> None:
    publish_paper(
        arxiv_id="2405.10999",
        title=title,
        abstract=f"{title} First. $$x+1$$ Second.",
        comments=title,
        journal_ref=title,
        doi="10.1000/1 10.1000/2",
        authors=[{"name": "Ada Example"}, {"name": title}],
        texts={title: f"訳 {title}"},
        submitted_at=NOW,
    )
    index_authors_batch(changed_since=None)
    index_all()


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["Japanese", "English"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_needs_no_mending(client, address, prefix):
    publish("Bounds for $x^2$ at https://example.org/bounds")
    page = client.get(prefix + address)
    # Raises where a parser would have to guess.
    JustHTML(page.content.decode(), strict=True)


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("address", ["/", "/papers/2405.10999/", "/authors/ada-example/"])
def test_no_paper_breaks_the_page_around_it(client, address, title):
    publish(title)
    JustHTML(client.get(address).content.decode(), strict=True)
