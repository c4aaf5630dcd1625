"""The text of an API token: random, with a prefix and a checksum by which it is recognised.

`papersite_` and 59 characters of RFC 4648's base 32 in lower case: 32 random bytes (52 characters)
and their CRC-32 (7). The prefix tells people and secret scanners whose key lies there, the checksum
tells a scanner without asking anybody that it is one, and us a mistyped one from an unknown one.
"""

import hashlib
import re
import secrets
import zlib
from base64 import b32encode

PREFIX = "papersite_"
PATTERN = r"papersite_[a-z2-7]{59}"
RANDOM_BYTES = 32
SHOWN = len(PREFIX) + 6
"""Characters by which an owner knows a token again: too few to guess the rest from."""

_WRITTEN = re.compile(PATTERN)
_CHECKSUM = 7


def new_token_text() -> str:
    """Return a new token, from the operating system's randomness."""
    random = _base32(secrets.token_bytes(RANDOM_BYTES))
    return f"{PREFIX}{random}{_checksum(random)}"


def is_token_text(text: str) -> bool:
    """Whether `text` looks like a token, checksum and all."""
    if not _WRITTEN.fullmatch(text):
        return False
    random, checksum = text[len(PREFIX) : -_CHECKSUM], text[-_CHECKSUM:]
    return checksum == _checksum(random)


def token_digest(text: str) -> str:
    """Return what is stored of a token: its SHA-256 in hexadecimal.

    A password needs a slow hash because it can be guessed; 256 random bits cannot.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def _checksum(random: str) -> str:
    return _base32(zlib.crc32(random.encode()).to_bytes(4, "big"))


def _base32(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=").lower()
