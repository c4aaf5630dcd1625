"""A site to export: papers with versions, and published translations sentence by sentence.

What pages need besides (vectors, scores, lists) is left out: no export reads it. The Japanese is
made by rule, as many characters as a translation has: about half of those of its source.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from apps.papers.models import Paper
from apps.text.hygiene.normalise import source_hash
from apps.translation.memory.store import target_hash
from apps.translation.models import MemoryEntry, MemoryOrigin, Segment, SummaryOrigin, Translation
from apps.translation.status import TranslationStatus
from benchmarks.scaffold.rows import (
    BEFORE,
    LANGUAGE,
    copy_in,
    papers_of,
    segments_of,
    settle,
    translation_of,
    versions_of,
)
from benchmarks.sites.published import blocks_of

REVIEWED_OF_A_HUNDRED = 5


def build(records: Iterable[dict[str, Any]]) -> int:
    """Fill the empty database with papers, translations and memory; return how many papers."""
    stored = 0
    for block in blocks_of(records):
        papers = papers_of(block, stored + 1)
        stored += len(papers)
        for paper in papers:
            paper.latest_version = 2 if paper.pk % 3 == 0 else 1
        copy_in(papers)
        copy_in(versions_of(papers))
        copy_in(map(in_translation, papers))
        copy_in(segment for paper in papers for segment in sentences_of(paper))
        copy_in(entry for paper in filter(is_reviewed, papers) for entry in memory_of(paper))
    settle()
    return stored


def is_reviewed(paper: Paper) -> bool:
    """Whether an editor has read the translation of a paper."""
    return paper.pk % 100 < REVIEWED_OF_A_HUNDRED


def in_translation(paper: Paper) -> Translation:
    """Return the published translation of a paper."""
    texts = [in_japanese(source) for source in sentences(paper)]
    return translation_of(
        paper,
        in_japanese(paper.title),
        "".join(texts),
        status=TranslationStatus.REVIEWED if is_reviewed(paper) else TranslationStatus.PUBLISHED,
        summary="".join(texts[:2]),
        summary_origin=SummaryOrigin.EXTRACTED,
        summary_positions=[0, 1],
    )


def sentences_of(paper: Paper) -> Iterator[Segment]:
    """Give out every sentence of title and abstract."""
    pairs = [(source, in_japanese(source)) for source in [paper.title, *sentences(paper)]]
    approved_at = BEFORE if is_reviewed(paper) else None
    for segment in segments_of(paper.pk, pairs, approved_at=approved_at):
        segment.source_hash = source_hash(segment.source)
        yield segment


def memory_of(paper: Paper) -> Iterator[MemoryEntry]:
    """Give out what editors approved: the sentences of a reviewed translation."""
    for place, sentence in enumerate([paper.title, *sentences(paper)]):
        target = in_japanese(sentence)
        yield MemoryEntry(
            source_language="en",
            target_language=LANGUAGE,
            source=sentence,
            source_hash=source_hash(sentence),
            target=target,
            # One entry for each, also where two papers have the same sentence.
            target_hash=f"{target_hash(target)[:20]}{paper.pk:010d}{place:02d}",
            origin=MemoryOrigin.APPROVED,
            created_at=BEFORE,
        )


def sentences(paper: Paper) -> list[str]:
    """Return the abstract in pieces, at its full stops: as many as a splitter would find."""
    return [f"{part}." for part in paper.abstract.removesuffix(".").split(". ")]


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
