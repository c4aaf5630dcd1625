"""Finds statements that a paper is withdrawn; arXiv has no flag for it, only text."""

import re

# A statement is at the beginning of a sentence. That excludes "the drug was withdrawn" and
# "corrects an error; a previous version of this paper has been withdrawn".
_HEAD = r"(?:^|[.;:!?)\]}*,-]\s*|[(\[{]\s*)"
_WORK = (
    r"(?:(?:this|the|our|my)\s)?(?:present\s|entire\s|whole\s)?"
    r"(?:paper|article|manuscript|submission|e-?print|pre-?print|text|note|work|report|draft"
    r"|comment|version(?:\sof\s(?:the|this)\spaper)?|thesis|document|letter|contribution)s?"
    r"(?:\s?\([^()]{1,60}\))?(?:\sand\s(?:its\s|the\s)?abstract)?"
)
_VERB = r"(?:\s(?:has|have|had|was|is|are|were)(?:\s(?:now|also|hereby|been|being|\w+ly))*)?"
# "Withdrawn from the journal" is about another place.
_GONE = r"\s(?:withdrawn|withdrawed|retracted)\b(?!\sfrom\s(?!(?:the\s)?(?:arxiv|archive)))"
_BARE = (
    r"(?:temporarily\s)?(?:withdrawn|retracted)"
    r"(?=\s?(?:$|[.;:!)\]])|,?\s(?:by|due|because|temporarily|as|since|pending)\b)"
)
_BY_AUTHORS = (
    r"\bthe\sauthors?\s(?:has|have)\swithdrawn\s(?:this|the)\s(?:paper|article|submission)\b"
)
# Comments often lack full stops; these words are clear anywhere in a sentence.
_ANYWHERE = r"\bthis\s(?:paper|article)\s(?:has\sbeen|is)\swithdrawn\sby\s(?:the\sauthor|arxiv)"
_STATEMENT = re.compile(
    rf"{_HEAD}(?:{_WORK}{_VERB}{_GONE}|{_BARE})|{_BY_AUTHORS}|{_ANYWHERE}", re.IGNORECASE
)


def is_withdrawal(abstract: str, comments: str) -> bool:
    """Whether a sentence of the abstract or the comments states that this paper is withdrawn.

    Precision comes first: "withdrawn" in a sentence about something else (a drug, a claim, an
    earlier version, another paper) does not count.
    """
    return any(
        _may_match(text) and _STATEMENT.search(" ".join(text.split())) is not None
        for text in (abstract, comments)
    )


def _may_match(text: str) -> bool:
    """Whether the slow pattern can match at all; false for nearly all texts."""
    lowered = text.lower()
    return "withdraw" in lowered or "retracted" in lowered
