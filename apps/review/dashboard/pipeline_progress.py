"""How far the pipeline is: what each stage has done and what it still has to do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from apps.discovery.author_index import with_authors_to_index
from apps.discovery.embeddings.embed import without_vector
from apps.discovery.models import DueRank, Embedding, ScoreRank
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.score import without_score
from apps.discovery.search.indexing import without_document
from apps.papers.models import Paper
from apps.review.models import QueueEntry
from apps.review.queue.index import to_refresh
from apps.translation.models import Segment, SegmentState, Translation
from apps.translation.pipeline.open import without_translation
from apps.translation.status import PUBLIC, TranslationStatus


@dataclass(frozen=True, slots=True)
class StageProgress:
    """One stage: how many things it has done, of how many."""

    name: str
    done: int
    total: int

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left for the machine."""
        return self.done >= self.total


def pipeline_progress(
    *,
    languages: list[str],
    embedder: str,
    formula: int,
    policy: str,
    changed_since: datetime | None,
) -> list[StageProgress]:
    """Return the stages from opened translations to published pages that search finds.

    Sentences that wait for an engine, and translations that wait for an editor, count as done:
    no worker can do anything about them. Counts everything, so it is for the terminal and the
    desk, never for a reader's page.
    """
    every = Paper.objects.all()
    if changed_since is not None:
        every = every.changed_since(changed_since)
    papers = every.standing()
    count = papers.count()
    unopened = sum(without_translation(language, changed_since).count() for language in languages)
    pending = Segment.objects.filter(state=SegmentState.PENDING).count()
    unfinished = Translation.objects.machine_done().count()
    translations = Translation.objects.exclude(status=TranslationStatus.SUPERSEDED)
    embedded = count - without_vector(embedder, changed_since).count()
    unrelated = Embedding.objects.filter(related_at__isnull=True).count()
    embeddings = Embedding.objects.count()
    indexed = every.count() - with_authors_to_index(changed_since).count()
    unscored = without_score(FORMULAS[formula], changed_since).count()
    ready = Translation.objects.filter(status=TranslationStatus.READY).count()
    public = Translation.objects.filter(Q(status__in=sorted(PUBLIC))).count()
    listed = Translation.objects.listed().count()
    expected = public + (ready if policy == "clean" else 0)
    ranked = ScoreRank.objects.count()
    outdated = to_refresh(changed_since).count()
    queued = QueueEntry.objects.count()
    return [
        StageProgress("open", count * len(languages) - unopened, count * len(languages)),
        StageProgress("translate", Segment.objects.count() - pending, Segment.objects.count()),
        StageProgress("check and sum up", translations.count() - unfinished, translations.count()),
        StageProgress("embed", embedded, count),
        StageProgress("relate", embeddings - unrelated, embeddings),
        StageProgress("index authors", indexed, every.count()),
        StageProgress("score", embeddings - unscored, embeddings),
        StageProgress("publish", public, expected),
        StageProgress("index", listed - without_document(changed_since).count(), listed),
        StageProgress("rank", ranked, ranked + DueRank.objects.count()),
        StageProgress("queue", queued, queued + outdated),
    ]
