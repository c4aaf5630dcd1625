"""Restoring published translations, with their sentences, from the export of another site."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from apps.core.bulk_sql import copy_rows
from apps.core.refusals import Refusal
from apps.papers.models import Paper
from apps.text.hygiene.normalise import source_hash
from apps.translation.interchange.snapshots import (
    OWN,
    SENTENCE,
    SentenceSnapshot,
    TranslationSnapshot,
    is_kept,
    is_same,
)
from apps.translation.memory.store import target_hash
from apps.translation.models import (
    Finding,
    MemoryEntry,
    Segment,
    SegmentOrigin,
    SegmentState,
    Translation,
)
from apps.translation.status import PUBLIC
from apps.translation.status import TranslationStatus as S

FindDecided = Callable[[Collection[int]], Collection[int]]
TextKey = tuple[int, str, str]
"""A paper's key, a language, and the fingerprint of the text that was translated."""
Entries = dict[tuple[str, str, str], int]
"""Keys of memory entries by language, hash of the source and hash of the target."""
_SENTENCE_HERE = (
    "source_hash", "state", "machine_text", "memory_entry", "approved_by", "last_error", "lease",
    "claimable_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RestoreCounts:
    """Numbers of translations by outcome.

    kept: newer work of people here stays. papers: papers with written translations. newly_public:
    papers that had no public translation in the language.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    papers: tuple[Paper, ...] = ()
    newly_public: tuple[tuple[str, Paper], ...] = ()


class UnknownPaper(Refusal):
    """The paper of a translation is missing; `place` is the index in the batch."""

    code = "unknown-paper"
    status = 404

    def __init__(self, arxiv_id: str, place: int) -> None:
        super().__init__(f"There is no paper {arxiv_id}. Restore the papers first.")
        self.place = place


@transaction.atomic
def restore_translations(
    snapshots: Sequence[TranslationSnapshot], *, find_decided: FindDecided, now: datetime
) -> RestoreCounts:
    """Restore a batch of translations in one transaction, with a constant number of queries.

    A translation is replaced only if it is older, or made by a machine while a person worked on the
    snapshot. A newer snapshot supersedes a public translation of another text of the paper.

    Args:
        snapshots: the translations of the export.
        find_decided: returns the keys of those translations on which editors here have decided.
        now: the time of the change.

    Returns:
        The numbers of translations by outcome.

    Raises:
        UnknownPaper: the paper of a translation is missing.
    """
    papers = _papers_of(snapshots)
    here = _translations_here(papers.values(), {each.language for each in snapshots})
    counts = {"added": 0, "changed": 0, "unchanged": 0, "kept": 0}
    sentences = _sentences_here(here)
    decided = find_decided([row.pk for row in here.values()])
    public = {
        (each.paper_id, each.language): each for each in here.values() if each.status in PUBLIC
    }
    written: list[tuple[Translation, TranslationSnapshot]] = []
    superseded: list[Translation] = []
    newly_public: list[tuple[str, Paper]] = []
    for each in snapshots:
        paper = papers[each.arxiv_id]
        there = here.get((paper.pk, each.language, each.source_fingerprint))
        rival = public.get((paper.pk, each.language))
        if there is not None and is_same(there, sentences.get(there.pk, []), each):
            counts["unchanged"] += 1
            continue
        standing = [item for item in (there, rival) if item is not None]
        if any(
            is_kept(item, sentences.get(item.pk, []), each, is_decided=item.pk in decided)
            for item in standing
        ):
            counts["kept"] += 1
            continue
        if rival is None:
            newly_public.append((each.language, paper))
        elif rival is not there:
            rival.status, rival.updated_at = S.SUPERSEDED, now
            superseded.append(rival)
        counts["added" if there is None else "changed"] += 1
        translation = there or Translation(
            paper=paper,
            language=each.language,
            source_fingerprint=each.source_fingerprint,
            created_at=each.published_at or each.updated_at,
        )
        for name in OWN:
            setattr(translation, name, getattr(each, name))
        translation.status_reason = translation.summary_engine = translation.summary_refusal = ""
        written.append((translation, each))
        public[paper.pk, each.language] = translation
    Translation.objects.bulk_update(superseded, ["status", "updated_at"])
    _write(written, now)
    changed_papers = {item.paper_id: item.paper for item, _each in written}
    return RestoreCounts(
        **counts, papers=tuple(changed_papers.values()), newly_public=tuple(newly_public)
    )


def _papers_of(snapshots: Sequence[TranslationSnapshot]) -> dict[str, Paper]:
    papers = Paper.objects.filter(arxiv_id__in=[each.arxiv_id for each in snapshots])
    # The lock keeps other workers from opening translations of these papers.
    found = {paper.arxiv_id: paper for paper in papers.select_for_update().order_by("pk")}
    for place, each in enumerate(snapshots):
        if each.arxiv_id not in found:
            raise UnknownPaper(each.arxiv_id, place)
    return found


def _translations_here(papers: Iterable[Paper], languages: set[str]) -> dict[TextKey, Translation]:
    rows = Translation.objects.filter(
        paper__in=[paper.pk for paper in papers], language__in=languages
    )
    return {
        (row.paper_id, row.language, row.source_fingerprint): row
        for row in rows.select_for_update().order_by("pk")
    }


def _sentences_here(here: dict[TextKey, Translation]) -> dict[int, list[Segment]]:
    found: dict[int, list[Segment]] = {}
    segments = Segment.objects.filter(translation__in=[row.pk for row in here.values()])
    for segment in segments.order_by("translation", "-field", "position"):
        found.setdefault(segment.translation_id, []).append(segment)
    return found


def _write(written: Sequence[tuple[Translation, TranslationSnapshot]], now: datetime) -> None:
    new = [(item, each) for item, each in written if item.pk is None]
    old = [(item, each) for item, each in written if item.pk is not None]
    Translation.objects.bulk_create([item for item, _each in new])
    entries = _entries_of(each for _item, each in written)
    copy_rows(_segments(new, entries, now))
    if not old:
        return
    Translation.objects.bulk_update(
        [item for item, _each in old],
        [*OWN, "status_reason", "summary_engine", "summary_refusal"],
    )
    Segment.objects.bulk_create(
        _segments(old, entries, now),
        update_conflicts=True,
        unique_fields=["translation", "field", "position"],
        update_fields=[*SENTENCE, *_SENTENCE_HERE],
        batch_size=1000,
    )
    _drop_surplus(old)


def _drop_surplus(written: Sequence[tuple[Translation, TranslationSnapshot]]) -> None:
    """Delete segments that the snapshot does not have, and findings of earlier texts."""
    wanted = {
        (item.pk, sentence.field, sentence.position)
        for item, each in written
        for sentence in each.sentences
    }
    there = Segment.objects.filter(translation__in=[item.pk for item, _each in written])
    surplus = [
        key
        for key, *place in there.values_list("pk", "translation", "field", "position")
        if tuple(place) not in wanted
    ]
    if surplus:
        there.filter(pk__in=surplus).delete()
    Finding.objects.filter(translation__in=[item.pk for item, _each in written]).delete()


def _entries_of(snapshots: Iterable[TranslationSnapshot]) -> Entries:
    """Return the memory entries of sentences that came from the memory."""
    remembered = {
        (each.language, source_hash(sentence.source), target_hash(sentence.text))
        for each in snapshots
        for sentence in each.sentences
        if sentence.origin == SegmentOrigin.MEMORY
    }
    if not remembered:
        return {}
    rows = MemoryEntry.objects.filter(
        source_language=settings.SOURCE_LANGUAGE,
        source_hash__in={hashed for _language, hashed, _target in remembered},
    ).values_list("target_language", "source_hash", "target_hash", "pk")
    return {(language, hashed, target): key for language, hashed, target, key in rows}


def _segments(
    written: Sequence[tuple[Translation, TranslationSnapshot]], entries: Entries, now: datetime
) -> list[Segment]:
    return [
        _segment(item, each, sentence, entries, now)
        for item, each in written
        for sentence in each.sentences
    ]


def _segment(
    translation: Translation,
    snapshot: TranslationSnapshot,
    sentence: SentenceSnapshot,
    entries: Entries,
    now: datetime,
) -> Segment:
    hashed = source_hash(sentence.source)
    is_remembered = sentence.origin == SegmentOrigin.MEMORY
    entry = (snapshot.language, hashed, target_hash(sentence.text)) if is_remembered else None
    return Segment(
        translation=translation,
        field=sentence.field,
        position=sentence.position,
        **{name: getattr(sentence, name) for name in SENTENCE},
        source_hash=hashed,
        state=SegmentState.DONE,
        machine_text="" if sentence.origin == SegmentOrigin.PERSON else sentence.text,
        memory_entry_id=entries.get(entry) if entry else None,
        claimable_at=now,
    )
