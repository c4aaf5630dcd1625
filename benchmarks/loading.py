"""An empty database for a benchmark, and ways to fill it quickly."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from harvest import databases

if TYPE_CHECKING:
    from django.db.models import Model

    from apps.papers.models import Paper

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@contextlib.contextmanager
def empty_database() -> Iterator[None]:
    """Make a test database with all tables, on the server of DATABASE_URL or one of our own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")
    with databases():
        import django

        django.setup()
        from django.db import connection

        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def paper_of(record: dict[str, Any], key: int) -> "Paper":
    """Return the paper of a record (see `corpus.py`) as a harvest would store it."""
    from apps.papers.models import Paper
    from apps.papers.records import SourceFormat
    from apps.papers.store.fingerprints import fingerprint, text_fingerprint

    submitted = moment_of(record.get("published"))
    # Some records have the classes of other schemes among the categories.
    categories = [code for code in record["categories"] or [] if len(code) < 20 and " " not in code]
    return Paper(
        id=key,
        arxiv_id=record["arxiv_id"],
        source_format=SourceFormat.ARXIV_RAW,
        latest_version=1,
        title=record["title"],
        abstract=record["abstract"],
        authors=[{"name": name, "affiliations": []} for name in record["authors"] or []],
        comments=record.get("comments") or "",
        primary_category=categories[0] if categories else "",
        categories=categories,
        submitted_at=submitted,
        revised_at=submitted,
        text_fingerprint=text_fingerprint(record["title"], record["abstract"]),
        record_fingerprint=fingerprint(record["arxiv_id"]),
        harvested_at=NOW - timedelta(days=30),
        changed_at=NOW - timedelta(days=30),
    )


def moment_of(day: str | None) -> datetime:
    """Return noon of a day written as 2025-02-28; of some day where there is none."""
    try:
        return datetime.fromisoformat(f"{str(day)[:10]}T12:00:00+00:00")
    except ValueError:
        return datetime(2009, 9, 9, 12, tzinfo=UTC)


def copy_in(rows: "Iterable[Model]") -> int:
    """COPY unsaved rows of one model, keys included where they have any; return how many."""
    from django.db import connection, transaction
    from django.db.models import AutoField

    count = 0
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    fields = [
        field
        for field in first._meta.concrete_fields
        if first.pk is not None or not isinstance(field, AutoField)
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    statement = f"COPY {quote(first._meta.db_table)} ({columns}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            row: Model | None = first
            while row is not None:
                copy.write_row(
                    [
                        field.get_db_prep_save(getattr(row, field.attname), connection)
                        for field in fields
                    ]
                )
                count += 1
                row = next(rows, None)
        if isinstance(first._meta.pk, AutoField):
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), "
                f"(SELECT max({quote(first._meta.pk.column)}) FROM {quote(first._meta.db_table)}))",
                [first._meta.db_table, first._meta.pk.column],
            )
    return count


@contextlib.contextmanager
def without_index(model: "type[Model]", name: str) -> Iterator[None]:
    """Drop an index while rows are copied in, and build it again at the end."""
    from django.db import connection

    (index,) = [index for index in model._meta.indexes if index.name == name]
    with connection.schema_editor() as editor:
        editor.remove_index(model, index)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
    with connection.schema_editor() as editor:
        editor.add_index(model, index)


def settle() -> None:
    """Bring the statistics of all tables up to date, as autovacuum would in its time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
