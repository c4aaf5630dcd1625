"""Papers that are near to a query in meaning, by the vector index."""

import logging
from functools import lru_cache

from pgvector import HalfVector

from apps.discovery.embedders.base import Embedder, EmbedderUnavailable
from apps.discovery.embedding import space_of
from apps.discovery.neighbours import nearest_papers

NEAREST = 200
"""Papers that are asked of the index, before filters."""

logger = logging.getLogger(__name__)


def vector_of(text: str, embedder: Embedder | None) -> HalfVector | None:
    """Return the vector of a query; None, and a line in the log, where there is no embedder."""
    if not text or embedder is None:
        return None
    try:
        # Embedders are told apart by identity, which Protocol does not say.
        return _embedded(embedder, text)  # type: ignore[arg-type]
    except EmbedderUnavailable as reason:
        logger.warning("Searching by words only: %s", reason)
        return None


@lru_cache(maxsize=512)
def _embedded(embedder: Embedder, text: str) -> HalfVector:
    """Return the vector of a text; the further pages of a search do not embed it again."""
    return HalfVector(embedder.query(text))


def papers_near(vector: HalfVector, embedder: Embedder) -> list[int]:
    """Return the papers nearest to a vector of `embedder`, nearest first."""
    found = nearest_papers(vector, space_of(embedder), limit=NEAREST)
    return [paper for paper, _similarity in found]
