"""Responses of the site's OAI-PMH, and their datestamps."""

from datetime import datetime, timedelta

from lxml import etree

from apps.public.records.ledger import record_changes
from tests.support.builders import NOW

OAI = "{http://www.openarchives.org/OAI/2.0/}"


def codes(answer: etree._Element) -> list[str | None]:
    """Return the error codes of a response."""
    return [element.get("code") for element in answer.iter(f"{OAI}error")]


def record(now: datetime = NOW) -> int:
    """Update the ledger at a moment; datestamps are eleven seconds later."""
    return record_changes(changed_since=None, clock=lambda: now, limit=1000)


def later(**step: float) -> datetime:
    """A moment after the creation of the tests' papers."""
    return NOW + timedelta(**step)
