"""A site to export: papers with versions, and published translations sentence by sentence.

What pages need besides (vectors, scores, lists) is left out: no export reads it. The Japanese is
made by rule, as many characters as a translation has: about half of those of its source.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loading import NOW, copy_in, paper_of, settle
from published import blocks_of

if TYPE_CHECKING:
    from apps.papers.models import Paper, PaperVersion
    from apps.translation.models import MemoryEntry, Segment, Translation

LANGUAGE = "ja"
BEFORE = NOW - timedelta(days=30)
REVIEWED_OF_A_HUNDRED = 5


def build(records: Iterable[dict[str, Any]]) -> int:
    """Fill the empty database with papers, translations and memory; return how many papers."""
    stored = 0
    for block in blocks_of(records):
        papers = [paper_of(record, key) for key, record in enumerate(block, stored + 1)]
        stored += len(papers)
        copy_in(papers)
        copy_in(versions_of(papers))
        copy_in(translations_of(papers))
        copy_in(segments_of(papers))
        copy_in(memory_of(papers))
    settle()
    return stored


def is_reviewed(paper: "Paper") -> bool:
    """Whether an editor has read the translation of a paper."""
    return paper.pk % 100 < REVIEWED_OF_A_HUNDRED


def versions_of(papers: "list[Paper]") -> "Iterator[PaperVersion]":
    """Give out the versions: one of each paper, a second one of every third."""
    from apps.papers.models import PaperVersion

    for paper in papers:
        yield PaperVersion(
            paper=paper, number=1, submitted_at=paper.submitted_at, size_kb=paper.pk % 900
        )
        if paper.pk % 3 == 0:
            later = paper.submitted_at + timedelta(days=40)
            yield PaperVersion(paper=paper, number=2, submitted_at=later, size_kb=paper.pk % 800)


def translations_of(papers: "list[Paper]") -> "Iterator[Translation]":
    """Give out a published translation for each paper, with the paper's key."""
    from apps.translation.models import SummaryOrigin, Translation
    from apps.translation.status import TranslationStatus as S

    for paper in papers:
        texts = [in_japanese(source) for source in sentences(paper)]
        yield Translation(
            id=paper.pk,
            paper=paper,
            language=LANGUAGE,
            version=1,
            source_fingerprint=paper.text_fingerprint,
            status=S.REVIEWED if is_reviewed(paper) else S.PUBLISHED,
            title=in_japanese(paper.title),
            abstract="".join(texts),
            summary="".join(texts[:2]),
            summary_origin=SummaryOrigin.EXTRACTED,
            summary_positions=[0, 1],
            created_at=BEFORE,
            updated_at=BEFORE,
            published_at=BEFORE,
        )


def segments_of(papers: "list[Paper]") -> "Iterator[Segment]":
    """Give out every sentence of titles and abstracts."""
    from apps.translation.models import (
        Segment,
        SegmentField,
        SegmentOrigin,
        SegmentState,
    )

    for paper in papers:
        approved_at = BEFORE if is_reviewed(paper) else None
        parts = [(SegmentField.TITLE, 0, paper.title)]
        parts += [(SegmentField.ABSTRACT, *each) for each in enumerate(sentences(paper))]
        for field, position, source in parts:
            yield Segment(
                translation_id=paper.pk,
                field=field,
                position=position,
                source=source,
                source_hash=hash_of(source),
                state=SegmentState.DONE,
                machine_text=in_japanese(source),
                text=in_japanese(source),
                origin=SegmentOrigin.MACHINE,
                engine="bergamot",
                engine_version="base-memory@0123456789abcdef",
                approved_at=approved_at,
                claimable_at=BEFORE,
                translated_at=BEFORE,
            )


def memory_of(papers: "list[Paper]") -> "Iterator[MemoryEntry]":
    """Give out what editors approved: the sentences of the reviewed translations."""
    from apps.translation.memory.store import target_hash
    from apps.translation.models import MemoryEntry, MemoryOrigin

    for paper in filter(is_reviewed, papers):
        for place, sentence in enumerate([paper.title, *sentences(paper)]):
            target = in_japanese(sentence)
            yield MemoryEntry(
                source_language="en",
                target_language=LANGUAGE,
                source=sentence,
                source_hash=hash_of(sentence),
                target=target,
                # One entry for each, also where two papers have the same sentence.
                target_hash=f"{target_hash(target)[:20]}{paper.pk:010d}{place:02d}",
                origin=MemoryOrigin.APPROVED,
                created_at=BEFORE,
            )


def sentences(paper: "Paper") -> list[str]:
    """Return the abstract in pieces, at its full stops: as many as a splitter would find."""
    return [f"{part}." for part in paper.abstract.removesuffix(".").split(". ")]


def hash_of(source: str) -> str:
    """Return the hash that the memory compares sentences by."""
    from apps.text.hygiene.normalise import source_hash

    return source_hash(source)


def in_japanese(source: str) -> str:
    """Return some Japanese, another one for each source."""
    length = max(len(source) // 2, 4)
    start = sum(map(ord, source)) % len(_TEXT)
    return (_TEXT[start:] + _TEXT * (length // len(_TEXT) + 1))[:length] + "。"


_TEXT = (
    "本研究では大規模言語モデルの学習における新しい手法を提案し複数のデータセットで評価した結果"
    "従来手法と比べて精度が向上し計算量が減少することを示す。また理論的な解析により収束の速さを"
    "証明し実験によってその妥当性を確認したうえで今後の課題について議論する。"
)
