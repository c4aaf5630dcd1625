"""Embeddings, related papers, the attention score, search documents, trends."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex

from apps.discovery.embedders.base import DIMENSIONS
from apps.discovery.models.authors import AuthorPaper, IndexedPaper
from apps.discovery.models.ranks import DueRank, ScoreRank
from apps.discovery.models.related_choices import RelatedChoice, RelatedDecision
from apps.discovery.models.search import LexiconEntry, SearchDocument
from apps.discovery.models.signals import OutsideSignal, OutsideSource
from apps.discovery.models.trends import PaperTerms, Trend, TrendReport, TrendWeek
from apps.papers.models import Paper

__all__ = [
    "AuthorPaper",
    "DueRank",
    "Embedding",
    "IndexedPaper",
    "LexiconEntry",
    "OutsideSignal",
    "OutsideSource",
    "PaperTerms",
    "RelatedChoice",
    "RelatedDecision",
    "RelatedPaper",
    "Score",
    "ScoreRank",
    "SearchDocument",
    "Trend",
    "TrendReport",
    "TrendWeek",
]


class Embedding(models.Model):
    """Where a paper's title and abstract lie in the space of one embedder."""

    paper = models.OneToOneField(
        Paper, on_delete=models.CASCADE, primary_key=True, related_name="embedding"
    )
    vector = HalfVectorField(_("vector"), dimensions=DIMENSIONS)
    embedder = models.CharField(_("embedder and its version"), max_length=128)
    text_fingerprint = models.CharField(_("fingerprint of the text"), max_length=32)
    embedded_at = models.DateTimeField(_("embedded"))
    related_at = models.DateTimeField(_("related papers found"), null=True, blank=True)

    class Meta:
        verbose_name = _("embedding")
        verbose_name_plural = _("embeddings")
        indexes = [
            HnswIndex(
                # Denser than pgvector's defaults (16, 64): benchmarks/neighbours.py says why.
                name="embedding_cosine",
                fields=["vector"],
                m=24,
                ef_construction=128,
                opclasses=["halfvec_cosine_ops"],
            ),
            models.Index(
                fields=["paper"],
                condition=models.Q(related_at__isnull=True),
                name="embedding_to_relate",
            ),
            models.Index(fields=["embedder", "paper"], name="embedding_by_embedder"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.embedder}"


class RelatedPaper(models.Model):
    """One entry of the list of papers related to a paper, the most related first."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="related")
    other = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    similarity = models.FloatField(_("similarity"), help_text=_("cosine, -1 to 1"))
    nearness = models.FloatField(
        _("nearness"),
        default=0.0,
        help_text=_("what the list is ordered by; the higher the nearer"),
    )
    shared_terms = models.JSONField(_("shared terms"), default=list, blank=True)

    class Meta:
        verbose_name = _("related paper")
        verbose_name_plural = _("related papers")
        ordering = ["paper", "-nearness", "other"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "other"], name="related_once"),
            models.CheckConstraint(
                condition=~models.Q(paper=models.F("other")), name="not_related_to_itself"
            ),
        ]
        indexes = [models.Index(fields=["paper", "-nearness"], name="related_by_nearness")]

    def __str__(self) -> str:
        return f"{self.paper_id} ~ {self.other_id}"


class Score(models.Model):
    """The attention score of a paper under one version of the formula.

    `components` has for each its name, value (0 to 1), points, and the fact that it was taken
    from. What the score is and is not: `apps.discovery.scoring.formulas`.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="scores")
    formula = models.PositiveSmallIntegerField(_("formula"))
    value = models.FloatField(_("score"), help_text=_("0 to 100"))
    components = models.JSONField(_("components"))
    scored_at = models.DateTimeField(_("scored"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["-scored_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "formula"], name="one_score_per_formula"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0, value__lte=100), name="score_within_bounds"
            ),
        ]
        # The latest change of all is part of the key under which lists are kept.
        indexes = [
            models.Index(fields=["scored_at"], name="score_scored"),
            models.Index(fields=["formula", "-value", "-paper"], name="score_highest"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.value:.1f}"
