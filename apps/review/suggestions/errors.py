"""Refusals of readers' corrections and of the answers to them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.core.refusals import Refusal
from apps.review.models import Suggestion
from apps.review.refusals import ChangedMeanwhile
from apps.translation.models import Segment


class CannotSuggest(Refusal):
    """A reader's correction is not taken; the detail says why."""

    code = "cannot-suggest"

    field = "text"
    """The field of the form that has to change."""


class WordsRefused(CannotSuggest):
    """A text is empty, too long, or contains something that is not allowed."""

    code = "words-refused"

    def __init__(self, message: str, field: str = "text") -> None:
        super().__init__(message)
        self.field = field


class SameAsPresent(CannotSuggest):
    """The correction is the present text of the sentence."""

    code = "same-as-present"
    message = _("This is the current translation. Change it, then send it.")


class SentenceChanged(CannotSuggest):
    """The sentence no longer has the text that the reader saw; `segment` has the new one."""

    code = ChangedMeanwhile.code
    status = 409
    message = _(
        "This translation changed while you were writing. The current text is shown above; your "
        "text is kept below. Send it again if it is still better."
    )

    def __init__(self, segment: Segment) -> None:
        super().__init__()
        self.segment = segment

    @property
    def extensions(self) -> Mapping[str, Any]:
        """The present text."""
        return {"present": self.segment.text}


class NotOpenToReaders(CannotSuggest):
    """The paper was withdrawn, or its translation is not public."""

    code = "not-open-to-readers"
    status = 404
    message = _(
        "This sentence is not open for corrections: its paper or translation was withdrawn."
    )


class TooManySuggestions(CannotSuggest):
    """Too many corrections came at once. Send it again after `Retry-After` seconds."""

    code = "too-many-suggestions"
    status = 429

    def __init__(self, retry_after: int, *, is_site_limit: bool) -> None:
        minutes = max(1, -(-retry_after // 60))
        if is_site_limit:
            message = ngettext(
                "Many corrections are arriving at the moment. Please send yours again in %(n)d "
                "minute.",
                "Many corrections are arriving at the moment. Please send yours again in %(n)d "
                "minutes.",
                minutes,
            )
        else:
            message = ngettext(
                "Many corrections came from your network. Please send this one again in "
                "%(n)d minute.",
                "Many corrections came from your network. Please send this one again in "
                "%(n)d minutes.",
                minutes,
            )
        super().__init__(message % {"n": minutes})
        self.retry_after = retry_after


class NotNow(CannotSuggest):
    """Corrections cannot be counted at the moment, so none are taken. Send it again later."""

    code = "cannot-count"
    status = 503
    retry_after = 60
    message = _("Corrections cannot be accepted at the moment. Please send yours again later.")


class CannotAnswer(Refusal):
    """The answer to a reader's correction cannot be taken as it is; the detail says what to do."""

    code = "cannot-answer"


class AlreadyAnswered(CannotAnswer):
    """The reader's correction was accepted or declined before."""

    code = "already-answered"
    status = 409

    def __init__(self, suggestion: Suggestion) -> None:
        super().__init__(
            gettext("This correction has already been answered: %(state)s.")
            % {"state": suggestion.get_state_display()}
        )
        self.suggestion = suggestion
