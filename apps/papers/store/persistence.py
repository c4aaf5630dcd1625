"""Reads and writes papers in bulk, for the services of `apps.papers.store` only."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain

from django.db import connection

from apps.papers.models import Paper, PaperChange, PaperVersion
from apps.papers.records import SourceFormat
from apps.papers.store.copy_format import PAPER_COLUMNS, VERSION_COLUMNS, paper_line, version_lines
from apps.papers.store.drafts import Draft
from apps.papers.store.merge import PaperState, VersionState

# Any number that no other advisory lock of this database uses.
_LOCK = 0x70617065
_STATE_COLUMNS = tuple(PaperState.__dataclass_fields__)
_STORED_COLUMNS = ("id", "arxiv_id", "record_fingerprint", "harvested_at", "changed_at")
_UPDATED_COLUMNS = (*_STATE_COLUMNS, "text_fingerprint", "record_fingerprint", "changed_at")
_ROWS_PER_STATEMENT = 500


def lock_paper_writes() -> None:
    """Take the lock of this transaction, so that only one at a time stores papers.

    So new papers can be copied into the table: no other transaction adds the same paper meanwhile.
    A batch takes a fraction of a second; arXiv sends at most one every three seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def stored_fingerprints(arxiv_ids: Collection[str]) -> dict[str, str]:
    """Return the fingerprint of the last record of each stored paper, by arXiv identifier."""
    # One array instead of the ORM's hundreds of parameters, which take longer than the query.
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT arxiv_id, record_fingerprint FROM "{Paper._meta.db_table}" '
            "WHERE arxiv_id = ANY(%s)",
            [list(arxiv_ids)],
        )
        return dict(cursor.fetchall())


def load_drafts(arxiv_ids: Collection[str]) -> dict[str, Draft]:
    """Return these stored papers with their versions, by arXiv identifier."""
    rows = (
        Paper.objects.filter(arxiv_id__in=arxiv_ids)
        .order_by()
        .values_list(*_STORED_COLUMNS, *_STATE_COLUMNS)
    )
    drafts = {}
    for pk, arxiv_id, last_record, harvested_at, changed_at, source_format, *columns in rows:
        state = PaperState(SourceFormat(source_format), *columns)
        drafts[pk] = Draft(arxiv_id, state, {}, last_record, pk, harvested_at, changed_at)
    versions = PaperVersion.objects.filter(paper_id__in=drafts).order_by()
    for pk, number, *columns in versions.values_list(*VERSION_COLUMNS):
        drafts[pk].versions[number] = VersionState(*columns)
    return {draft.arxiv_id: draft for draft in drafts.values()}


def add_papers(drafts: Sequence[Draft], now: datetime) -> None:
    """Insert new papers with their versions by COPY, and set their pk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Paper._meta.db_table, len(drafts)],
        )
        for draft, (pk,) in zip(drafts, cursor.fetchall(), strict=True):
            draft.pk = pk
    moment = now.isoformat()
    papers = (paper_line(draft, moment) for draft in drafts)
    versions = chain.from_iterable(map(version_lines, drafts))
    _copy(Paper._meta.db_table, PAPER_COLUMNS, papers)
    _copy(PaperVersion._meta.db_table, VERSION_COLUMNS, versions)


def _copy(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    block = "".join(lines).encode()
    statement = f'COPY "{table}" ({names}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(block)


def update_papers(drafts: Sequence[Draft], now: datetime) -> None:
    """Update papers and their changed versions; `changed_at` moves only with a visible change."""
    # An upsert by primary key is one statement for many rows; bulk_update is slower.
    Paper.objects.bulk_create(
        [_paper(draft, now) for draft in drafts],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_UPDATED_COLUMNS,
        batch_size=_ROWS_PER_STATEMENT,
    )
    PaperVersion.objects.bulk_create(
        [_version(draft, number) for draft in drafts for number in sorted(draft.changed_versions)],
        update_conflicts=True,
        unique_fields=["paper", "number"],
        update_fields=["submitted_at", "size_kb", "title", "abstract"],
        batch_size=_ROWS_PER_STATEMENT,
    )


def add_changes(drafts: Iterable[Draft], now: datetime) -> None:
    """Append the changes of stored papers."""
    PaperChange.objects.bulk_create(
        [
            PaperChange(
                paper_id=_pk(draft),
                kind=change.kind,
                before=change.before,
                after=change.after,
                seen_at=now,
            )
            for draft in drafts
            for change in draft.changes
        ],
        batch_size=_ROWS_PER_STATEMENT,
    )


def _pk(draft: Draft) -> int:
    assert draft.pk is not None
    return draft.pk


def _paper(draft: Draft, now: datetime) -> Paper:
    assert draft.harvested_at is not None
    assert draft.changed_at is not None
    state = {name: getattr(draft.state, name) for name in _STATE_COLUMNS}
    return Paper(
        pk=_pk(draft),
        arxiv_id=draft.arxiv_id,
        text_fingerprint=draft.text_fingerprint,
        record_fingerprint=draft.last_record,
        harvested_at=draft.harvested_at,
        changed_at=now if draft.is_changed else draft.changed_at,
        **state,
    )


def _version(draft: Draft, number: int) -> PaperVersion:
    version = draft.versions[number]
    return PaperVersion(
        paper_id=_pk(draft),
        number=number,
        submitted_at=version.submitted_at,
        size_kb=version.size_kb,
        title=version.title,
        abstract=version.abstract,
    )
