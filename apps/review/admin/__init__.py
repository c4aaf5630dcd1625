"""The editors' desk in the admin, a file for each part."""

from apps.review.admin.api_tokens import ApiTokenAdmin
from apps.review.admin.corrections import FixAdmin
from apps.review.admin.decisions import DecisionAdmin
from apps.review.admin.queue import QueueEntryAdmin
from apps.review.admin.suggestions import SuggestionAdmin
from apps.review.admin.translations import TranslationAdmin
from apps.review.admin.users import FailedLoginAdmin, PersonAdmin, RoleAdmin

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
