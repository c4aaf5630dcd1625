"""Finishing translations whose sentences are all done: check, assemble, summarise."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from apps.core.bulk_sql import update_columns
from apps.text.checks import Finding as CheckFinding
from apps.text.checks import Pair, run_checks
from apps.text.checks import Severity as CheckSeverity
from apps.translation.glossary.index import TermIndex
from apps.translation.glossary.service import glossary_index
from apps.translation.models import (
    UNTRANSLATED,
    Finding,
    FindingSeverity,
    Segment,
    SegmentField,
    SegmentState,
    SummaryOrigin,
    Translation,
)
from apps.translation.status import TranslationStatus, require_transition
from apps.translation.summarisers.extractive import pick_sentences


@transaction.atomic
def finish_batch(*, now: datetime, limit: int = 50) -> int:
    """Finish up to `limit` translations without open sentences, and return their number.

    Other workers skip them. A translation with a blocking finding becomes held, any other ready.
    """
    translations = list(
        Translation.objects.machine_done()
        .select_related("paper")
        .order_by("id")
        .select_for_update(skip_locked=True, of=("self",))[:limit]
    )
    segments: dict[int, list[Segment]] = {translation.pk: [] for translation in translations}
    for segment in Segment.objects.filter(translation__in=translations).order_by("position"):
        segments[segment.translation_id].append(segment)
    Finding.objects.filter(translation__in=translations).delete()
    findings: list[Finding] = []
    languages = {translation.language for translation in translations}
    terms = {language: glossary_into(language) for language in languages}
    for translation in translations:
        found = terms[translation.language]
        findings += finish(translation, segments[translation.pk], found, now=now)
    Finding.objects.bulk_create(findings)
    update_columns(
        translations,
        [
            "title",
            "abstract",
            "summary",
            "summary_origin",
            "summary_positions",
            "status",
            "status_reason",
            "updated_at",
        ],
    )
    return len(translations)


def glossary_into(language: str) -> TermIndex:
    """Return the glossary from the source language into another; call it once per batch.

    Args:
        language: the target language.

    Returns:
        The index of its terms.
    """
    return glossary_index(settings.SOURCE_LANGUAGE, language)


def finish(
    translation: Translation, segments: Sequence[Segment], terms: TermIndex, *, now: datetime
) -> list[Finding]:
    """Set texts and status of a translation and return its findings, unsaved."""
    assemble_texts(translation, segments)
    findings = check_segments(translation, segments, terms, now=now)
    blocking = [item for item in findings if item.severity == FindingSeverity.BLOCKING]
    after = TranslationStatus.HELD if blocking else TranslationStatus.READY
    if translation.status == TranslationStatus.WAITING:
        require_transition(translation.status, TranslationStatus.PENDING)
        translation.status = TranslationStatus.PENDING
    require_transition(translation.status, after)
    translation.status = after
    translation.status_reason = ", ".join(sorted({item.name for item in blocking}))
    translation.updated_at = now
    return findings


def assemble_texts(translation: Translation, segments: Sequence[Segment]) -> None:
    """Set title, abstract and summary of a translation, unsaved. A person's summary stays.

    Args:
        translation: the translation.
        segments: its segments by position.
    """
    translation.title = join_texts(part for part in segments if part.field == SegmentField.TITLE)
    abstract = [part for part in segments if part.field == SegmentField.ABSTRACT]
    translation.abstract = join_texts(abstract)
    if translation.summary_origin == SummaryOrigin.PERSON:
        return
    sentences = [part for part in abstract if part.text]
    picked = [sentences[index] for index in pick_sentences([part.text for part in sentences])]
    translation.summary = join_texts(picked)
    translation.summary_positions = [part.position for part in picked]
    translation.summary_origin = SummaryOrigin.EXTRACTED if picked else ""


def join_texts(segments: Iterable[Segment]) -> str:
    """Join the texts of segments, with one line per paragraph."""
    paragraphs: dict[int, list[str]] = {}
    for segment in segments:
        if segment.text:
            paragraphs.setdefault(segment.paragraph, []).append(segment.text)
    return "\n".join(_run_on(texts) for texts in paragraphs.values())


def _run_on(texts: Sequence[str]) -> str:
    """Join sentences, with a space only between two ASCII characters."""
    joined = ""
    for text in texts:
        needs_space = joined and joined[-1].isascii() and text[0].isascii()
        joined += f" {text}" if needs_space else text
    return joined


def check_segments(
    translation: Translation, segments: Iterable[Segment], terms: TermIndex, *, now: datetime
) -> list[Finding]:
    """Check the segments that no person has approved.

    Args:
        translation: the translation with its paper.
        segments: its segments.
        terms: the glossary of its language.
        now: the time of the findings.

    Returns:
        The findings, unsaved.
    """
    findings: list[Finding] = []
    for segment in segments:
        if segment.approved_at is not None:
            continue
        if segment.state == SegmentState.FAILED or not segment.text:
            findings.append(_untranslated(translation, segment, now))
            continue
        findings += [
            Finding(
                translation=translation,
                segment=segment,
                name=found.check,
                severity=found.severity.value,
                start=found.start,
                end=found.end,
                message_ja=found.message_ja,
                message_en=found.message_en,
                found_at=now,
            )
            for found in check_segment(translation, segment, terms)
        ]
    return findings


def check_segment(
    translation: Translation, segment: Segment, terms: TermIndex, *, text: str | None = None
) -> list[CheckFinding]:
    """Check the text of one segment.

    Args:
        translation: its translation with the paper.
        segment: the segment.
        terms: the glossary of the language.
        text: replaces the segment's own text.

    Returns:
        The findings of the checks.
    """
    return run_checks(
        Pair(
            source=segment.source,
            target=segment.text if text is None else text,
            source_language=settings.SOURCE_LANGUAGE,
            target_language=translation.language,
            field=segment.field,
            terms=terms.find(segment.source, translation.paper.primary_category),
        )
    )


def _untranslated(translation: Translation, segment: Segment, now: datetime) -> Finding:
    return Finding(
        translation=translation,
        segment=segment,
        name=UNTRANSLATED,
        severity=CheckSeverity.BLOCKING.value,
        message_ja=f"どのエンジンもこの文を翻訳できませんでした（{segment.last_error}）。訳文を入力してください。",
        message_en=f"No engine could translate this sentence ({segment.last_error}). Type it in.",
        found_at=now,
    )
