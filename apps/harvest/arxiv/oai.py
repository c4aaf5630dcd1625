"""arXiv's OAI-PMH 2.0: requests, pages, resumption tokens, protocol errors.

Protocol: https://www.openarchives.org/OAI/openarchivesprotocol.html.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from lxml import etree

from apps.harvest.arxiv.oai_records import OAI, UnknownFormat, parse_record
from apps.harvest.arxiv.pages import Rejection, StreamedPage
from apps.harvest.arxiv.record_fields import RejectedRecord
from apps.harvest.arxiv.responses import BadResponse, iter_elements
from apps.papers.records import PaperRecord, SourceFormat

_RECORD = f"{OAI}record"
_TOKEN = f"{OAI}resumptionToken"
_ERROR = f"{OAI}error"
_DAY = f"{OAI}responseDate"
_VERBS = {f"{OAI}ListRecords", f"{OAI}GetRecord"}
_OTHER_VERBS = {
    f"{OAI}{verb}" for verb in ("Identify", "ListIdentifiers", "ListMetadataFormats", "ListSets")
}
ROOT = f"{OAI}OAI-PMH"


class OaiError(Exception):
    """The server answered with an error of the protocol; `code` is the protocol's name for it."""

    def __init__(self, name: str, code: str, message: str) -> None:
        super().__init__(f"{name}: the server answered {code}: {message}")
        self.code = code


class BadResumptionToken(OaiError):
    """The server no longer knows the token: the list has to be read again from its beginning."""


def list_records_url(
    base_url: str,
    *,
    source_format: SourceFormat,
    set_spec: str = "",
    from_date: date | None = None,
    until_date: date | None = None,
) -> str:
    """Return the address of the first page of a list; days are datestamps, both included."""
    arguments = {"verb": "ListRecords", "metadataPrefix": source_format.value}
    if set_spec:
        arguments["set"] = set_spec
    if from_date:
        arguments["from"] = from_date.isoformat()
    if until_date:
        arguments["until"] = until_date.isoformat()
    return f"{base_url}?{urlencode(arguments)}"


def resumption_url(base_url: str, token: str) -> str:
    """Return the address of the page that a resumption token names."""
    return f"{base_url}?{urlencode({'verb': 'ListRecords', 'resumptionToken': token})}"


class OaiPage(StreamedPage):
    """One ListRecords or GetRecord response."""

    def items(self) -> Iterator[PaperRecord | Rejection]:
        """Yield records and rejections.

        Raises BadResponse, or OaiError for an error of the protocol other than noRecordsMatch,
        which is an empty list.
        """
        answered = False
        tags = (_RECORD, _TOKEN, _ERROR, _DAY, *_VERBS, *_OTHER_VERBS)
        what = "an OAI-PMH response"
        for element in iter_elements(self.stream, self.name, root=ROOT, tags=tags, what=what):
            if element.tag == _RECORD:
                yield self._item(element)
            elif element.tag == _TOKEN:
                self._read_token(element)
            elif element.tag == _DAY:
                self.response_day = _day(element.text)
            elif element.tag == _ERROR:
                self._read_error(element)
                answered = True
            elif element.tag in _VERBS:
                answered = True
            else:
                verb = etree.QName(element).localname
                raise BadResponse(
                    self.name, f"{verb} names no papers; they come with ListRecords and GetRecord."
                )
        if not answered:
            raise BadResponse(self.name, "it holds neither ListRecords nor an error.")

    def _item(self, element: etree._Element) -> PaperRecord | Rejection:
        try:
            return parse_record(element)
        except RejectedRecord as error:
            return Rejection(str(error))
        except UnknownFormat as error:
            raise BadResponse(
                self.name, f"its records are in the format {error}; ask for arXivRaw or arXiv."
            ) from error

    def _read_token(self, element: etree._Element) -> None:
        self.next_cursor = (element.text or "").strip() or None
        size = element.get("completeListSize", "")
        self.total = int(size) if size.isascii() and size.isdigit() else None

    def _read_error(self, element: etree._Element) -> None:
        code = element.get("code", "an error without a code")
        message = " ".join((element.text or "").split())
        if code == "noRecordsMatch":
            self.notes.append(f"{self.name}: the server answered noRecordsMatch: {message}")
        elif code == "badResumptionToken":
            raise BadResumptionToken(self.name, code, message)
        else:
            raise OaiError(self.name, code, message)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None
