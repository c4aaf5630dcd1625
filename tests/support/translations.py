"""Filled translations that are not published yet."""

from apps.discovery.models import Score
from apps.translation.models import SegmentState, Translation
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.open import open_translations
from tests.support.builders import NOW, build_paper

RIGHT = "3つの場合に成り立つ。"
WRONG = "9つの場合に成り立つ。"
GOOD = {
    "We study three effects.": "三つの効果を調べる。",
    "The first is 5 times larger.": "第一の効果は5倍大きい。",
}
ABSTRACT = " ".join(GOOD)


def translated(text: str = RIGHT, *, scored: bool = True, **fields) -> Translation:
    """Translate a paper of one sentence, correctly by default, and finish it."""
    paper = build_paper(title="Title", abstract="It holds in 3 cases.", **fields)
    open_translations([paper.pk], "ja", now=NOW)
    translation = paper.translations.latest("id")
    translation.segments.filter(field="title").update(text="題名", state=SegmentState.DONE)
    translation.segments.filter(field="abstract").update(text=text, state=SegmentState.DONE)
    finish_batch(now=NOW)
    if scored:
        Score.objects.create(paper=paper, formula=1, value=1, components=[], scored_at=NOW)
    translation.refresh_from_db()
    return translation


def translated_by(texts: dict[str, str], **fields) -> Translation:
    """Open a paper's translation and fill its sentences; `texts` maps source to target."""
    paper = build_paper(title="Title", **fields)
    open_translations([paper.pk], "ja", now=NOW)
    translation = paper.translations.get()
    for segment in translation.segments.all():
        text = ({"Title": "題名"} | texts)[segment.source]
        state = SegmentState.DONE if text else SegmentState.FAILED
        translation.segments.filter(pk=segment.pk).update(text=text, state=state)
    return translation
