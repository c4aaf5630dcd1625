"""Semantic search: papers similar to a query in meaning, by the vector index."""

import logging
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector

from apps.discovery.embedders.base import Embedder, EmbedderUnavailable
from apps.discovery.embeddings.embed import space_of
from apps.discovery.embeddings.nearest import nearest_papers
from apps.text.protection.japanese_spans import JAPANESE

NEAREST = 100
"""How many papers to take from the index, before filters."""
_COMMON_SHARE = 0.6
_OF_MANY_FIELDS = (
    "統計的推定の手法", "銀河の分布の観測", "細胞の増殖", "言語の文法と意味", "市場価格の変動",
    "触媒による化学反応", "画像に写る物体の認識", "素数の分布", "量子計算機", "気候変動の予測",
    "暗号の安全性", "脳の神経活動", "流体の乱れ", "ロボットの制御", "医療における診断",
    "電子回路の設計",
)  # fmt: skip

logger = logging.getLogger(__name__)


def vector_of(text: str, embedder: Embedder | None) -> HalfVector | None:
    """Return the vector of a query; None without an embedder, logged where it does not answer."""
    if not text or embedder is None:
        return None
    try:
        # Embedders are told apart by identity, which Protocol does not say.
        return HalfVector(query_vector(embedder, text))  # type: ignore[arg-type]
    except EmbedderUnavailable as reason:
        logger.warning("Searching by words only: %s", reason)
        return None


@lru_cache(maxsize=512)
def query_vector(embedder: Embedder, text: str) -> NDArray[np.float32]:
    """Return the unit vector of a query for English papers: shape (dimensions,). Cached for paging.

    From a Japanese query most of the mean of Japanese phrases of many fields is subtracted: it
    encodes the language, not the topic (Libovický, Rosa and Fraser 2020, "On the Language
    Neutrality of Pre-trained Multilingual Representations"). Raises EmbedderUnavailable.
    """
    vector = embedder.query(text)
    if not JAPANESE.search(text):
        return vector
    neutral = vector - _COMMON_SHARE * _common_to_japanese(embedder)  # type: ignore[arg-type]
    return neutral / max(float(np.linalg.norm(neutral)), 1e-6)


@lru_cache(maxsize=4)
def _common_to_japanese(embedder: Embedder) -> NDArray[np.float32]:
    """Return the mean vector of the phrases of many fields."""
    return np.mean([embedder.query(word) for word in _OF_MANY_FIELDS], axis=0)


def papers_near(vector: HalfVector, embedder: Embedder) -> list[int]:
    """Return the keys of the papers nearest to a vector of `embedder`, nearest first."""
    found = nearest_papers(vector, space_of(embedder), limit=NEAREST)
    return [paper for paper, _similarity in found]
