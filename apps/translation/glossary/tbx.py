"""TBX-Basic (ISO 30042), the exchange format of termbases.

Reads the versions of 2008 (martif, termEntry, langSet, tig or ntig) and 2019 (tbx, conceptEntry,
langSec, termSec; data categories as attributes, DCA, or elements, DCT), and writes that of 2019.
https://www.tbxinfo.net/tbx-dialects/

Each source term of a concept becomes an entry. Its rendering is the preferred target term, or the
first admitted one; deprecated and superseded target terms are forbidden. `projectSubset` holds what
TBX-Basic lacks: "papersite:case_rule=exact", "papersite:licence=...".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from apps.text.render.xml_characters import strip_invalid_xml
from apps.translation.glossary.entries import BadTerm, TermEntry, is_scope
from apps.translation.models import CaseRule, PartOfSpeech
from apps.translation.xml_errors import first_error

XML = "http://www.w3.org/XML/1998/namespace"
XML_LANG = f"{{{XML}}}lang"
NAMESPACE = "urn:iso:std:iso:30042:ed-2"
OURS = "papersite:"
PREFERRED, DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"

_ROOTS = ("martif", "tbx")
_CONCEPTS = ("termEntry", "conceptEntry")
_LANGUAGES = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
_PARTS = {name.lower(): name for name in PartOfSpeech.values}


@dataclass(frozen=True, slots=True)
class _TermInFile:
    """One term of a concept, in one language."""

    text: str
    status: str
    part_of_speech: str


def read_tbx(file: BinaryIO, *, source: str, target: str) -> Iterator[TermEntry]:
    """Read the entries of a TBX file one by one. Skips concepts without both languages.

    Args:
        file: an open file.
        source: the source language.
        target: the target language.

    Yields:
        The entries.

    Raises:
        BadTerm: the file is not well-formed or not TBX.
    """
    elements = etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, no_network=True
    )
    try:
        _event, root = next(elements)
        if _name(root) not in _ROOTS:
            raise BadTerm(_("This is not TBX: its root element is <%s>.") % _name(root))
        for event, element in elements:
            if event == "end" and _name(element) in _CONCEPTS:
                yield from _entries(element, source, target)
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError as error:
        raise BadTerm(
            _("The file is not well-formed XML: %s.") % first_error(elements, error)
        ) from error
    except StopIteration:
        raise BadTerm(_("The file is empty.")) from None


def write_tbx(
    file: BinaryIO, entries: Iterable[TermEntry], *, source: str, notes: Sequence[str] = ()
) -> int:
    """Write entries as TBX-Basic of 2019 (DCA).

    Args:
        file: an open file.
        entries: the entries.
        source: the language of the file.
        notes: about the whole file.

    Returns:
        The number of entries.
    """
    count = 0
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        root = {"type": "TBX-Basic", "style": "dca", XML_LANG: source}
        with xml.element("tbx", root, nsmap={None: NAMESPACE, "xml": XML}):
            header = etree.Element("tbxHeader")
            description = etree.SubElement(etree.SubElement(header, "fileDesc"), "sourceDesc")
            for text in ("papersite", *notes):
                etree.SubElement(description, "p").text = strip_invalid_xml(text)
            xml.write(header)
            with xml.element("text"), xml.element("body"):
                for entry in entries:
                    count += 1
                    xml.write("\n", _concept(entry, count))
    return count


def _name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _category(element: etree._Element) -> str:
    """Return the data category: the type in 2008 and DCA, the element's name in DCT."""
    return element.get("type") or _name(element)


def _text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext()).strip()


