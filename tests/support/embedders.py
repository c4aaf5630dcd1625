"""Fast embedders that record their calls."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from apps.discovery.embedders.base import DIMENSIONS, EmbedderUnavailable
from tests.support.servers.embeddings import bag_of_words


class WordsEmbedder:
    """Gives similar vectors to texts that share words."""

    dimensions = DIMENSIONS

    def __init__(self, name: str = "words") -> None:
        self.name = name
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a bag of words for each text."""
        self.asked += texts
        vectors = np.array([bag_of_words(text) for text in texts]).reshape(-1, DIMENSIONS)
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        """Return a bag of its words."""
        vector: NDArray[np.float32] = self.passages([text])[0]
        return vector


class DownEmbedder(WordsEmbedder):
    """Answers a number of batches, then becomes unavailable."""

    def __init__(self, name: str = "words", batches: int = 0) -> None:
        super().__init__(name)
        self.batches = batches

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Answer, or raise EmbedderUnavailable."""
        if not self.batches:
            raise EmbedderUnavailable("The server is down.")
        self.batches -= 1
        return super().passages(texts)
