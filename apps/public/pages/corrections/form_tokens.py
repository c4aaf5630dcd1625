"""Signed tokens in the form for corrections: what was shown, and when, without a cookie.

They keep programs from posting without having read the page, and from posting at once or a day
later; and they carry the text that the reader saw, so that nobody has to send it back unchanged.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

YOUNGEST_SECONDS = 3
OLDEST_SECONDS = 86_400
_SALT = "papersite.public.correction"


class BadToken(Exception):
    """The token is of another form, was changed, or is no token."""


class TooYoung(BadToken):
    """The form was sent sooner than anybody can read it."""


class TooOld(BadToken):
    """The form lay open for more than a day. `base_text` is what was shown."""

    def __init__(self, base_text: str) -> None:
        super().__init__()
        self.base_text = base_text


@dataclass(frozen=True, slots=True)
class FormContent:
    """What a form showed: the paper, the sentence's place and its translation."""

    paper: str
    place: str
    base_text: str


def make_token(shown: FormContent, *, now: datetime) -> str:
    """Return the token of a form that is made now."""
    held = [shown.paper, shown.place, shown.base_text, int(now.timestamp())]
    return signing.dumps(held, salt=_SALT, compress=True)


def read_token(token: str, *, paper: str, place: str, now: datetime) -> str:
    """Return the translation that the form of a token showed.

    Raises BadToken, TooYoung (under 3 seconds) and TooOld (over a day).
    """
    try:
        held = signing.loads(token, salt=_SALT)
        of_paper, of_place, base_text, made = held
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise BadToken from error
    if (of_paper, of_place) != (paper, place):
        raise BadToken
    age = now.timestamp() - made
    if age < YOUNGEST_SECONDS:
        raise TooYoung
    if age > OLDEST_SECONDS:
        raise TooOld(base_text)
    return str(base_text)
