"""The stages of discovery: vectors, related papers, scores, terms, trends and search."""

from celery.schedules import crontab
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.core.stages import Queue, Stage
from apps.discovery.author_index import with_authors_to_index
from apps.discovery.embedders import embedder
from apps.discovery.embeddings.embed import space_of, without_vector
from apps.discovery.models import DueRank, Embedding, ScoreRank, TrendWeek
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.score import without_score
from apps.discovery.search.indexing import documents_to_remove, without_document
from apps.discovery.trends.extract_terms import terms_to_drop, without_terms
from apps.discovery.trends.reports import last_complete_week, weeks_to_compute
from apps.papers.models import Paper
from apps.translation.models import Translation

STAGES = (
    Stage(
        name="embed",
        label=_("vectors of papers"),
        task="discovery.embed_papers",
        reads="papers without a vector of their present text",
        writes="`Embedding`",
        everything=crontab(hour="4", minute="10"),
        queue=Queue.EMBEDDING,
        pending=lambda scope: [without_vector(space_of(embedder()), scope.changed_since)],
        total=lambda scope: [Paper.objects.not_withdrawn().changed_since(scope.changed_since)],
    ),
    Stage(
        name="relate",
        label=_("related papers"),
        task="discovery.relate_papers",
        reads="embedded papers without a list of related papers",
        writes="`RelatedPaper`",
        queue=Queue.EMBEDDING,
        pending=lambda scope: [Embedding.objects.filter(related_at__isnull=True)],
        total=lambda scope: [Embedding.objects.all()],
    ),
    Stage(
        name="index authors",
        label=_("lists of authors"),
        task="discovery.index_authors",
        reads="papers whose record is not the one indexed",
        writes="`AuthorPaper`, `IndexedPaper`",
        everything=crontab(hour="4", minute="20"),
        pending=lambda scope: [with_authors_to_index(scope.changed_since)],
        total=lambda scope: [Paper.objects.changed_since(scope.changed_since)],
    ),
    Stage(
        name="score",
        label=_("attention scores"),
        task="discovery.score_papers",
        reads="papers whose related papers and authors are known and that have no score",
        writes="`Score`, `DueRank`",
        everything=crontab(hour="4", minute="30"),
        pending=lambda scope: [
            without_score(FORMULAS[settings.SCORE_FORMULA], scope.changed_since)
        ],
        total=lambda scope: [Embedding.objects.all()],
    ),
    Stage(
        name="gather terms",
        label=_("terms of papers"),
        task="discovery.gather_terms",
        reads="standing papers whose terms are missing or out of date",
        writes="`PaperTerms`, `TrendWeek`",
        everything=crontab(hour="4", minute="25"),
        pending=lambda scope: [
            without_terms(scope.changed_since),
            terms_to_drop(scope.changed_since),
        ],
        total=lambda scope: [
            Paper.objects.not_withdrawn().changed_since(scope.changed_since),
            terms_to_drop(scope.changed_since),
        ],
    ),
    Stage(
        name="compute trends",
        label=_("rising topics"),
        task="discovery.compute_trends",
        reads="complete weeks whose list is missing or out of date",
        writes="`TrendReport`, `Trend`",
        interval=600.0,
        pending=lambda scope: [len(weeks_to_compute(scope.now))],
        total=lambda scope: [TrendWeek.objects.filter(week__lte=last_complete_week(scope.now))],
    ),
    Stage(
        name="index",
        label=_("search index"),
        task="discovery.index_translations",
        reads="published translations without a search document of their present state, "
        "and documents of what is no longer public",
        writes="`SearchDocument`, `LexiconEntry`",
        everything=crontab(hour="4", minute="40"),
        pending=lambda scope: [
            without_document(scope.changed_since),
            documents_to_remove(scope.changed_since),
        ],
        total=lambda scope: [
            Translation.objects.listed(),
            documents_to_remove(scope.changed_since),
        ],
    ),
    Stage(
        name="rank",
        label=_("ranks of scores"),
        task="discovery.rank_scores",
        reads="days and categories that are due",
        writes="`ScoreRank`",
        pending=lambda scope: [DueRank.objects.all()],
        total=lambda scope: [ScoreRank.objects.all(), DueRank.objects.all()],
    ),
    Stage(
        name="rank changed papers",
        label=_("ranks of papers that a harvest changed"),
        task="discovery.rank_scores",
        reads="days and categories of papers that a harvest changed",
        writes="`ScoreRank`",
        interval=600.0,
        arguments=lambda: [{"changed_papers": True}],
    ),
    Stage(
        name="ask outside",
        label=_("outside signals"),
        task="discovery.ask_outside",
        reads="scored papers that a source of `OUTSIDE_SIGNALS` (none by default) was not asked "
        "about for a month",
        writes="`OutsideSignal`",
        interval=3600.0,
        # No progress: the source sets the pace, so the pipeline does not wait for it.
        arguments=lambda: [{"name": source} for source in settings.OUTSIDE_SIGNALS],
    ),
)
