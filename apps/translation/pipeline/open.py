"""Opening translations: splitting the current text of papers into segments."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from apps.papers.models import Paper
from apps.text.hygiene.normalise import source_hash
from apps.text.sentences.splitter import split_sentences
from apps.translation.models import Segment, SegmentField, Translation
from apps.translation.pipeline.carry_over import (
    approved_sentences,
    copy_approved,
    take_over_approved,
)
from apps.translation.status import TranslationStatus as S
from apps.translation.status import require_transition


def without_translation(language: str, changed_since: datetime | None) -> QuerySet[Paper]:
    """Return the standing papers whose current text has no translation into `language`.

    With `changed_since`, only papers changed since then, which is cheap.
    """
    same_text = Translation.objects.filter(
        paper=OuterRef("pk"), language=language, source_fingerprint=OuterRef("text_fingerprint")
    ).exclude(status=S.SUPERSEDED)
    papers = Paper.objects.not_withdrawn().filter(~Exists(same_text))
    return papers.changed_since(changed_since)


def papers_to_open(language: str, changed_since: datetime | None, limit: int = 10_000) -> list[int]:
    """Return the keys of up to `limit` papers to open a translation for, newest first."""
    papers = without_translation(language, changed_since).order_by("-submitted_at", "-id")
    return list(papers.values_list("pk", flat=True)[:limit])


def open_translations(
    paper_keys: Sequence[int], language: str, *, now: datetime, batch: int = 200
) -> int:
    """Open a translation into `language` for each paper and return the number opened.

    Skips papers whose current text has one, so two workers may run it at once.
    """
    opened = 0
    for start in range(0, len(paper_keys), batch):
        opened += _open_batch(paper_keys[start : start + batch], language, now)
    return opened


@transaction.atomic
def _open_batch(paper_keys: Sequence[int], language: str, now: datetime) -> int:
    papers = {
        paper.pk: paper
        for paper in Paper.objects.not_withdrawn()
        .filter(pk__in=paper_keys)
        .only("title", "abstract", "latest_version", "text_fingerprint")
        # The lock makes a harvest wait, so that no translation mixes two versions.
        .select_for_update()
        .order_by("pk")
    }
    there = set(
        Translation.objects.filter(paper__in=papers, language=language).values_list(
            "paper_id", "source_fingerprint"
        )
    )
    translations = Translation.objects.bulk_create(
        [
            Translation(
                paper=paper,
                language=language,
                version=paper.latest_version,
                source_fingerprint=paper.text_fingerprint,
                created_at=now,
                updated_at=now,
            )
            for paper in papers.values()
            if (paper.pk, paper.text_fingerprint) not in there
        ]
    )
    approved = approved_sentences([item.paper_id for item in translations], language)
    segments = [
        segment
        for translation in translations
        for segment in _segments(translation, papers[translation.paper_id], now)
    ]
    for segment in segments:
        paper = segment.translation.paper_id
        earlier = approved.get((paper, segment.field, segment.source_hash))
        if earlier is not None:
            copy_approved(segment, earlier)
    Segment.objects.bulk_create(segments, batch_size=2000)
    reopened = _reopen(papers, language, now)
    _supersede_unpublished([*translations, *reopened], language, now)
    return len(translations) + len(reopened)


def _reopen(papers: Mapping[int, Paper], language: str, now: datetime) -> list[Translation]:
    """Reopen superseded translations of a text that the paper has again."""
    superseded = (
        Translation.objects.filter(paper__in=papers, language=language, status=S.SUPERSEDED)
        .order_by("id")
        .select_for_update(of=("self",))
    )
    back = [
        item
        for item in superseded
        if item.source_fingerprint == papers[item.paper_id].text_fingerprint
    ]
    for translation in back:
        take_over_approved(translation, now=now)
        require_transition(translation.status, S.PENDING)
        translation.status = S.PENDING
        translation.version = papers[translation.paper_id].latest_version
        translation.updated_at = now
    Translation.objects.bulk_update(back, ["status", "version", "updated_at"])
    return back


def _supersede_unpublished(
    translations: Sequence[Translation], language: str, now: datetime
) -> None:
    """Mark unpublished translations of earlier texts as superseded."""
    Translation.objects.filter(
        paper__in=[item.paper_id for item in translations],
        language=language,
        status__in=[S.PENDING, S.WAITING, S.HELD, S.READY],
    ).exclude(pk__in=[item.pk for item in translations]).update(status=S.SUPERSEDED, updated_at=now)


def _segments(translation: Translation, paper: Paper, now: datetime) -> list[Segment]:
    texts = [(SegmentField.TITLE, 0, paper.title)] if paper.title else []
    texts += [
        (SegmentField.ABSTRACT, sentence.paragraph, sentence.text)
        for sentence in split_sentences(paper.abstract)
    ]
    segments: list[Segment] = []
    positions = {SegmentField.TITLE: 0, SegmentField.ABSTRACT: 0}
    for field, paragraph, text in texts:
        segments.append(
            Segment(
                translation=translation,
                field=field,
                position=positions[field],
                paragraph=paragraph,
                source=text,
                source_hash=source_hash(text),
                claimable_at=now,
            )
        )
        positions[field] += 1
    return segments


def carry_versions_forward(changed_since: datetime | None) -> int:
    """Set the current version on translations whose text it did not change.

    Only of papers changed since `changed_since`, or of all. Returns the number of translations.
    """
    outdated = Translation.objects.filter(
        source_fingerprint=F("paper__text_fingerprint"), version__lt=F("paper__latest_version")
    )
    if changed_since is not None:
        outdated = outdated.filter(paper__changed_at__gte=changed_since)
    latest = Paper.objects.filter(pk=OuterRef("paper")).values("latest_version")[:1]
    return Translation.objects.filter(pk__in=outdated.values("pk")).update(version=latest)
