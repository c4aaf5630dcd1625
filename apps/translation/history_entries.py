"""What a page of history shows, be it of a translation, a term or a notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from apps.text.protection.japanese_spans import JAPANESE


def account_name(user: AbstractUser) -> str:
    """Return how pages name an account: the person's name, the family name first in Japanese."""
    names = [user.first_name, user.last_name]
    if JAPANESE.search("".join(names)):
        names.reverse()
    return " ".join(filter(None, names)) or user.get_username()


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text that changed.

    label: which text. before, after: the texts; an `after` of None is not known any more. source:
    the sentence of the paper. facts: what else is known. restore: what the page sends to have
    `before` again, empty where it cannot be had; seen: the text of now, as the page was made.
    """

    label: str
    before: str
    after: str | None
    source: str = ""
    facts: Sequence[str] = ()
    restore: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Who did what when, and why.

    key: tells it apart on its page. lines: in words, besides the texts. restore, seen: as with
    TextChange, for what the entry left behind as a whole.
    """

    key: str
    at: datetime
    who: str
    what: str
    why: str = ""
    by_machine: bool = False
    changes: Sequence[TextChange] = ()
    lines: Sequence[str] = ()
    restore: str = ""
    seen: str = ""

    @property
    def day(self) -> date:
        """The day in the site's time zone."""
        return timezone.localtime(self.at).date()
