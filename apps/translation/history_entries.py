"""The entries of a history page, for translations, terms and notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from apps.text.protection.japanese_spans import JAPANESE


def account_name(user: AbstractUser) -> str:
    """Return the name of an account for pages.

    Args:
        user: the account.

    Returns:
        The person's name, in Japanese the family name first; the user name if there is none.
    """
    names = [user.first_name, user.last_name]
    if JAPANESE.search("".join(names)):
        names.reverse()
    return " ".join(filter(None, names)) or user.get_username()


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text that changed.

    label: which text. before, after: the texts; `after` is None if it is no longer known. source:
    the sentence of the paper. facts: further lines. restore: what the page sends to restore
    `before`, empty if that is not possible; seen: the current text when the page was made.
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

    key: unique on its page. lines: further facts. restore, seen: as in TextChange, for the whole
    state after the entry.
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