def _entries(concept: etree._Element, source: str, target: str) -> Iterator[TermEntry]:
    languages: dict[str, list[_TermInFile]] = {}
    about: list[tuple[str, str]] = []
    for element in concept.iter():
        if _name(element) in _LANGUAGES:
            code = (element.get(XML_LANG) or element.get("lang") or "").lower()
            languages.setdefault(code, []).extend(_terms(element))
        else:
            about.append((_category(element), _text(element)))
    there = [term for term in _in_language(languages, source) if not _is_forbidden(term)]
    renderings = _in_language(languages, target)
    allowed = [term for term in renderings if not _is_forbidden(term)]
    if not there or not allowed:
        return
    best = next((term for term in allowed if term.status.startswith("preferred")), allowed[0])
    forbidden = tuple(term.text for term in renderings if _is_forbidden(term))
    scope, note = _scope_and_note(about)
    own = dict(
        text.removeprefix(OURS).split("=", 1)
        for category, text in about
        if category == "projectSubset" and text.startswith(OURS) and "=" in text
    )
    for term in there:
        yield TermEntry(
            source_language=source,
            target_language=target,
            source=term.text,
            target=best.text,
            scope=scope,
            part_of_speech=_PARTS.get(term.part_of_speech.lower(), ""),
            forbidden=forbidden,
            case_rule=own.get("case_rule", CaseRule.ANY.value),
            note=note,
            licence=own.get("licence", ""),
            where=_("line %s") % concept.sourceline,
        )


def _terms(language: etree._Element) -> Iterator[_TermInFile]:
    for section in language.iter():
        if _name(section) not in _TERMS:
            continue
        term = next((item for item in section.iter() if _name(item) == "term"), None)
        if term is None or not _text(term):
            continue
        items = {_category(item): _text(item) for item in section.iter()}
        status = items.get("administrativeStatus") or items.get("normativeAuthorization") or ""
        yield _TermInFile(_text(term), status, items.get("partOfSpeech", ""))


def _in_language(languages: dict[str, list[_TermInFile]], wanted: str) -> list[_TermInFile]:
    """Return the terms in `wanted`, or in its variants, such as en-US for en."""
    exact = languages.get(wanted.lower())
    if exact is not None:
        return exact
    variants = (terms for code, terms in languages.items() if code.split("-")[0] == wanted)
    return [term for terms in variants for term in terms]


def _is_forbidden(term: _TermInFile) -> bool:
    return term.status.startswith(("deprecated", "superseded"))


def _scope_and_note(about: list[tuple[str, str]]) -> tuple[str, str]:
    """Return scope and note. Subjects that are not arXiv categories go into the note."""
    subjects = [text for category, text in about if category == "subjectField" and text]
    notes = [text for category, text in about if category in ("note", "definition") and text]
    scopes = [text for text in subjects if is_scope(text)]
    others = [text for text in subjects if not is_scope(text)]
    return " ".join(scopes), "\n".join([*others, *notes])


def _concept(entry: TermEntry, number: int) -> etree._Element:
    concept = etree.Element("conceptEntry", id=f"c{number}")
    if entry.scope:
        _add_item(concept, "descrip", "subjectField", entry.scope)
    if entry.case_rule != CaseRule.ANY:
        _add_item(concept, "admin", "projectSubset", f"{OURS}case_rule={entry.case_rule}")
    if entry.licence:
        _add_item(concept, "admin", "projectSubset", f"{OURS}licence={entry.licence}")
    if entry.note:
        etree.SubElement(concept, "note").text = entry.note
    source = _language(concept, entry.source_language)
    term = _add_term(source, entry.source)
    if entry.part_of_speech:
        _add_item(term, "termNote", "partOfSpeech", entry.part_of_speech)
    target = _language(concept, entry.target_language)
    _add_item(_add_term(target, entry.target), "termNote", "administrativeStatus", PREFERRED)
    for wrong in entry.forbidden:
        _add_item(_add_term(target, wrong), "termNote", "administrativeStatus", DEPRECATED)
    return concept


def _language(concept: etree._Element, code: str) -> etree._Element:
    return etree.SubElement(concept, "langSec", {XML_LANG: code})


def _add_term(language: etree._Element, text: str) -> etree._Element:
    section = etree.SubElement(language, "termSec")
    etree.SubElement(section, "term").text = text
    return section


def _add_item(element: etree._Element, name: str, category: str, text: str) -> None:
    etree.SubElement(element, name, type=category).text = text
