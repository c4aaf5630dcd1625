"""Why a reader's correction is not taken, or cannot be answered: each with what to do about it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.review.models import Suggestion
from apps.translation.models import Segment


class CannotSuggest(Exception):
    """A proposal is not taken; the message is for the reader. `field`: what to change."""

    field = "text"


class WordsRefused(CannotSuggest):
    """What was typed is empty, too long, or holds what it must not."""

    def __init__(self, message: str, field: str = "text") -> None:
        super().__init__(message)
        self.field = field


class SameAsPresent(CannotSuggest):
    """The proposal is what the sentence says already."""

    def __init__(self) -> None:
        super().__init__(_("This is the current translation. Change it, then send it."))


class SentenceChanged(CannotSuggest):
    """The sentence has another text by now than the reader saw; `segment` has it."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(
            _(
                "This translation changed while you were writing. The current text is shown "
                "above; your text is kept below. Send it again if it is still better."
            )
        )
        self.segment = segment


class NotOpenToReaders(CannotSuggest):
    """The paper was withdrawn, or its translation is not public."""

    def __init__(self) -> None:
        super().__init__(
            _("This sentence is not open for corrections: its paper or translation was withdrawn.")
        )


class TooManySuggestions(CannotSuggest):
    """Too many proposals came at once; in `retry_after` seconds there is room again."""

    def __init__(self, retry_after: int, *, from_everybody: bool) -> None:
        minutes = max(1, -(-retry_after // 60))
        if from_everybody:
            said = ngettext(
                "Many corrections are arriving at the moment. Please send yours again in %(n)d "
                "minute.",
                "Many corrections are arriving at the moment. Please send yours again in %(n)d "
                "minutes.",
                minutes,
            )
        else:
            said = ngettext(
                "Many corrections came from your network. Please send this one again in "
                "%(n)d minute.",
                "Many corrections came from your network. Please send this one again in "
                "%(n)d minutes.",
                minutes,
            )
        super().__init__(said % {"n": minutes})
        self.retry_after = retry_after


class NotNow(CannotSuggest):
    """Proposals cannot be counted at the moment, so none are taken."""

    def __init__(self) -> None:
        super().__init__(
            _("Corrections cannot be accepted at the moment. Please send yours again later.")
        )


class CannotAnswer(Exception):
    """An editor's answer cannot be taken as it is; the message says what to do."""


class AlreadyAnswered(CannotAnswer):
    """Somebody answered the proposal before; `suggestion` says how."""

    def __init__(self, suggestion: Suggestion) -> None:
        super().__init__(
            _("This correction has already been answered: %(state)s.")
            % {"state": suggestion.get_state_display()}
        )
        self.suggestion = suggestion
