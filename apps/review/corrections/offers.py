"""What to offer after an edit: the terms that it corrected, to be corrected everywhere."""

from dataclasses import dataclass

from django.conf import settings

from apps.review.models import Decision, DecisionKind
from apps.text.checks import Term
from apps.text.diff.corrections import term_corrections, term_pattern
from apps.text.terms.key_terms import key_terms
from apps.translation.glossary.service import terms_for
from apps.translation.models import Segment

MOST_OFFERS = 5
_CORRECTING = (DecisionKind.EDIT, DecisionKind.SUGGESTION, DecisionKind.RESTORE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A rendering that an edit replaced: wrong, right, and of which term, where that is guessed."""

    wrong: str
    right: str
    source_term: str


def offers_of(decision: Decision) -> list[Offer]:
    """Return what the edit of a decision may have corrected for good, the likeliest first.

    Empty for other decisions, and where nothing was replaced that looks like a term. Two queries.
    """
    if decision.kind not in _CORRECTING:
        return []
    changes = {
        change["segment"]: (change["before"], change["after"])
        for change in decision.detail.get("segments", ())
        if change.get("before") and change.get("after")
    }
    pairs = {key: term_corrections(*texts) for key, texts in changes.items()}
    wanted = [key for key, found in pairs.items() if found]
    if not wanted:
        return []
    segments = Segment.objects.filter(pk__in=wanted).select_related("translation__paper")
    offers: dict[tuple[str, str], Offer] = {}
    for segment in segments.order_by("pk"):
        terms = terms_in(segment)
        for wrong, right in pairs[segment.pk]:
            source = source_term_of(wrong, right, segment.source, terms)
            offers.setdefault((wrong, right), Offer(wrong, right, source))
    return list(offers.values())[:MOST_OFFERS]


def terms_in(segment: Segment) -> tuple[Term, ...]:
    """Return the terms of the glossary in a sentence."""
    translation = segment.translation
    return terms_for(
        segment.source,
        settings.SOURCE_LANGUAGE,
        translation.language,
        translation.paper.primary_category,
    )


def source_term_of(wrong: str, right: str, source: str, terms: tuple[Term, ...]) -> str:
    """Guess which words of `source` were rendered as `wrong` and should be as `right`.

    A term of the glossary that forbids the one or wants the other; else `right` itself, where it
    stands in the source as LLM does. Empty where nothing tells.
    """
    for term in terms:
        if any(bad in wrong for bad in term.forbidden):
            return term.source
    matching = [term for term in terms if term.target in right or right in term.target]
    if matching:
        return max(matching, key=lambda term: (term.target == right, len(term.source))).source
    if right.isascii() and term_pattern(right).search(source):
        return right
    return ""


def phrases_of(segment: Segment) -> list[str]:
    """Return words of a sentence that may be the term: those of the glossary, then key terms."""
    known = [term.source for term in terms_in(segment)]
    written = [term.written for term in key_terms("", segment.source)]
    return list(dict.fromkeys([*known, *written]))
