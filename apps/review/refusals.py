"""Refusals of the desk: why an edit, an approval or a publication is not possible."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.refusals import Refusal
from apps.review.models import Claim
from apps.translation.models.findings import check_label


class CannotEdit(Refusal):
    """The edit cannot be taken as it is; the detail says what to do."""

    code = "cannot-edit"


class EmptyText(CannotEdit):
    """A sentence has no text. Send its translation."""

    code = "empty-text"
    message = _("A sentence cannot be empty. Type its translation.")


class ReplacedTranslation(CannotEdit):
    """A translation of a newer text of the paper has replaced this one. Work on that one."""

    code = "replaced-translation"
    message = _(
        "This is a translation of an earlier version of the paper. Work on the latest translation."
    )


class ChangedMeanwhile(CannotEdit):
    """The text was changed since it was read; `present` has what it is now. Read it again."""

    code = "changed-meanwhile"
    status = 409
    message = _(
        "This text has changed in the meantime. Both texts are shown; choose one, and save again."
    )

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    @property
    def extensions(self) -> Mapping[str, Any]:
        """The present text."""
        return {"present": self.text}

    @property
    def detail(self) -> str:
        """What a program does about it."""
        return gettext(
            "This text has changed in the meantime; `present` holds the current text. Read it, "
            "then send yours again with the current text as `seen`."
        )


class NothingToUndo(CannotEdit):
    """The sentence has no change that can be undone."""

    code = "nothing-to-undo"
    message = _("This sentence has no change to undo.")


class NothingToRestore(CannotEdit):
    """The decision did not replace this text, or it is the present text."""

    code = "nothing-to-restore"
    message = _(
        "There is nothing to restore: this change replaced no text, or the current text is "
        "already the same."
    )


class NoClaim(CannotEdit):
    """The account has no claim on the translation that it could release."""

    code = "no-claim"
    message = _("You have no claim on this translation.")


class ClaimedByOther(Refusal):
    """Another editor has claimed the translation. Wait until the claim ends, or take it over."""

    code = "claimed-by-other"
    status = 423

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        until = date_format(claim.expires_at, "TIME_FORMAT")
        super().__init__(
            gettext(
                "%(editor)s has claimed this translation until %(until)s (UTC). Take it over, or "
                "wait."
            )
            % {"editor": claim.editor.get_username(), "until": until}
        )


class CannotPublish(Refusal):
    """The translation is not fit to be published; the detail says what to do."""

    code = "cannot-publish"


class Untranslated(CannotPublish):
    """Sentences have no translation yet. Translate them first."""

    code = "untranslated"

    def __init__(self, count: int) -> None:
        super().__init__(
            gettext("%(count)s sentences have no translation. Translate them first.")
            % {"count": count}
        )


class BlockingFindings(CannotPublish):
    """A check found blocking errors. A person has to correct the text, or approve it."""

    code = "blocking-findings"

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            gettext(
                "Blocking findings (%(names)s): correct the text, or approve it after reading it."
            )
            % {"names": ", ".join(map(check_label, sorted(names)))}
        )
