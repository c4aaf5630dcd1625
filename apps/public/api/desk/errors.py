"""What services refuse, as problems: 409, because of how things stand or because of the words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound

from apps.public.api.problems import ProblemSerializer
from apps.review.claims import ClaimedByOther
from apps.review.editing.session import CannotEdit, ChangedMeanwhile
from apps.review.publishing.publish import CannotPublish
from apps.review.suggestions.errors import (
    CannotAnswer,
    CannotSuggest,
    NotNow,
    SentenceChanged,
    TooManySuggestions,
    WordsRefused,
)
from apps.translation.glossary.entries import BadTerm
from apps.translation.status import ForbiddenTransition


class Conflict(APIException):
    """409: as things stand it cannot be done. `present`: the text that stands there by now."""

    status_code = 409

    def __init__(self, detail: str, present: str | None = None) -> None:
        super().__init__(detail)
        self.extensions: dict[str, Any] = {} if present is None else {"present": present}


class NotNowProblem(APIException):
    """503: what has to be counted cannot be counted."""

    status_code = 503
    wait = 60


class TooManyProblem(APIException):
    """429: too many proposals."""

    status_code = 429

    def __init__(self, refused: TooManySuggestions) -> None:
        super().__init__(str(refused))
        self.wait = refused.retry_after


class ConflictSerializer(ProblemSerializer):
    """A conflict with the current state."""

    present = serializers.CharField(required=False, help_text="The current text, if it differs.")


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what services raise into problems. NotAllowed is one already (403)."""
    try:
        yield
    except ChangedMeanwhile as refused:
        said = _(
            "This text has changed in the meantime; `present` holds the current text. Read it, "
            "then send yours again with the current text as `seen`."
        )
        raise Conflict(said, refused.text) from refused
    except SentenceChanged as refused:
        raise Conflict(str(refused), refused.segment.text) from refused
    except (CannotEdit, CannotPublish, ForbiddenTransition, ClaimedByOther) as refused:
        raise Conflict(str(refused)) from refused
    except CannotAnswer as refused:
        raise Conflict(str(refused)) from refused
    except (BadTerm, WordsRefused) as refused:
        raise Conflict(str(refused)) from refused
    except TooManySuggestions as refused:
        raise TooManyProblem(refused) from refused
    except NotNow as refused:
        raise NotNowProblem(str(refused)) from refused
    except CannotSuggest as refused:
        raise Conflict(str(refused)) from refused
    except ObjectDoesNotExist as missing:
        raise NotFound(_("No item has this number.")) from missing
