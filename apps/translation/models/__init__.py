"""Translations, segments, findings, the translation memory and the glossary."""

from apps.translation.models.findings import (
    UNTRANSLATED,
    Finding,
    FindingSeverity,
    check_label,
)
from apps.translation.models.glossary import LONGEST_TERM, CaseRule, GlossaryTerm, PartOfSpeech
from apps.translation.models.memory import MemoryEntry, MemoryOrigin, MemoryQuerySet
from apps.translation.models.segments import Segment, SegmentField, SegmentOrigin, SegmentQuerySet
from apps.translation.models.term_revisions import TermRevision
from apps.translation.models.translations import SummaryOrigin, Translation, TranslationQuerySet
from apps.translation.status import SegmentState

__all__ = [
    "LONGEST_TERM",
    "UNTRANSLATED",
    "CaseRule",
    "Finding",
    "FindingSeverity",
    "GlossaryTerm",
    "MemoryEntry",
    "MemoryOrigin",
    "MemoryQuerySet",
    "PartOfSpeech",
    "Segment",
    "SegmentField",
    "SegmentOrigin",
    "SegmentQuerySet",
    "SegmentState",
    "SummaryOrigin",
    "TermRevision",
    "Translation",
    "TranslationQuerySet",
    "check_label",
]
