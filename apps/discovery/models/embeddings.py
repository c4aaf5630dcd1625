"""The vectors of papers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex

from apps.discovery.embedders.base import DIMENSIONS
from apps.papers.models import Paper


class Embedding(models.Model):
    """The vector of a paper's title and abstract; `embedder` names its space."""

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
                # Denser than pgvector's defaults (16, 64): the benchmark `neighbours` says why.
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
