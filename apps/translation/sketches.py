"""Sketches of sentences: a few numbers each, of which like sentences share at least one.

MinHash with bands (Broder 1997; Indyk and Motwani 1998). Of two sentences whose sets of trigrams
have the similarity s (Jaccard, as pg_trgm measures it), the probability to share a number is
1 - (1 - s**ROWS)**BANDS: 0.86 at 0.6, 0.94 at 0.65, 0.99 at 0.7, 0.9999 at 0.8, and 0.0002 at
0.1, which is what two sentences of unlike content have. An index over trigrams themselves has to
read the long lists of "ing" and "the" and takes seconds where this takes milliseconds.

Sketches are stored: a change here needs a migration that computes them anew.
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


# x -> factor * x + shift is a permutation of 64 bits where the factor is odd.
_FACTORS = _numbers("factor") | np.uint64(1)
_SHIFTS = _numbers("shift")


def sketch(text: str) -> list[int]:
    """Return the BANDS numbers (32 bits, signed) of `text`; none for a text without words."""
    found = trigrams(text)
    if not found:
        return []
    hashes = np.fromiter((crc32(item.encode()) for item in found), np.uint64, len(found))
    lowest = ((hashes * _FACTORS + _SHIFTS) >> np.uint64(32)).min(axis=1).astype(np.uint32)
    bands = lowest.reshape(BANDS, ROWS)
    # The band's number goes in, so that bands do not match one another.
    return [crc32(row.tobytes(), number) - 2**31 for number, row in enumerate(bands)]


def trigrams(text: str) -> set[str]:
    """Return the trigrams of `text` as pg_trgm forms them: of each word, with blanks around it."""
    found: set[str] = set()
    for word in _WORD.findall(text.lower()):
        padded = f"  {word} "
        found.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return found
