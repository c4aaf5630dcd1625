"""Sentences with the same error in several places, for tests of corrections."""

from datetime import timedelta
from uuid import uuid4

from apps.review.corrections.apply import (
    apply_fix,
    text_digest,
)
from apps.review.corrections.find import find_same_error
from apps.review.models import Decision
from apps.translation.models import (
    Segment,
    SegmentState,
    Translation,
)
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.open import open_translations
from tests.support.acts import edit_segments
from tests.support.builders import NOW, build_paper
from tests.support.factories import publish_paper

LATER = NOW + timedelta(hours=1)
WRONG, RIGHT, TERM = "LSM", "LLM", "LLM"
SOURCE = "We train an LLM on text."
BAD, GOOD = "LSMをテキストで訓練する。", "LLMをテキストで訓練する。"


def published(text: str = BAD, source: str = SOURCE, **fields) -> Segment:
    """A sentence of a published, unreviewed translation."""
    translation = publish_paper(
        title="A title", abstract=source, texts={"A title": "題名", source: text}, **fields
    )
    return sentence(translation)


def waiting(text: str = BAD, source: str = SOURCE) -> Segment:
    """A sentence of a translation that is not public."""
    paper = build_paper(title="A title", abstract=source)
    open_translations([paper.pk], "ja", now=NOW)
    segments = Segment.objects.filter(translation__paper=paper)
    segments.filter(field="title").update(text="題名", state=SegmentState.DONE, origin="machine")
    segments.filter(field="abstract").update(text=text, state=SegmentState.DONE, origin="machine")
    finish_batch(now=NOW)
    return segments.get(field="abstract")


def sentence(translation: Translation) -> Segment:
    return translation.segments.get(field="abstract")


def again(segment: Segment) -> Segment:
    return Segment.objects.select_related("translation").get(pk=segment.pk)


def search(wrong: str = WRONG, term: str = TERM, *, limit: int = 100, now=NOW) -> list[int]:
    return [
        item.pk
        for item in find_same_error(wrong, term, "ja", right=RIGHT, limit=limit, now=now).segments
    ]


def fix(*segments: Segment, actor, batch=None, wrong: str = WRONG, right: str = RIGHT, now=LATER):
    chosen = {item.pk: text_digest(item.text) for item in segments}
    return apply_fix(
        wrong, right, chosen, source_term=TERM, actor=actor, batch=batch or uuid4(), now=now
    )


def edited(segment: Segment, text: str, editor) -> Decision:
    decision = edit_segments(segment.translation_id, {segment.pk: text}, actor=editor, now=NOW)
    assert decision is not None
    return decision
