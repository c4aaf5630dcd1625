"""The text of an API token: a prefix, random characters and a checksum.

`papersite_` and 59 characters of RFC 4648's base 32 in lower case: 32 random bytes (52 characters)
and their CRC-32 (7). The prefix tells people and secret scanners which site a leaked token is for.
The checksum lets scanners avoid false alarms, and tells a mistyped token from an unknown one.
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
"""The number of characters shown to the owner to recognise a token; too few to guess it."""

_FORMAT = re.compile(PATTERN)
_CHECKSUM = 7


def new_token_text() -> str:
    """Generate a token with the operating system's random numbers."""
    random = _base32(secrets.token_bytes(RANDOM_BYTES))
    return f"{PREFIX}{random}{_checksum(random)}"


def is_token_text(text: str) -> bool:
    """Whether `text` has the format of a token and a valid checksum."""
    if not _FORMAT.fullmatch(text):
        return False
    random, checksum = text[len(PREFIX) : -_CHECKSUM], text[-_CHECKSUM:]
    return checksum == _checksum(random)


def token_digest(text: str) -> str:
    """Return the stored hash of a token: its SHA-256 in hexadecimal.

    Unlike passwords, 256 random bits cannot be guessed, so the hash need not be slow.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def _checksum(random: str) -> str:
    return _base32(zlib.crc32(random.encode()).to_bytes(4, "big"))


def _base32(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=").lower()
