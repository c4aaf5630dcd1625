"""Answers of the site's OAI-PMH, and the moments that they speak of."""

from datetime import datetime, timedelta

from lxml import etree

from apps.public.records.ledger import record_changes
from tests.support.builders import NOW

OAI = "{http://www.openarchives.org/OAI/2.0/}"


def codes(answer: etree._Element) -> list[str | None]:
    """The protocol's names for what is wrong with a request."""
    return [element.get("code") for element in answer.iter(f"{OAI}error")]


def record(now: datetime = NOW) -> int:
    """Bring the ledger up to date at a moment; datestamps lie eleven seconds later."""
    return record_changes(changed_since=None, clock=lambda: now, limit=1000)


def later(**step: float) -> datetime:
    """A moment after the one at which the tests' papers were made."""
    return NOW + timedelta(**step)
