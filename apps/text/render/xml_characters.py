"""Which characters XML can hold (https://www.w3.org/TR/xml/#charsets)."""

import re

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def strip_invalid_xml(text: str) -> str:
    """Return the text without the characters that no XML document can hold."""
    return _NOT_IN_XML.sub("", text)
