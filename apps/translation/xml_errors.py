"""What is wrong with an XML file, in the parser's own words."""

from lxml import etree


def first_error(elements: etree.iterparse, error: etree.XMLSyntaxError) -> str:
    """Return the first thing that `elements` stumbled over, and its line.

    The message of the exception is often only what followed from it, and the exception's own log
    holds errors of other files as well.
    """
    for entry in elements.error_log:
        return f"line {entry.line}: {entry.message}"
    return str(error.msg)
