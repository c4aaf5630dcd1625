"""The content of the workbench: sentences with findings, terms, memory matches, corrections."""

from collections import defaultdict
from collections.abc import Mapping
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
    """The findings on a text, with the machine's text beside it.

    Attributes:
        pieces: The text, split where findings begin and end.
        preview: HTML of the text if it has math, else empty.
        settled: Whether a person approved the text, which settles its findings.
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
        """Whether the text differs from the machine's."""
        return bool(self.machine) and self.machine != self.text

    @property
    def needs_a_person(self) -> bool:
        """Whether a finding above a notice is open."""
        return not self.settled and any(item.severity != Severity.NOTICE for item in self.findings)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence on the workbench; `typed` is a text that could not be saved."""

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
    """The content of the page of one translation."""

    translation: Translation
    rows: list[Row]
    claim: Claim | None
    notes: list[Note]


def load_workbench(
    translation: Translation, *, typed: Mapping[int, str] | None = None, now: datetime
) -> Workbench:
    """Load the workbench of a translation, in a fixed number of queries.

    Args:
        translation: The translation with its paper.
        typed: By sentence, texts that could not be saved.
        now: The time.
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
                feedback=check_text(translation, segment, segment.text, terms),
                matches=[item for item in found if item.target != segment.text][:MATCHES],
                may_undo=change_to_undo(segment, undoable) is not None,
                suggestions=proposed[segment.pk],
                typed=(typed or {}).get(segment.pk),
            )
            for segment, found in zip(segments, matches, strict=True)
        ],
        claim=active_claim(translation.pk, now=now),
        notes=list(translation.notes.select_related("author")),
    )


def check_text(translation: Translation, segment: Segment, text: str, terms: TermIndex) -> Feedback:
    """Check `text` as the translation of a sentence, without saving it."""
    findings = check_segment(translation, segment, terms, text=text) if text else []
    has_math = any(piece.kind != TEXT for piece in parse_pieces(text))
    findings = sorted(findings, key=lambda item: (GRAVEST_FIRST.index(item.severity), item.start))
    return Feedback(
        text=text,
        language=translation.language,
        machine=segment.machine_text,
        findings=findings,
        pieces=with_findings(text, findings),
        preview=mark_safe(to_html(text) if has_math else ""),
        settled=segment.approved_at is not None and text == segment.text,
    )
