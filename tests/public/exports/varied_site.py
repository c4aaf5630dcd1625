"""A small site with one of everything that an export has to tell apart."""

from datetime import timedelta
from typing import Any

from apps.papers.models import Paper
from apps.papers.store.service import store_records
from apps.translation.glossary.service import store_terms
from apps.translation.memory.store import import_units
from apps.translation.memory.tmx import MemoryUnit
from apps.translation.models import MemoryEntry, Segment, SegmentOrigin, Translation
from tests.support.acts import edit_segments, edit_summary
from tests.support.builders import NOW
from tests.support.factories import editor, publish_paper, ready_translation
from tests.support.sample_records import atom, lossy, raw
from tests.translation.glossary.glossary_entries import entry

REMEMBERED = "Sheep are gregarious."
PARAGRAPHS = 'First of two, "quoted".\n  Second: $\\alpha \\to \\beta$ & <b>more</b>.\n  Third.'
MACHINE: dict[str, Any] = {
    "origin": SegmentOrigin.MACHINE,
    "engine": "bergamot",
    "engine_version": "base@1f",
}
REVIEWED, WITHDRAWN, STALE, MIXED = "2502.00001", "hep-th/9901001", "2502.00003", "2502.00004"
FROM_MEMORY, UNPUBLISHED, BARE = "2502.00005", "2502.00006", "2502.00007"


def build() -> None:
    """Fill an empty site."""
    import_units(
        [MemoryUnit("en", "ja", REMEMBERED, "羊は群れる。", licence="CC-BY-4.0")],
        collection="sheep.tmx",
        now=NOW,
    )
    terms = [entry("sheep", "羊"), entry("graph", "グラフ", scope="cs.*", forbidden=("図",))]
    store_terms(terms, origin="terms.csv", now=NOW)
    publish_paper(paper=stored(raw(1), raw(2)), reviewed=True, **MACHINE)
    publish_paper(paper=stored(raw(1, arxiv_id=WITHDRAWN)), **MACHINE)
    stored(raw(2, arxiv_id=WITHDRAWN, comments="This paper has been withdrawn by the authors."))
    publish_paper(paper=stored(atom(2, arxiv_id=STALE, abstract=PARAGRAPHS)), **MACHINE)
    stored(atom(3, arxiv_id=STALE, abstract=f"{PARAGRAPHS} A fourth."))
    mixed = publish_paper(paper=stored(lossy(1, arxiv_id=MIXED)), **MACHINE)
    title = mixed.segments.get(field="title")
    edit_segments(mixed.pk, {title.pk: "人の手による題"}, actor=editor(), now=later(1))
    edit_summary(mixed.pk, "人の手による要約。", actor=editor(), now=later(1))
    from_memory(publish_paper(paper=stored(raw(1, arxiv_id=FROM_MEMORY, abstract=REMEMBERED))))
    in_korean(FROM_MEMORY)
    ready_translation(stored(raw(1, arxiv_id=UNPUBLISHED)), **MACHINE)
    stored(raw(3, arxiv_id=BARE, doi="10.1/x 10.1/y", report_number="R-1"))


def later(hours: int) -> Any:
    """A moment after that of the site's making."""
    return NOW + timedelta(hours=hours)


def stored(*records: Any) -> Paper:
    """Store records about one paper and return it."""
    for record in records:
        store_records([record], now=NOW)
    return Paper.objects.get(arxiv_id=records[0].arxiv_id)


def from_memory(translation: Translation) -> None:
    """Let a sentence be what the memory has for it."""
    known = MemoryEntry.objects.get(source=REMEMBERED)
    Segment.objects.filter(translation=translation, source=REMEMBERED).update(
        text=known.target, machine_text=known.target, memory_entry=known
    )


def in_korean(arxiv_id: str) -> None:
    """Publish a second translation of a paper, into another language."""
    japanese = Translation.objects.get(paper__arxiv_id=arxiv_id, language="ja")
    segments = list(japanese.segments.order_by("-field", "position"))
    korean = Translation.objects.get(pk=japanese.pk)
    korean.pk, korean.language, korean.title = None, "ko", "염소"
    korean.save()
    for segment in segments:
        segment.pk, segment.translation, segment.text = None, korean, "양."
        segment.origin, segment.engine, segment.memory_entry = "machine", "openai", None
        segment.save()
