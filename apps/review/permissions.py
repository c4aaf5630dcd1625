"""Rights and roles. Services check the rights, so that pages, admin and API need not."""

from collections.abc import Mapping
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.refusals import Refusal


class Right(models.TextChoices):
    """A right; the value is the name of its permission."""

    EDIT = "review.edit_text", gettext_lazy("correct sentences and summaries")
    RETRANSLATE = "review.retranslate_text", gettext_lazy("send text back to the machine")
    ANSWER = "review.answer_suggestion", gettext_lazy("accept and decline readers' corrections")
    APPROVE = "review.approve_text", gettext_lazy("approve a text after reading it")
    PUBLISH = "review.publish_text", gettext_lazy("publish, take down and hold")
    RELATE = "discovery.change_relatedchoice", gettext_lazy("pin and hide related papers")
    TERMS = "translation.change_glossaryterm", gettext_lazy("maintain the glossary")
    TOKENS = "review.revoke_apitoken", gettext_lazy("see and revoke the API tokens of all accounts")


class NotAllowed(Refusal, PermissionDenied):
    """The account lacks the right; the detail says which. An administrator can give the role."""

    code = "not-allowed"
    status = 403

    @classmethod
    def without(cls, right: Right) -> "NotAllowed":
        """Return the refusal of an account that lacks `right`."""
        return cls(
            _("Your account lacks the permission to %(right)s. Ask an administrator for the role.")
            % {"right": right.label}
        )


class OwnText(NotAllowed):
    """The account wrote a part of the text, and this site wants another person to approve it."""

    code = "own-text"
    message = gettext_lazy(
        "You wrote part of this text. On this site another person has to approve it."
    )


def require(actor: User | AnonymousUser, right: Right) -> None:
    """Raise NotAllowed unless `actor` has the right."""
    if not actor.has_perm(right.value):
        raise NotAllowed.without(right)


TRANSLATORS: Final = "Translators"
REVIEWERS: Final = "Reviewers"
GLOSSARY_KEEPERS: Final = "Glossary keepers"
ADMINISTRATORS: Final = "Administrators"

_READING = (
    "discovery.view_relatedchoice",
    "discovery.view_score",
    "papers.view_paper",
    "papers.view_paperchange",
    "papers.view_paperversion",
    "review.view_decision",
    "review.view_queueentry",
    "translation.view_finding",
    "translation.view_glossaryterm",
    "translation.view_memoryentry",
    "translation.view_segment",
    "translation.view_translation",
)
_TRANSLATING = (*_READING, Right.EDIT.value, Right.RETRANSLATE.value, Right.ANSWER.value)
_KEEPING_TERMS = (
    "translation.add_glossaryterm",
    "translation.delete_glossaryterm",
    "translation.delete_memoryentry",
    Right.TERMS.value,
)
_REVIEWING = (
    *_TRANSLATING,
    Right.APPROVE.value,
    Right.PUBLISH.value,
    Right.RELATE.value,
    "discovery.add_relatedchoice",
    "discovery.delete_relatedchoice",
)

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    TRANSLATORS: _TRANSLATING,
    REVIEWERS: _REVIEWING,
    GLOSSARY_KEEPERS: (*_READING, *_KEEPING_TERMS),
    ADMINISTRATORS: (
        *_REVIEWING,
        *_KEEPING_TERMS,
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
        "auth.view_user",
        "harvest.change_harvestrun",
        "harvest.view_harvestrun",
        "public.add_notice",
        "public.change_notice",
        "public.view_notice",
        Right.TOKENS.value,
        "review.delete_failedlogin",
        "review.view_failedlogin",
    ),
}
"""The permissions of each role. A role is a group of Django."""
