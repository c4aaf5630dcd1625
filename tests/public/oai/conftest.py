"""What the tests of OAI-PMH share."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import etree


@pytest.fixture
def ask(client) -> Callable[..., etree._Element]:
    """Send a request of OAI-PMH and return the root of the answer."""

    def ask(verb: str = "", **arguments: Any) -> etree._Element:
        given = {"verb": verb} if verb else {}
        given |= {name.rstrip("_"): value for name, value in arguments.items()}
        response = client.get(f"/oai?{urlencode(given)}")
        assert response.status_code == 200
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        return etree.fromstring(response.content)

    return ask
