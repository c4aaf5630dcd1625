"""Small responses in arXiv's formats, with invented papers."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

NOW = datetime(2025, 3, 2, 1, 15, tzinfo=UTC)
"""The responseDate of the responses."""

OAI_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    "<responseDate>2025-03-02T01:15:00Z</responseDate>"
    '<request verb="ListRecords">http://oaipmh.arxiv.org/oai</request>'
)
RAW = 'arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"'
ARXIV = 'arXiv xmlns="http://arxiv.org/OAI/arXiv/"'


def identifier(number: int) -> str:
    """The identifier of an invented paper."""
    return f"2502.{number:05d}"


def raw_metadata(number: int = 1, versions: int = 1, **said: str) -> str:
    """The arXivRaw element of a paper; `said` replaces or adds fields, "" omits one."""
    fields = {
        "id": identifier(number),
        "submitter": "Ana Garcia",
        "title": f"On trees, part {number}",
        "authors": "Ana Garc\\'{\\i}a (CSIC), Bo Li",
        "categories": "cs.CL cs.LG",
        "comments": "12 pages",
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": "  We grow $\\alpha$-trees in Schr\\\"odinger's garden.",
    } | {name.replace("_", "-"): text for name, text in said.items()}
    stamps = "".join(
        f'<version version="v{n}"><date>Mon, {2 + n:02d} Feb 2025 10:20:30 GMT</date>'
        f"<size>{10 * n}kb</size><source_type>D</source_type></version>"
        for n in range(1, versions + 1)
    )
    body = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items() if text)
    return f"<{RAW}>{stamps}{body}</arXivRaw>"


def record(metadata: str, number: int = 1, datestamp: str = "2025-03-01") -> str:
    """A record around a metadata element."""
    return (
        f"<record><header><identifier>oai:arXiv.org:{identifier(number)}</identifier>"
        f"<datestamp>{datestamp}</datestamp><setSpec>cs:cs:CL</setSpec></header>"
        f"<metadata>{metadata}</metadata></record>"
    )


def page(*records: str, token: str | None = None) -> bytes:
    """A ListRecords response; `token` "" is the empty element that ends a list."""
    end = "" if token is None else f"<resumptionToken>{escape(token)}</resumptionToken>"
    return f"{OAI_HEAD}<ListRecords>{''.join(records)}{end}</ListRecords></OAI-PMH>".encode()


def papers(*numbers: int, token: str | None = None) -> bytes:
    """A page with these papers."""
    return page(*(record(raw_metadata(n), n) for n in numbers), token=token)


def error(code: str, message: str = "Reason: none.") -> bytes:
    """A response with an OAI-PMH error."""
    return f"{OAI_HEAD}<error code='{code}'>{message}</error></OAI-PMH>".encode()


def entry(number: int, version: int = 1) -> str:
    """An entry of the API."""
    return (
        f"<entry><id>http://arxiv.org/abs/{identifier(number)}v{version}</id>"
        f"<title>On trees, part {number}</title><updated>2025-02-{3 + version:02d}T10:20:30Z"
        "</updated><published>2025-02-04T10:20:30Z</published>"
        "<summary>We grow $\\alpha$-trees.</summary>"
        '<category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>'
        '<category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>'
        '<category term="68T50; I.2.7" scheme="http://arxiv.org/schemas/atom"/>'
        '<arxiv:primary_category term="cs.CL"/><arxiv:comment>12 pages</arxiv:comment>'
        "<author><name>Ana Garc\u00eda</name><arxiv:affiliation>CSIC</arxiv:affiliation></author>"
        "<author><name>Bo Li</name></author></entry>"
    )


def feed(*entries: str, total: int) -> bytes:
    """A response of the API."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"<id>x</id><title>arXiv Query</title><opensearch:totalResults>{total}"
        f"</opensearch:totalResults>{''.join(entries)}</feed>"
    ).encode()


API_ERROR = (
    b'<feed xmlns="http://www.w3.org/2005/Atom" '
    b'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
    b"<opensearch:totalResults>1</opensearch:totalResults><entry>"
    b"<id>http://arxiv.org/api/errors#start_must_be_non-negative</id><title>Error</title>"
    b"<summary>start must be non-negative</summary></entry></feed>"
)
