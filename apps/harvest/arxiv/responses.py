"""Reads XML responses as a stream, with clear errors for anything else."""

import codecs
from collections.abc import Iterator
from typing import IO

from lxml import etree

_BEGINNING = 300


class BadResponse(Exception):
    """The response is incomplete or of another kind; the message names it and says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")


def iter_elements(
    stream: IO[bytes], name: str, *, root: str, tags: tuple[str, ...], what: str
) -> Iterator[etree._Element]:
    """Yield each element named in `tags` once it is complete, in order.

    An element is emptied when the next one is requested, so memory use stays constant. Entities
    are not resolved and nothing is loaded.

    Args:
        stream: A seekable file with the response.
        name: Its address, for messages.
        root: The tag that the document must have, in Clark notation.
        tags: The tags of the elements, in Clark notation.
        what: The expected kind of response, for messages.

    Raises:
        BadResponse: The response is not a whole document of this kind.
    """
    if beginning := describe_unless_xml(stream):
        raise BadResponse(name, f"expected {what}, got {beginning}.")
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=(root, *tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    is_first = True
    try:
        for event, element in events:
            if is_first:
                _check_root(element, name, root, what)
                is_first = False
            elif event == "end" and element.tag != root:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise BadResponse(
            name, f"expected {what}, but it is broken or cut off: {error.msg}."
        ) from error
    except LookupError as error:
        raise BadResponse(name, f"its encoding is unknown: {error}.") from error
    if is_first:
        tag = "?" if events.root is None else str(events.root.tag)
        raise BadResponse(name, f"expected {what}, got the document <{tag}>.")


def _check_root(element: etree._Element, name: str, root: str, what: str) -> None:
    document = element.getroottree()
    if document.docinfo.doctype:
        raise BadResponse(name, "it declares a document type (DTD); such XML is not read.")
    if element.tag != root or element.getparent() is not None:
        raise BadResponse(name, f"expected {what}, got the document <{document.getroot().tag!s}>.")


def _forget(element: etree._Element) -> None:
    """Free an element and the siblings before it; the parser keeps only their parents."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def describe_unless_xml(stream: IO[bytes]) -> str:
    """Return what the stream holds if it is clearly not XML ("an empty body"), else ""."""
    start = stream.tell()
    beginning = stream.read(_BEGINNING)
    stream.seek(start)
    if not beginning.strip():
        return "an empty body"
    is_utf_16 = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = beginning.decode("utf-16" if is_utf_16 else "utf-8-sig", "replace")
    text = " ".join(text.replace("\x00", "").split())
    lowered = text.lower()
    if lowered.startswith(("<!doctype html", "<html")) or "<html" in lowered:
        return f"an HTML page ({text[:100]!r})"
    if not lowered.startswith("<"):
        return f"text that is not XML ({text[:100]!r})"
    return ""
