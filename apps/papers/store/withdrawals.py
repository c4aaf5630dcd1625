"""Does a record say that its paper was withdrawn? arXiv has no flag for it, only the words."""

import re

# A statement stands at the head of a sentence. That keeps out "the drug was withdrawn" and
# "corrects an error; a previous version of this paper has been withdrawn".
_HEAD = r"(?:^|[.;:!?)\]}*,-]\s*|[(\[{]\s*)"
_WORK = (
    r"(?:(?:this|the|our|my)\s)?(?:present\s|entire\s|whole\s)?"
    r"(?:paper|article|manuscript|submission|e-?print|pre-?print|text|note|work|report|draft"
    r"|comment|version(?:\sof\s(?:the|this)\spaper)?|thesis|document|letter|contribution)s?"
    r"(?:\s?\([^()]{1,60}\))?(?:\sand\s(?:its\s|the\s)?abstract)?"
)
_VERB = r"(?:\s(?:has|have|had|was|is|are|were)(?:\s(?:now|also|hereby|been|being|\w+ly))*)?"
# "Withdrawn from the journal" speaks of another place.
_GONE = r"\s(?:withdrawn|withdrawed|retracted)\b(?!\sfrom\s(?!(?:the\s)?(?:arxiv|archive)))"
_BARE = (
    r"(?:temporarily\s)?(?:withdrawn|retracted)"
    r"(?=\s?(?:$|[.;:!)\]])|,?\s(?:by|due|because|temporarily|as|since|pending)\b)"
)
_BY_AUTHORS = (
    r"\bthe\sauthors?\s(?:has|have)\swithdrawn\s(?:this|the)\s(?:paper|article|submission)\b"
)
# Comments are often run together without a full stop; these words leave no doubt anywhere.
_ANYWHERE = r"\bthis\s(?:paper|article)\s(?:has\sbeen|is)\swithdrawn\sby\s(?:the\sauthor|arxiv)"
_STATEMENT = re.compile(
    rf"{_HEAD}(?:{_WORK}{_VERB}{_GONE}|{_BARE})|{_BY_AUTHORS}|{_ANYWHERE}", re.IGNORECASE
)


def is_withdrawal(abstract: str, comments: str) -> bool:
    """Whether a sentence of the abstract or the comments states that this paper is withdrawn.

    Precision comes first: "withdrawn" within a sentence about something else (a drug, a claim,
    an earlier version, another paper) is no statement. Wordings were collected from arXiv's
    withdrawn papers.
    """
    return any(
        _may_speak_of_it(text) and _STATEMENT.search(" ".join(text.split())) is not None
        for text in (abstract, comments)
    )


def _may_speak_of_it(text: str) -> bool:
    """Whether looking closer is worth while: plain searches spare nearly all texts the pattern."""
    lowered = text.lower()
    return "withdraw" in lowered or "retracted" in lowered
