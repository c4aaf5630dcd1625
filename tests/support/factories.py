"""Published papers, made through the real services."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

from apps.discovery.models import RelatedPaper
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.rank import rank_batch
from apps.discovery.scoring.score import score_papers
from apps.papers.models import Paper
from apps.translation.models import SegmentOrigin, SegmentState, Translation
from apps.translation.pipeline.finish import assemble_texts
from apps.translation.pipeline.open import open_translations
from apps.translation.status import TranslationStatus
from tests.support.acts import publish
from tests.support.builders import NOW, build_paper

# Texts that only pages of this translation contain.
TITLE = "標識訳題"
SENTENCE = "標識となる訳文"


def ready_translation(
    paper: Paper,
    *,
    texts: Mapping[str, str] | None = None,
    origin: SegmentOrigin = SegmentOrigin.MEMORY,
    engine: str = "memory",
    engine_version: str = "",
) -> Translation:
    """Open the paper's translation and fill every sentence; `texts` maps source to target."""
    open_translations([paper.pk], "ja", now=NOW)
    translation = paper.translations.get(source_fingerprint=paper.text_fingerprint)
    segments = list(translation.segments.order_by("position"))
    for segment in segments:
        default = TITLE if segment.field == "title" else f"{SENTENCE}{segment.position + 1}。"
        segment.text = (texts or {}).get(segment.source, default)
        segment.state = SegmentState.DONE
        segment.origin = origin
        segment.engine = engine
        segment.engine_version = engine_version
        segment.translated_at = NOW
        segment.save()
    assemble_texts(translation, segments)
    translation.status = TranslationStatus.READY
    translation.save()
    return translation


def publish_paper(
    *,
    reviewed: bool = False,
    scored: bool = True,
    related: Sequence[Translation] = (),
    paper: Paper | None = None,
    texts: Mapping[str, str] | None = None,
    origin: SegmentOrigin = SegmentOrigin.MEMORY,
    engine: str = "memory",
    engine_version: str = "",
    **fields: Any,
) -> Translation:
    """Publish a new paper's translation and return it; `fields` are the paper's."""
    paper = paper or build_paper(**fields)
    RelatedPaper.objects.bulk_create(
        RelatedPaper(paper=paper, other=other.paper, similarity=0.9 - 0.01 * place)
        for place, other in enumerate(related)
    )
    translation = ready_translation(
        paper, texts=texts, origin=origin, engine=engine, engine_version=engine_version
    )
    if scored:
        score_papers([paper.pk], FORMULAS[settings.SCORE_FORMULA], now=NOW)
    publish(translation.pk, actor=editor() if reviewed else None, reviewed=reviewed, now=NOW)
    rank_batch(now=NOW)
    translation.refresh_from_db()
    return translation


def editor() -> Any:
    """An editor's account."""
    user, _ = get_user_model().objects.get_or_create(
        username="editor", is_staff=True, is_superuser=True
    )
    return user
