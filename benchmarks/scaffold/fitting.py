"""The geometry that made vectors have: that of a file, or of texts that are embedded first."""

import argparse
from pathlib import Path

from benchmarks.scaffold import made_papers
from benchmarks.scaffold.corpus import every_nth, papers_in
from benchmarks.scaffold.embedded import texts_of, vectors_of
from benchmarks.scaffold.vectors import Geometry, geometry_of, vectors_in


def fit_options(parser: argparse.ArgumentParser) -> None:
    """Declare --fit and --fitted."""
    parser.add_argument("--fit", type=Path, help="real vectors whose geometry made ones have, .npy")
    parser.add_argument(
        "--fitted", type=int, default=1000, help="texts to embed where there is no --fit (1000)"
    )


def fitted_geometry(given: argparse.Namespace) -> Geometry:
    """Return the geometry of --fit, or of --fitted texts of --corpus or made ones."""
    if given.fit:
        real = vectors_in(given.fit)
    else:
        records = (
            every_nth(papers_in(given.corpus), given.fitted)
            if given.corpus
            else list(made_papers.papers(given.fitted))
        )
        real = vectors_of(texts_of(records), given.cache)
    geometry = geometry_of(real)
    print(f"made vectors: mean and {len(geometry.spreads)} directions of {len(real):,} real ones")
    return geometry
