"""What the tests of OAI-PMH share."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import etree

from apps.public.records.ledger import record_changes
from tests.support.builders import NOW

OAI = "{http://www.openarchives.org/OAI/2.0/}"


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


def codes(answer: etree._Element) -> list[str | None]:
    """The protocol's names for what is wrong with a request."""
    return [element.get("code") for element in answer.iter(f"{OAI}error")]


def record(now: datetime = NOW) -> int:
    """Bring the ledger up to date at a moment; datestamps lie eleven seconds later."""
    return record_changes(changed_since=None, clock=lambda: now, limit=1000)


def later(**step: float) -> datetime:
    """A moment after the one at which the tests' papers were made."""
    return NOW + timedelta(**step)
