"""The interface of embedders."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384
"""The length of stored vectors, fixed by the column and its index."""


class EmbedderUnavailable(Exception):
    """The embedder cannot answer now. The message says why and what to do.

    Papers wait without a vector, and the next sweep tries again.
    """


class Embedder(Protocol):
    """Turns texts into vectors.

    name: the model and its version, at most 100 characters; only vectors of the same name are
    compared. dimensions: the length of each vector, `DIMENSIONS` for stored vectors.
    """

    name: str
    dimensions: int

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of the texts of papers: shape (len(texts), dimensions).

        Raises EmbedderUnavailable when any of them cannot be computed now.
        """
        ...

    def query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a search query: shape (dimensions,).

        Raises EmbedderUnavailable when it cannot be computed now.
        """
        ...
