"""The shape of every embedder."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384
"""How many numbers a stored vector has: the column and its index are made for that many."""


class EmbedderUnavailable(Exception):
    """The embedder cannot answer now. The message says what is wrong and what to do.

    Papers then wait without a vector, and the next sweep tries again.
    """


class Embedder(Protocol):
    """One way to turn texts into vectors.

    name: the model and its version, at most 100 characters; vectors of different names are never
    compared. dimensions: the length of each vector, `DIMENSIONS` for vectors that are stored.
    """

    name: str
    dimensions: int

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector for each text of a paper: shape (len(texts), dimensions).

        Raises EmbedderUnavailable when not all of them can be had now.
        """
        ...

    def query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of what somebody looks for: shape (dimensions,).

        Raises EmbedderUnavailable when it cannot be had now.
        """
        ...
