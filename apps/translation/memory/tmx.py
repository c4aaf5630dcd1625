"""TMX 1.4, the exchange format of translation memories.

https://www.gala-global.org/tmx-14b
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from apps.core.refusals import Refusal
from apps.text.render.xml_characters import strip_invalid_xml
from apps.translation.xml_errors import first_error

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Formatting codes of other programs, which are not part of the sentence.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


class BadTmx(Refusal):
    """The file is not readable TMX; the message says where and why."""

    code = "bad-tmx"


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """One pair of a TMX file."""

    source_language: str
    target_language: str
    source: str
    target: str
    field: str = ""
    licence: str = ""
    origin: str = ""
    collection: str = ""


def read_tmx(path: Path, *, source: str, target: str) -> Iterator[MemoryUnit]:
    """Read the pairs of a TMX file one by one. Skips units without text in both languages.

    Args:
        path: the file.
        source: the source language.
        target: the target language.

    Yields:
        The pairs.

    Raises:
        BadTmx: the file is not well-formed or not TMX.
    """
    elements = etree.iterparse(
        str(path), events=("start", "end"), resolve_entities=False, no_network=True
    )
    try:
        _, root = next(elements)
        name = etree.QName(root).localname
        if name != "tmx":
            raise BadTmx(f"{path} is not a TMX file: its root element is <{name}>.")
        for event, element in elements:
            if event == "end" and element.tag == "tu":
                unit = _unit(element, source, target)
                if unit is not None:
                    yield unit
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError as error:
        raise BadTmx(f"{path} is not well-formed XML: {first_error(elements, error)}.") from error
    except StopIteration:
        raise BadTmx(f"{path} is empty.") from None


def write_tmx(
    file: BinaryIO, units: Iterable[MemoryUnit], *, source: str, notes: Sequence[str] = ()
) -> int:
    """Write pairs as TMX, without control characters.

    Args:
        file: an open file.
        units: the pairs.
        source: the source language of all pairs.
        notes: about the whole file.

    Returns:
        The number of pairs.
    """
    count = 0
    header = {
        "creationtool": "papersite",
        "creationtoolversion": "1",
        "segtype": "sentence",
        "o-tmf": "papersite",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", version="1.4"):
            head = etree.Element("header", header)
            for note in notes:
                etree.SubElement(head, "note").text = strip_invalid_xml(note)
            xml.write(head)
            with xml.element("body"):
                for unit in units:
                    xml.write("\n", _element(unit))
                    count += 1
    return count


def _unit(element: etree._Element, source: str, target: str) -> MemoryUnit | None:
    texts: dict[str, str] = {}
    for variant in element.iterfind("tuv"):
        language = (variant.get(XML_LANG) or variant.get("lang") or "").lower()
        segment = variant.find("seg")
        if segment is not None:
            texts.setdefault(language, _text(segment).strip())
    properties = {prop.get("type", ""): (prop.text or "").strip() for prop in element.iter("prop")}
    ours, theirs = _in_language(texts, source), _in_language(texts, target)
    if not ours or not theirs:
        return None
    return MemoryUnit(
        source_language=source,
        target_language=target,
        source=ours,
        target=theirs,
        field=properties.get("x-field", ""),
        licence=properties.get("x-licence", ""),
        origin=properties.get("x-origin", ""),
        collection=properties.get("x-collection", ""),
    )


def _text(element: etree._Element) -> str:
    """Return the text of a segment without formatting codes; <hi> and <sub> are text."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _CODES:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _in_language(texts: dict[str, str], wanted: str) -> str:
    """Return the text in `wanted`, or in one of its variants, such as en-US for en."""
    exact = texts.get(wanted.lower())
    if exact is not None:
        return exact
    return next((text for code, text in texts.items() if code.split("-")[0] == wanted), "")


def _element(unit: MemoryUnit) -> etree._Element:
    element = etree.Element("tu")
    for name in ("field", "licence", "origin", "collection"):
        value = getattr(unit, name)
        if value:
            etree.SubElement(element, "prop", type=f"x-{name}").text = strip_invalid_xml(value)
    pairs = ((unit.source_language, unit.source), (unit.target_language, unit.target))
    for language, text in pairs:
        variant = etree.SubElement(element, "tuv", {XML_LANG: language})
        etree.SubElement(variant, "seg").text = strip_invalid_xml(text)
    return element
