"""Signed tokens in the correction form: what it showed and when, without a cookie.

A post without a fetched form, within seconds or after a day is refused. The token also carries the
text that the reader saw.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

YOUNGEST_SECONDS = 3
OLDEST_SECONDS = 86_400
_SALT = "papersite.public.correction"


class BadToken(Exception):
    """The token is invalid or belongs to another form."""


class TooYoung(BadToken):
    """The form was sent faster than a person can read it."""


class TooOld(BadToken):
    """The form was open for more than a day. base_text: the translation it showed."""

    def __init__(self, base_text: str) -> None:
        super().__init__()
        self.base_text = base_text


@dataclass(frozen=True, slots=True)
class FormContent:
    """What a form shows: paper, place of the sentence, translation."""

    paper: str
    place: str
    base_text: str


def make_token(shown: FormContent, *, now: datetime) -> str:
    """Return the token of a form created now."""
    held = [shown.paper, shown.place, shown.base_text, int(now.timestamp())]
    return signing.dumps(held, salt=_SALT, compress=True)


def read_token(token: str, *, paper: str, place: str, now: datetime) -> str:
    """Return the translation in a token. Raises BadToken, TooYoung or TooOld."""
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
