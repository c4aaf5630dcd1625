"""The shape of every embedder."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class EmbedderUnavailable(Exception):
    """The embedder cannot answer now. The message says what is wrong and what to do."""


class Embedder(Protocol):
    """One way to turn texts into vectors.

    name: the model and its version, as stored with each vector; vectors of different names are
    never compared. dimensions: the length of each vector.
    """

    name: str
    dimensions: int

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector for each text of a paper: shape (len(texts), dimensions)."""
        ...

    def query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of what somebody looks for: shape (dimensions,)."""
        ...
