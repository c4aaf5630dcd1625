"""Offers after an edit: the terms that it corrected can be corrected everywhere."""

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
    """A rendering that an edit replaced, and the source term if it could be guessed."""

    wrong: str
    right: str
    source_term: str


def offers_of(decision: Decision) -> list[Offer]:
    """Return the terms that an edit corrected, in two queries; empty for other decisions."""
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
    """Return the glossary terms in the source of a sentence."""
    translation = segment.translation
    return terms_for(
        segment.source,
        settings.SOURCE_LANGUAGE,
        translation.language,
        translation.paper.primary_category,
    )


def source_term_of(wrong: str, right: str, source: str, terms: tuple[Term, ...]) -> str:
    """Guess which term of `source` was rendered as `wrong` and should be rendered as `right`.

    It is a glossary term that forbids `wrong` or has `right`; else `right` itself if the source
    has it, such as LLM; else empty.
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
    """Return phrases of a source that can be the term: glossary terms, then key terms."""
    glossary_terms = [term.source for term in terms_in(segment)]
    other_terms = [term.written for term in key_terms("", segment.source)]
    return list(dict.fromkeys([*glossary_terms, *other_terms]))
