"""The models of the desk."""

from apps.review.models.api_tokens import LONGEST_NAME, ApiToken, Scope
from apps.review.models.claims import Claim
from apps.review.models.decisions import Decision, DecisionKind, Fix
from apps.review.models.failed_logins import FailedLogin
from apps.review.models.listed_days import ListedDay
from apps.review.models.notes import Note
from apps.review.models.queue import QueueEntry, QueueEntryQuerySet, QueueTitle, SavedFilter
from apps.review.models.suggestions import (
    LONGEST_COMMENT,
    LONGEST_CREDIT,
    LONGEST_TEXT,
    Suggestion,
    SuggestionState,
)

__all__ = [
    "LONGEST_COMMENT",
    "LONGEST_CREDIT",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "ApiToken",
    "Claim",
    "Decision",
    "DecisionKind",
    "FailedLogin",
    "Fix",
    "ListedDay",
    "Note",
    "QueueEntry",
    "QueueEntryQuerySet",
    "QueueTitle",
    "SavedFilter",
    "Scope",
    "Suggestion",
    "SuggestionState",
]
