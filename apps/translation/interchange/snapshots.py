"""Snapshots of published translations from exports, and the rule which of two texts wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.translation.models import Segment, SegmentOrigin, SummaryOrigin, Translation
from apps.translation.status import PUBLIC
from apps.translation.status import TranslationStatus as S

OWN = (
    "version", "status", "title", "abstract", "summary", "summary_origin", "summary_positions",
    "published_at", "updated_at",
)  # fmt: skip
SENTENCE = (
    "paragraph", "source", "text", "origin", "engine", "engine_version", "fixes", "translated_at",
    "approved_at",
)  # fmt: skip
"""Fields of a translation, and of its sentences, that come from the other site."""


@dataclass(frozen=True, slots=True)
class SentenceSnapshot:
    """A sentence of an export, with the fields of `Segment`."""

    field: str
    position: int
    paragraph: int
    source: str
    text: str
    origin: str
    engine: str
    engine_version: str
    fixes: list[str]
    translated_at: datetime | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class TranslationSnapshot:
    """A translation of an export, with the fields of `Translation`."""

    arxiv_id: str
    language: str
    version: int
    source_fingerprint: str
    status: str
    title: str
    abstract: str
    summary: str
    summary_origin: str
    summary_positions: list[int]
    published_at: datetime | None
    updated_at: datetime
    sentences: tuple[SentenceSnapshot, ...]


def is_same(there: Translation, segments: Sequence[Segment], snapshot: TranslationSnapshot) -> bool:
    """Whether a translation equals a snapshot."""
    if any(getattr(there, name) != getattr(snapshot, name) for name in OWN):
        return False
    names = ("field", "position", *SENTENCE)
    return [tuple(getattr(segment, name) for name in names) for segment in segments] == [
        tuple(getattr(sentence, name) for name in names) for sentence in snapshot.sentences
    ]


def is_kept(
    there: Translation,
    segments: Sequence[Segment],
    snapshot: TranslationSnapshot,
    *,
    is_decided: bool,
) -> bool:
    """Whether a translation wins over a snapshot.

    Later work of people here always wins. Work of a machine wins only if it is public and newer
    than a snapshot without work of people. is_decided: whether an editor here decided on it.
    """
    if any(moment > snapshot.updated_at for moment in _human_work(there, segments, is_decided)):
        return True
    if there.status not in PUBLIC:
        return False
    is_by_people = snapshot.status == S.REVIEWED or any(map(_is_by_person, snapshot.sentences))
    return not is_by_people and there.updated_at > snapshot.updated_at


def _human_work(
    there: Translation, segments: Sequence[Segment], is_decided: bool
) -> list[datetime]:
    """Return the known times of people's work on a translation."""
    moments = [segment.approved_at for segment in segments if segment.approved_at is not None]
    is_by_editor = there.status in (S.REVIEWED, S.UNPUBLISHED)
    if is_decided or is_by_editor or there.summary_origin == SummaryOrigin.PERSON:
        moments.append(there.updated_at)
    return moments


def _is_by_person(sentence: SentenceSnapshot) -> bool:
    return sentence.approved_at is not None or sentence.origin == SegmentOrigin.PERSON
