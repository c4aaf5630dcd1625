"""Sketches of sentences: 24 numbers each; similar sentences share at least one.

MinHash with bands (Broder 1997; Indyk and Motwani 1998). Of two sentences whose sets of trigrams
have the similarity s (Jaccard, as pg_trgm measures it), the probability to share a number is
1 - (1 - s**ROWS)**BANDS: 0.86 at 0.6, 0.94 at 0.65, 0.99 at 0.7, 0.9999 at 0.8, and 0.0002 at
0.1, which is typical of unrelated sentences. An index over the trigrams themselves takes seconds,
because it reads the long lists of "ing" and "the"; this one takes milliseconds.

Sketches are stored: a change here needs a migration that recomputes them.
"""

import re
from hashlib import blake2b
from zlib import crc32

import numpy as np

BANDS, ROWS = 24, 5

_WORD = re.compile(r"[^\W_]+")


def _numbers(name: str) -> np.ndarray:
    """Return a column of fixed numbers, one for each hash function."""
    digests = (blake2b(f"{name} {at}".encode(), digest_size=8) for at in range(BANDS * ROWS))
    numbers = [int.from_bytes(digest.digest()) for digest in digests]
    return np.array(numbers, dtype=np.uint64).reshape(-1, 1)


# x -> factor * x + shift is a permutation of 64 bits if the factor is odd.
_FACTORS = _numbers("factor") | np.uint64(1)
_SHIFTS = _numbers("shift")


def sketch(text: str) -> list[int]:
    """Return BANDS signed 32-bit numbers; an empty list for a text without words."""
    found = trigrams(text)
    if not found:
        return []
    hashes = np.fromiter((crc32(item.encode()) for item in found), np.uint64, len(found))
    lowest = ((hashes * _FACTORS + _SHIFTS) >> np.uint64(32)).min(axis=1).astype(np.uint32)
    bands = lowest.reshape(BANDS, ROWS)
    # The band's number is hashed too, so that different bands never match.
    return [crc32(row.tobytes(), number) - 2**31 for number, row in enumerate(bands)]


def trigrams(text: str) -> set[str]:
    """Return the trigrams of each word, padded with blanks as in pg_trgm."""
    found: set[str] = set()
    for word in _WORD.findall(text.lower()):
        padded = f"  {word} "
        found.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return found
