"""Rows of the site's tables, made and copied in quickly."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import AutoField, Model
from numpy.typing import NDArray
from pgvector import HalfVector

from apps.discovery.embedders import embedder
from apps.discovery.embeddings.embed import space_of
from apps.discovery.models import Embedding, Score
from apps.papers.models import Paper, PaperVersion
from apps.papers.records import SourceFormat
from apps.papers.store.fingerprints import fingerprint, text_fingerprint
from apps.translation.models import Segment, SegmentField, SegmentOrigin, SegmentState, Translation
from apps.translation.status import TranslationStatus

LANGUAGE = "ja"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(days=30)


def paper_of(record: dict[str, Any], key: int | None = None) -> Paper:
    """Return the paper of a record (see `corpus.py`) as a harvest stored it a month ago."""
    submitted = datetime.fromisoformat(f"{record['published']}T12:00:00+00:00")
    return Paper(
        id=key,
        arxiv_id=record["arxiv_id"],
        source_format=SourceFormat.ARXIV_RAW,
        latest_version=1,
        title=record["title"],
        abstract=record["abstract"],
        authors=[{"name": name, "affiliations": []} for name in record["authors"]],
        comments=record.get("comments") or "",
        primary_category=(record["categories"] or [""])[0],
        categories=record["categories"],
        submitted_at=submitted,
        revised_at=submitted,
        text_fingerprint=text_fingerprint(record["title"], record["abstract"]),
        record_fingerprint=fingerprint(record["arxiv_id"]),
        harvested_at=BEFORE,
        changed_at=BEFORE,
    )


def papers_of(records: Iterable[dict[str, Any]], first: int = 1) -> list[Paper]:
    """Return the papers of records, with keys from `first` on."""
    return [paper_of(record, key) for key, record in enumerate(records, first)]


def versions_of(papers: Iterable[Paper]) -> Iterator[PaperVersion]:
    """Give out the versions of papers, the later ones 40 days apart."""
    for paper in papers:
        for number in range(1, paper.latest_version + 1):
            moment = paper.submitted_at + timedelta(days=40 * (number - 1))
            yield PaperVersion(
                paper_id=paper.pk, number=number, submitted_at=moment, size_kb=paper.pk % 900
            )


def translation_of(paper: Paper, title: str, abstract: str, **fields: Any) -> Translation:
    """Return a published translation with the paper's key; `fields` replace the defaults."""
    defaults: dict[str, Any] = {
        "summary": "要約である。",
        "status": TranslationStatus.PUBLISHED,
        "created_at": BEFORE,
        "updated_at": BEFORE,
        "published_at": BEFORE,
    }
    return Translation(
        id=paper.pk,
        paper=paper,
        language=LANGUAGE,
        version=1,
        source_fingerprint=paper.text_fingerprint,
        title=title,
        abstract=abstract,
        **defaults | fields,
    )


def segments_of(key: int, pairs: Sequence[tuple[str, str]], **fields: Any) -> Iterator[Segment]:
    """Give out the segments of a translation: (source, target) of its title, then of sentences."""
    defaults: dict[str, Any] = {
        "state": SegmentState.DONE,
        "origin": SegmentOrigin.MACHINE,
        "engine": "bergamot",
        "engine_version": "enja@1",
        "claimable_at": BEFORE,
        "translated_at": BEFORE,
    }
    for place, (source, text) in enumerate(pairs):
        own = {"machine_text": text, "text": text, "source_hash": f"{key:024x}{place:08x}"}
        yield Segment(
            translation_id=key,
            field=SegmentField.ABSTRACT if place else SegmentField.TITLE,
            position=max(place - 1, 0),
            source=source,
            **defaults | own | fields,
        )


def score_of(key: int, value: float, components: Sequence[dict[str, Any]] = ()) -> Score:
    """Return the score of a paper under the formula in force."""
    return Score(
        paper_id=key,
        formula=settings.SCORE_FORMULA,
        value=min(100.0, max(0.0, value)),
        components=list(components),
        scored_at=BEFORE,
    )


def embeddings_of(
    papers: Iterable[Paper],
    vectors: Iterable[NDArray],
    space: str | None = None,
    related_at: datetime | None = BEFORE,
) -> Iterator[Embedding]:
    """Give out a vector for each paper, in the space of the embedder of the settings if not named.

    Vectors may be more than papers: those that are left over stay in their iterator.
    """
    space = space or space_of(embedder())
    vectors = iter(vectors)
    for paper in papers:
        yield Embedding(
            paper_id=paper.pk,
            vector=HalfVector(next(vectors)),
            embedder=space,
            text_fingerprint=paper.text_fingerprint,
            embedded_at=BEFORE,
            related_at=related_at,
        )


def copy_in(rows: Iterable[Model]) -> int:
    """COPY unsaved rows of one model, keys included where they have any; return how many."""
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
    columns = ", ".join(quote(str(field.column)) for field in fields)
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
            table, column = first._meta.db_table, str(first._meta.pk.column)
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), "
                f"(SELECT max({quote(column)}) FROM {quote(table)}))",
                [table, column],
            )
    return count


@contextlib.contextmanager
def without_index(model: type[Model], name: str) -> Iterator[None]:
    """Drop an index while rows are copied in, and build it again at the end."""
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
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
