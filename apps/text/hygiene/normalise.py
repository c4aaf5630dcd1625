"""Clean harvested text for storage, and normalise sources for the translation memory."""

import re
import unicodedata
from hashlib import blake2b

# Directional overrides, embeddings, isolates and marks can display text in another order.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n?|[\u000b\u000c\u0085\u2028]")
_PARAGRAPH = re.compile(r"\n\s*\n\s*|\n(?:  |\t)\s*")
_DISPLAY_MATH = re.compile(
    r"\$\$.{1,4000}?\$\$|\\\[.{1,4000}?\\\]|\\begin\{(\w+\*?)\}.{1,4000}?\\end\{\1\}", re.DOTALL
)
_SPACES = re.compile(r"\s+")

_UNIFIED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        "\u00ad": None,
    }
)
_HAS_RAISED_CHARACTERS = ((0x00AA, 0x00BA), (0x1D2C, 0x1D6A), (0x2070, 0x209C))


def _raised_and_lowered() -> dict[int, str]:
    spelled = {}
    for first, last in _HAS_RAISED_CHARACTERS:
        for code in range(first, last + 1):
            kind, _, plain = unicodedata.decomposition(chr(code)).partition(" ")
            if kind in ("<super>", "<sub>"):
                sign = "^" if kind == "<super>" else "_"
                spelled[code] = sign + "".join(chr(int(part, 16)) for part in plain.split())
    return spelled


_RAISED_AND_LOWERED = _raised_and_lowered()


def clean_text(text: str) -> str:
    r"""Clean a harvested title, abstract or comment. Idempotent.

    Removes control characters, NUL, lone surrogates and characters that reorder text, and composes
    to NFC. A run of white space becomes one space, except between paragraphs: a blank line or a
    line that starts with two spaces (arXiv's mark), outside display math, becomes "\n\n".

    Args:
        text: as harvested.

    Returns:
        The cleaned text; empty for blank input.
    """
    seen = _LINE_END.sub("\n", _INVISIBLE.sub("", text)).replace("\u2029", "\n\n").strip()
    if "\n" not in seen:
        return unicodedata.normalize("NFC", _SPACES.sub(" ", seen))
    seen = _DISPLAY_MATH.sub(lambda math: _SPACES.sub(" ", math.group()), seen)
    paragraphs = (_SPACES.sub(" ", part).strip() for part in _PARAGRAPH.split(seen))
    return unicodedata.normalize("NFC", "\n\n".join(part for part in paragraphs if part))


def normalise_source(text: str) -> str:
    """Normalise a source sentence for comparison: NFKC, single spaces, one kind of quote and dash.

    Letter case stays. Superscripts and subscripts stay apart from digits ("10²" becomes "10^2",
    where plain NFKC gives "102"), so that the memory never answers with another number. Idempotent.
    """
    plain = _INVISIBLE.sub("", text).translate(_UNIFIED).translate(_RAISED_AND_LOWERED)
    plain = unicodedata.normalize("NFKC", plain).translate(_UNIFIED)
    return _SPACES.sub(" ", plain).strip()


def source_hash(text: str) -> str:
    """Return the key of a source sentence in the exact-match translation memory.

    Args:
        text: the source sentence.

    Returns:
        32 hexadecimal digits (BLAKE2b, 128 bits) of `normalise_source(text)`.
    """
    return blake2b(normalise_source(text).encode(), digest_size=16).hexdigest()
