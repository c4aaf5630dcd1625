"""What the workbench shows of a translation: its sentences with all that helps to judge them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from apps.review.claims import active_claim
from apps.review.editing.provenance import change_to_undo, changes_to_undo
from apps.review.models import Claim, Note, Suggestion
from apps.review.suggestions.service import open_suggestions
from apps.review.workbench.highlight import GRAVEST_FIRST, Piece, with_findings, with_terms
from apps.text.checks import Finding, Severity
from apps.text.tex.html import to_html
from apps.text.tex.parser import TEXT, parse_pieces
from apps.translation.glossary.index import TermIndex
from apps.translation.memory.fuzzy_match import FuzzyMatch, fuzzy_matches_of
from apps.translation.models import Segment, Translation
from apps.translation.pipeline.finish import check_segment, glossary_into

MATCHES = 3


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is to be said of a text: findings, the text cut at them, and the machine's own text.

    preview: HTML of the text where it has math, else "". settled: whether a person stands behind
    the text, findings and all.
    """

    text: str
    language: str
    machine: str
    findings: list[Finding]
    pieces: list[Piece]
    preview: SafeString
    settled: bool

    @property
    def is_changed(self) -> bool:
        """Whether the text is another than the machine's."""
        return bool(self.machine) and self.machine != self.text

    @property
    def needs_a_person(self) -> bool:
        """Whether something is found that nobody has judged."""
        return not self.settled and any(item.severity != Severity.NOTICE for item in self.findings)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence on the workbench. `typed` is what could not be saved and must not be lost."""

    segment: Segment
    source: list[Piece]
    feedback: Feedback
    matches: list[FuzzyMatch]
    may_undo: bool
    suggestions: list[Suggestion]
    typed: str | None = None

    @property
    def shown(self) -> str:
        """The text of the field."""
        return self.segment.text if self.typed is None else self.typed


@dataclass(frozen=True, slots=True)
class Workbench:
    """A translation as an editor works on it."""

    translation: Translation
    rows: list[Row]
    claim: Claim | None
    notes: list[Note]


def workbench(
    translation: Translation, *, typed: Mapping[int, str] | None = None, now: datetime
) -> Workbench:
    """Return what the workbench shows. `translation` comes with its paper.

    `typed` has, by sentence, texts that an editor typed and that could not be saved.

    The number of queries does not depend on how many sentences there are.
    """
    segments = list(
        translation.segments.select_related("approved_by").order_by("-field", "position")
    )
    terms = glossary_into(translation.language)
    matches = fuzzy_matches_of(
        [segment.source for segment in segments],
        settings.SOURCE_LANGUAGE,
        translation.language,
        limit=MATCHES + 1,
    )
    undoable = changes_to_undo(translation)
    category = translation.paper.primary_category
    proposed: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion in open_suggestions(translation.pk):
        proposed[suggestion.segment_id].append(suggestion)
    return Workbench(
        translation=translation,
        rows=[
            Row(
                segment=segment,
                source=with_terms(segment.source, terms.find(segment.source, category)),
                feedback=feedback_on(translation, segment, segment.text, terms),
                matches=_others(segment, found),
                may_undo=change_to_undo(segment, undoable) is not None,
                suggestions=proposed[segment.pk],
                typed=(typed or {}).get(segment.pk),
            )
            for segment, found in zip(segments, matches, strict=True)
        ],
        claim=active_claim(translation.pk, now=now),
        notes=list(translation.notes.select_related("author")),
    )


def feedback_on(
    translation: Translation, segment: Segment, text: str, terms: TermIndex
) -> Feedback:
    """Return what is to be said of `text` as the translation of a sentence; nothing is saved."""
    findings = check_segment(translation, segment, terms, text=text) if text else []
    findings = sorted(findings, key=lambda item: (GRAVEST_FIRST.index(item.severity), item.start))
    return Feedback(
        text=text,
        language=translation.language,
        machine=segment.machine_text,
        findings=findings,
        pieces=with_findings(text, findings),
        preview=_preview(text),
        settled=segment.approved_at is not None and text == segment.text,
    )


def _others(segment: Segment, found: Sequence[FuzzyMatch]) -> list[FuzzyMatch]:
    """Leave out what is the text already."""
    return [match for match in found if match.target != segment.text][:MATCHES]


def _preview(text: str) -> SafeString:
    has_math = any(piece.kind != TEXT for piece in parse_pieces(text))
    return mark_safe(to_html(text) if has_math else "")
