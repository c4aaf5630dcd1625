"""Problem types: which refusals programs can tell apart, by which address (RFC 9457, 3.1.1)."""

import inspect
from collections.abc import Mapping
from typing import Final

from django.urls import reverse

from apps.core.refusals import Refusal
from apps.discovery.search.results import SearchTooSlow
from apps.public.site.page_urls import absolute
from apps.review.permissions import NotAllowed, OwnText
from apps.review.refusals import (
    BlockingFindings,
    CannotEdit,
    ChangedMeanwhile,
    ClaimedByOther,
    EmptyText,
    ReplacedTranslation,
    Untranslated,
)
from apps.review.suggestions.errors import (
    AlreadyAnswered,
    CannotAnswer,
    NotNow,
    NotOpenToReaders,
    SameAsPresent,
    TooManySuggestions,
    WordsRefused,
)
from apps.translation.glossary.entries import BadTerm, TermExists
from apps.translation.status import AlreadyInStatus, ForbiddenTransition

TYPES: Final[Mapping[str, type[Refusal]]] = {
    kind.code: kind
    for kind in (
        AlreadyAnswered,
        AlreadyInStatus,
        TermExists,
        BadTerm,
        BlockingFindings,
        CannotAnswer,
        NotNow,
        CannotEdit,
        ChangedMeanwhile,
        ClaimedByOther,
        EmptyText,
        NotAllowed,
        NotOpenToReaders,
        OwnText,
        ReplacedTranslation,
        SameAsPresent,
        SearchTooSlow,
        ForbiddenTransition,
        TooManySuggestions,
        Untranslated,
        WordsRefused,
    )
}
"""The refusals that the API answers with, by code."""
_OWN_STATUSES = (403, 429, 503)


def status_of(refusal: Refusal | type[Refusal]) -> int:
    """Return the HTTP status of a refusal in the API.

    What is refused although the request is well-formed is a conflict (409) with how things stand,
    but for a missing right, too many requests, and what cannot be done at the moment.
    """
    return refusal.status if refusal.status in _OWN_STATUSES else 409


def problem_url(code: str) -> str:
    """Return the address that names a kind of refusal and describes it."""
    return absolute(reverse("api:problem-type", args=[code]))


def title_of(code: str) -> str:
    """Return a kind of refusal in words."""
    return code.replace("-", " ").capitalize()


def type_and_title(refusal: Refusal) -> dict[str, str]:
    """Return both members of a problem; none for a refusal that has no type of its own."""
    if refusal.code not in TYPES:
        return {}
    return {"type": problem_url(refusal.code), "title": title_of(refusal.code)}


def description_of(code: str) -> str:
    """Return what a kind of refusal means and what a program does about it."""
    paragraph = (inspect.getdoc(TYPES[code]) or "").partition("\n\n")[0]
    return " ".join(paragraph.split())
