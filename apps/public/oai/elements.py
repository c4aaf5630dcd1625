"""Build XML elements with valid characters, languages and schema locations."""

from datetime import UTC, datetime

from lxml import etree

from apps.text.render.xml_characters import strip_invalid_xml

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root_element(
    namespace: str, name: str, schema: str, *, prefix: str | None = None
) -> etree._Element:
    """Return the root element of a document, with its schema location."""
    element = etree.Element(f"{{{namespace}}}{name}", nsmap={prefix: namespace, "xsi": XSI})
    element.set(f"{{{XSI}}}schemaLocation", f"{namespace} {schema}")
    return element


def add_element(
    parent: etree._Element,
    name: str,
    text: str,
    *,
    language: str = "",
    namespace: str | None = None,
    **attributes: str,
) -> etree._Element:
    """Add an element with a text to `parent`, by default in the namespace of `parent`."""
    space = etree.QName(parent).namespace if namespace is None else namespace
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.text = strip_invalid_xml(text)
    if language:
        element.set(XML_LANG, language)
    for key, value in attributes.items():
        element.set(key, strip_invalid_xml(value))
    return element


def add_if_filled(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    """Add an element if its text is not empty."""
    if text:
        add_element(parent, name, text, **attributes)


def timestamp(moment: datetime) -> str:
    """Return a time in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
