"""The answers to the six verbs, as XML."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from lxml import etree

from apps.core.keyset import Page, Position
from apps.public.models import PublicRecord
from apps.public.oai.elements import add_element, root_element, timestamp
from apps.public.oai.formats import FORMATS, Format
from apps.public.oai.items import Item, find_record, load_items
from apps.public.oai.protocol import RESUMPTION, OaiProblem, OaiRequest
from apps.public.oai.provenance import provenance
from apps.public.oai.selection import (
    BY_DATESTAMP,
    Selection,
    read_token,
    require_format,
    write_token,
)
from apps.public.records.sets import sets_in

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
RECORDS_AT_ONCE = 100
HEADERS_AT_ONCE = 1000


def empty_answer(base_url: str, *, now: datetime, request: OaiRequest | None) -> etree._Element:
    """Return an answer without content. request: None if the request was invalid."""
    element = root_element(NAMESPACE, "OAI-PMH", SCHEMA)
    add_element(element, "responseDate", timestamp(now))
    asked = {} if request is None else {"verb": request.verb, **request.arguments}
    add_element(element, "request", base_url, **asked)
    return element


def add_problem(element: etree._Element, problem: OaiProblem) -> None:
    """Add an error to an answer."""
    add_element(element, "error", str(problem), code=problem.code)


def add_answer(element: etree._Element, request: OaiRequest, *, now: datetime) -> None:
    """Add the content to an answer. Raises OaiProblem."""
    _ANSWERS[request.verb](element, request, now)


def _identify(element: etree._Element, request: OaiRequest, now: datetime) -> None:
    answer = _add_verb(element, request)
    base_url = element.findtext(f"{{{NAMESPACE}}}request") or ""
    first = PublicRecord.objects.values_list("datestamp", flat=True).first()
    add_element(answer, "repositoryName", settings.SITE_NAME)
    add_element(answer, "baseURL", base_url)
    add_element(answer, "protocolVersion", "2.0")
    add_element(answer, "adminEmail", settings.CONTACT_EMAIL or "nobody@example.invalid")
    add_element(answer, "earliestDatestamp", timestamp(first or now))
    add_element(answer, "deletedRecord", "persistent")
    add_element(answer, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    add_element(answer, "compression", "gzip")


def _list_formats(element: etree._Element, request: OaiRequest, now: datetime) -> None:
    if "identifier" in request.arguments:
        _require_record(request.arguments["identifier"])
    answer = _add_verb(element, request)
    for offered in FORMATS.values():
        entry = etree.SubElement(answer, f"{{{NAMESPACE}}}metadataFormat")
        add_element(entry, "metadataPrefix", offered.prefix)
        add_element(entry, "schema", offered.schema_url)
        add_element(entry, "metadataNamespace", offered.namespace)


def _list_sets(element: etree._Element, request: OaiRequest, now: datetime) -> None:
    if request.token is not None:
        raise OaiProblem("badResumptionToken", "ListSets gives all sets at once, without a token.")
    answer = _add_verb(element, request)
    for found in sets_in(settings.LANGUAGE_CODE):
        entry = etree.SubElement(answer, f"{{{NAMESPACE}}}set")
        add_element(entry, "setSpec", found.spec)
        add_element(entry, "setName", found.name)


def _list_identifiers(element: etree._Element, request: OaiRequest, now: datetime) -> None:
    page, _format, finish = _page(request, size=HEADERS_AT_ONCE)
    answer = _add_verb(element, request)
    for record in page.rows:
        _add_header(answer, Item(record), is_deleted=record.is_deleted)
    finish(answer)


def _list_records(element: etree._Element, request: OaiRequest, now: datetime) -> None:
    page, wanted, finish = _page(request, size=RECORDS_AT_ONCE)
    answer = _add_verb(element, request)
    _add_records(answer, page.rows, wanted)
    finish(answer)


def _get_record(element: etree._Element, request: OaiRequest, now: datetime) -> None:
    prefix = request.arguments["metadataPrefix"]
    record = _require_record(request.arguments["identifier"])
    require_format(prefix)
    _add_records(_add_verb(element, request), [record], FORMATS[prefix])


_Answer = Callable[[etree._Element, OaiRequest, datetime], None]
_ANSWERS: dict[str, _Answer] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
    "GetRecord": _get_record,
}


def _add_verb(element: etree._Element, request: OaiRequest) -> etree._Element:
    return etree.SubElement(element, f"{{{NAMESPACE}}}{request.verb}")


def _require_record(identifier: str) -> PublicRecord:
    record = find_record(identifier)
    if record is None:
        raise OaiProblem(
            "idDoesNotExist",
            "This site has no such record. ListIdentifiers has the identifiers of all.",
        )
    return record


def _page(
    request: OaiRequest, *, size: int
) -> tuple[Page[PublicRecord], Format, Callable[[etree._Element], Any]]:
    after: Position | None = None
    seen = 0
    if request.token is None:
        selection = Selection.from_request(request)
    else:
        selection, after, seen = read_token(request.token)
    # A record that changes during a harvest moves to the end of the list.
    page = BY_DATESTAMP.page(selection.records().select_related("paper"), after, size=size)
    if not page.rows:
        if after is not None:
            raise OaiProblem("badResumptionToken", "This list has no more records. Start it again.")
        raise OaiProblem("noRecordsMatch", "Nothing here matches. Widen the dates or the set.")

    def finish(answer: etree._Element) -> None:
        if page.next is not None or after is not None:
            token = "" if page.next is None else write_token(selection, page.next, seen + size)
            add_element(answer, RESUMPTION, token, cursor=str(seen))

    return page, FORMATS[selection.prefix], finish


def _add_records(answer: etree._Element, records: Sequence[PublicRecord], wanted: Format) -> None:
    for item in load_items(records):
        element = etree.SubElement(answer, f"{{{NAMESPACE}}}record")
        _add_header(element, item, is_deleted=item.paper is None)
        if item.paper is None:
            continue
        metadata = etree.SubElement(element, f"{{{NAMESPACE}}}metadata")
        metadata.append(wanted.write(item.paper, item.notices))
        if (origin := provenance(item.paper.paper)) is not None:
            etree.SubElement(element, f"{{{NAMESPACE}}}about").append(origin)


def _add_header(parent: etree._Element, item: Item, *, is_deleted: bool) -> None:
    header = etree.SubElement(parent, f"{{{NAMESPACE}}}header")
    if is_deleted:
        header.set("status", "deleted")
    add_element(header, "identifier", item.identifier)
    add_element(header, "datestamp", timestamp(item.record.datestamp))
    for spec in item.record.sets:
        add_element(header, "setSpec", spec)
