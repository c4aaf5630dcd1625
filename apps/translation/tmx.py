"""TMX 1.4, the exchange format of translation memories.

https://www.gala-global.org/tmx-14b
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class BadTmx(ValueError):
    """The file is no TMX that can be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """One pair of a TMX file."""

    source_language: str
    target_language: str
    source: str
    target: str
    field: str = ""
    licence: str = ""


def read_tmx(path: Path, *, source: str, target: str) -> Iterator[MemoryUnit]:
    """Yield the pairs of `path` from language `source` to `target`; memory stays flat.

    Units that lack one of the two languages, or have an empty text, are passed over: they belong
    to other pairs. Raises BadTmx when the file is not well-formed or is no TMX.
    """
    try:
        elements = etree.iterparse(
            str(path), events=("start", "end"), resolve_entities=False, no_network=True
        )
        _, root = next(elements)
        if etree.QName(root).localname != "tmx":
            raise BadTmx(f"{path} is no TMX file: its root element is <{root.tag!s}>.")
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
        raise BadTmx(f"{path} is not well-formed XML: {error}.") from error
    except StopIteration:
        raise BadTmx(f"{path} is empty.") from None


def _unit(element: etree._Element, source: str, target: str) -> MemoryUnit | None:
    texts: dict[str, str] = {}
    for variant in element.iterfind("tuv"):
        language = (variant.get(XML_LANG) or variant.get("lang") or "").lower()
        segment = variant.find("seg")
        if segment is not None:
            texts[language.split("-")[0]] = "".join(segment.itertext()).strip()
    properties = {prop.get("type", ""): (prop.text or "").strip() for prop in element.iter("prop")}
    if not texts.get(source) or not texts.get(target):
        return None
    return MemoryUnit(
        source_language=source,
        target_language=target,
        source=texts[source],
        target=texts[target],
        field=properties.get("x-field", ""),
        licence=properties.get("x-licence", ""),
    )
