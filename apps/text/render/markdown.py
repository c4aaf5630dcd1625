"""Plain text escaped for Markdown (CommonMark 0.31 with GitHub's extensions)."""

import re

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~&$!]")
_AUTOLINKS = re.compile(r"(?<=\w)(?=://|@)|(?<=\bwww)(?=\.)|(?<=\bmailto)(?=:)", re.I)
_NUMBER_OF_LIST = re.compile(r"^(\d{1,9})([.)])(?= |$)")
_BEGINNING = re.compile(r"^[-+=]")


def markdown_line(text: str) -> str:
    """Escape a text as one line of Markdown without markup, links or HTML.

    Args:
        text: any text; addresses in it do not become links.

    Returns:
        A line that may stand in a heading, a paragraph, a list or a link's text.
    """
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    line = _AUTOLINKS.sub(r"\\", line)
    line = _NUMBER_OF_LIST.sub(r"\1\\\2", line)
    return _BEGINNING.sub(r"\\\g<0>", line)


def markdown_link(words: str, address: str) -> str:
    """Return a Markdown link.

    Args:
        words: the link's text, unescaped.
        address: the whole URL.

    Returns:
        The link; characters of `address` that have a meaning in Markdown are percent-encoded.
    """
    safe = re.sub(r"[\s<>()\\]", lambda sign: f"%{ord(sign[0]):02X}", address)
    return f"[{markdown_line(words)}](<{safe}>)"
