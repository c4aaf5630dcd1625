r"""Papers as lines for PostgreSQL's COPY, in its text format.

The driver converts each value by its type, which takes five times as long. Format: tabs between
columns, \N for null, and backslash escapes
(https://www.postgresql.org/docs/current/sql-copy.html, "Text Format").
"""

from collections.abc import Iterator, Mapping, Sequence
from json.encoder import encode_basestring as json_string
from typing import Any

from apps.papers.store.drafts import Draft

PAPER_COLUMNS = (
    "id",
    "arxiv_id",
    "source_format",
    "latest_version",
    "title",
    "abstract",
    "authors",
    "comments",
    "journal_ref",
    "doi",
    "report_number",
    "licence_url",
    "primary_category",
    "categories",
    "submitted_at",
    "revised_at",
    "datestamp",
    "withdrawn_at",
    "text_fingerprint",
    "record_fingerprint",
    "harvested_at",
    "changed_at",
)
VERSION_COLUMNS = ("paper_id", "number", "submitted_at", "size_kb", "title", "abstract")
_NULL = r"\N"


def paper_line(draft: Draft, now: str) -> str:
    """Return the row of PAPER_COLUMNS of a new paper. now: when it is added, ISO 8601."""
    state = draft.state
    columns = (
        str(draft.pk),
        escape(draft.arxiv_id),
        state.source_format.value,
        str(state.latest_version),
        escape(state.title),
        escape(state.abstract),
        escape(authors_json(state.authors)),
        escape(state.comments),
        escape(state.journal_ref),
        escape(state.doi),
        escape(state.report_number),
        escape(state.licence_url),
        escape(state.primary_category),
        escape(array_literal(state.categories)),
        str(state.submitted_at),
        str(state.revised_at),
        _NULL if state.datestamp is None else str(state.datestamp),
        _NULL if state.withdrawn_at is None else str(state.withdrawn_at),
        draft.text_fingerprint,
        draft.last_record,
        now,
        now,
    )
    return "\t".join(columns) + "\n"


def version_lines(draft: Draft) -> Iterator[str]:
    """Yield the rows of VERSION_COLUMNS of a new paper."""
    for number, version in draft.versions.items():
        size = _NULL if version.size_kb is None else version.size_kb
        texts = f"{escape(version.title)}\t{escape(version.abstract)}"
        yield f"{draft.pk}\t{number}\t{version.submitted_at}\t{size}\t{texts}\n"


def escape(text: str) -> str:
    """Escape a text for a column of COPY."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if text.isprintable():
        return text
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def array_literal(texts: Sequence[str]) -> str:
    """Return a PostgreSQL array literal with each text in quotes."""
    if not texts:
        return "{}"
    inside = '","'.join([text.replace("\\", "\\\\").replace('"', '\\"') for text in texts])
    return f'{{"{inside}"}}'


def authors_json(authors: Sequence[Mapping[str, Any]]) -> str:
    """Return the JSON of authors from `apps.papers.store.merge.authors_as_json`."""
    return f"[{','.join(map(_author_json, authors))}]"


def _author_json(author: Mapping[str, Any]) -> str:
    places = ",".join(map(json_string, author["affiliations"]))
    return (
        f'{{"name":{json_string(author["name"])},"keyname":{json_string(author["keyname"])},'
        f'"forenames":{json_string(author["forenames"])},'
        f'"suffix":{json_string(author["suffix"])},"affiliations":[{places}]}}'
    )
