"""Problem types (RFC 9457, 3.1.1): the refusals that programs can tell apart."""

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
"""The refusals of the API, by code."""
_OWN_STATUSES = (403, 429, 503)


def status_of(refusal: Refusal | type[Refusal]) -> int:
    """Return the HTTP status of a refusal in the API.

    A well-formed request is refused as a conflict (409), except for a missing right (403), too many
    requests (429) and a temporary failure (503).
    """
    return refusal.status if refusal.status in _OWN_STATUSES else 409


def problem_url(code: str) -> str:
    """Return the URL of a problem type, which describes it."""
    return absolute(reverse("api:problem-type", args=[code]))


def title_of(code: str) -> str:
    """Return the title of a problem type."""
    return code.replace("-", " ").capitalize()


def type_and_title(refusal: Refusal) -> dict[str, str]:
    """Return the type and title of a problem; empty if the refusal has no type."""
    if refusal.code not in TYPES:
        return {}
    return {"type": problem_url(refusal.code), "title": title_of(refusal.code)}


def description_of(code: str) -> str:
    """Return the public description of a problem type."""
    paragraph = (inspect.getdoc(TYPES[code]) or "").partition("\n\n")[0]
    return " ".join(paragraph.split())
