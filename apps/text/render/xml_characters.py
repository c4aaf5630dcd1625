"""Characters that XML allows (https://www.w3.org/TR/xml/#charsets)."""

import re

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def strip_invalid_xml(text: str) -> str:
    """Remove the characters that no XML document may hold.

    Args:
        text: any text, unescaped.

    Returns:
        The text, still unescaped.
    """
    return _NOT_IN_XML.sub("", text)
