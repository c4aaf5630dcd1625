"""Vectors of real texts, computed once and kept."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from apps.discovery.embedders import embedder
from apps.discovery.embeddings.embed import text_to_embed
from benchmarks.scaffold.vectors import Vectors, unit

AT_ONCE = 64
PARTS = 20


def texts_of(records: Sequence[dict[str, Any]]) -> list[str]:
    """Return what is embedded of each paper."""
    return [text_to_embed(record["title"], record["abstract"]) for record in records]


def vectors_of(texts: Sequence[str], cache: Path) -> Vectors:
    """Return unit vectors by the embedder of the settings, shape (texts, dimensions).

    Those that are kept in `cache` are not computed again.
    """
    model = embedder()
    folder = cache / "vectors" / model.name
    folder.mkdir(parents=True, exist_ok=True)
    keys = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]
    known: dict[str, Any] = {}
    for file in folder.glob("*.npz"):
        with np.load(file) as kept:
            known |= dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    todo = list(missing)
    for start in range(0, len(todo), AT_ONCE * PARTS):
        new = todo[start : start + AT_ONCE * PARTS]
        vectors = np.vstack(
            [
                model.passages([missing[key] for key in new[at : at + AT_ONCE]])
                for at in range(0, len(new), AT_ONCE)
            ]
        ).astype(np.float16)
        np.savez(folder / f"{new[0]}.npz", keys=np.array(new), vectors=vectors)
        known |= dict(zip(new, vectors, strict=True))
        print(f"embedded {start + len(new):,} of {len(todo):,}", file=sys.stderr)
    return unit(np.stack([known[key] for key in keys]))
