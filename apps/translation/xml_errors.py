"""The parser's message about an XML file."""

from lxml import etree


def first_error(elements: etree.iterparse, error: etree.XMLSyntaxError) -> str:
    """Return the first error and its line.

    The exception's message is often about a later error, and its log has errors of other files.
    """
    for entry in elements.error_log:
        return f"line {entry.line}: {entry.message}"
    return str(error.msg)
