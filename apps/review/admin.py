"""The editors' desk in the admin, a file for each part."""

from apps.review.fixing_admin import FixAdmin
from apps.review.journal_admin import DecisionAdmin
from apps.review.people_admin import FailedLoginAdmin, PersonAdmin, RoleAdmin
from apps.review.queue_admin import QueueEntryAdmin
from apps.review.suggestion_admin import SuggestionAdmin
from apps.review.token_admin import ApiTokenAdmin
from apps.review.translation_admin import TranslationAdmin

__all__ = [
    "ApiTokenAdmin",
    "DecisionAdmin",
    "FailedLoginAdmin",
    "FixAdmin",
    "PersonAdmin",
    "QueueEntryAdmin",
    "RoleAdmin",
    "SuggestionAdmin",
    "TranslationAdmin",
]
