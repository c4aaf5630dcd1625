"""Validation of what a reader typed: text, comment and name."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.review.models import LONGEST_COMMENT, LONGEST_CREDIT, LONGEST_TEXT
from apps.review.suggestions.errors import WordsRefused
from apps.text.hygiene.user_input import (
    find_links,
    has_hidden_characters,
    one_line,
    tidy_paragraphs,
)
from apps.translation.models import Segment

MOST_LINKS_IN_COMMENT = 1


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """A reader's correction as plain text, ready to be stored."""

    text: str
    comment: str
    credit: str


def checked_input(segment: Segment, *, text: str, comment: str, credit: str) -> ReaderInput:
    """Return the input as plain text.

    Against spam, the text may have only the links of the sentence, the comment one, the name none.

    Raises:
        WordsRefused: It names the field and says what to change.
    """
    typed = ReaderInput(one_line(text), tidy_paragraphs(comment), one_line(credit))
    if not typed.text:
        raise WordsRefused(_("Type a translation."))
    given = (
        ("text", typed.text, LONGEST_TEXT),
        ("comment", typed.comment, LONGEST_COMMENT),
        ("credit", typed.credit, LONGEST_CREDIT),
    )
    for field, written, most in given:
        if len(written) > most:
            raise WordsRefused(
                _("Too long: %(length)d characters; at most %(most)d are allowed.")
                % {"length": len(written), "most": most},
                field,
            )
        if has_hidden_characters(written):
            raise WordsRefused(
                _("This contains an invisible control character. Type it again."),
                field,
            )
    known = {*find_links(segment.source), *find_links(segment.text)}
    if any(link not in known for link in find_links(typed.text)):
        raise WordsRefused(_("Remove the links that are not in the original sentence."))
    if len(find_links(typed.comment)) > MOST_LINKS_IN_COMMENT:
        raise WordsRefused(_("Use at most one link in the comment."), "comment")
    if find_links(typed.credit):
        raise WordsRefused(_("Do not put a link in the name."), "credit")
    return typed
