"""The page of the exports in a real browser, with something on it."""

import pytest

from tests.public.browser.looking import Look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("notices", "three_exports"),
]


@pytest.mark.parametrize(("width", "address"), [(320, "/exports/"), (1280, "/en/exports/")])
def test_a_full_page_fits_and_pleases_axe(live_server, chromium, width, address):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    look = Look(context.new_page(), live_server.url)
    look.visit(address)
    look.examine(address)
    look.pleased()
    context.close()
