"""What a reader typed, made plain and checked: text, comment and name."""

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
class Words:
    """A proposal as it is stored."""

    text: str
    comment: str
    credit: str


def checked_words(segment: Segment, *, text: str, comment: str, credit: str) -> Words:
    """Return what was typed, tidied. Raises WordsRefused, naming the field and what to change.

    The text may hold the links that stand in the sentence, a comment may point to one page, a name
    to none: what is open to everybody is else soon full of advertisements.
    """
    words = Words(one_line(text), tidy_paragraphs(comment), one_line(credit))
    if not words.text:
        raise WordsRefused(_("Type a translation."))
    given = (
        ("text", words.text, LONGEST_TEXT),
        ("comment", words.comment, LONGEST_COMMENT),
        ("credit", words.credit, LONGEST_CREDIT),
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
    if any(link not in known for link in find_links(words.text)):
        raise WordsRefused(_("Remove the links that are not in the original sentence."))
    if len(find_links(words.comment)) > MOST_LINKS_IN_COMMENT:
        raise WordsRefused(_("Use at most one link in the comment."), "comment")
    if find_links(words.credit):
        raise WordsRefused(_("Do not put a link in the name."), "credit")
    return words
