"""Indexing: keeps one search document for each published translation, and no others."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.discovery.models import SearchDocument
from apps.discovery.search.documents import document_of
from apps.discovery.search.lexicon import add_counts, entry_counts
from apps.translation.models import Translation

_WRITTEN = (
    "paper", "language", "submitted_at", "categories", "is_reviewed", "words", "title",
    "translation_updated_at", "paper_changed_at",
)  # fmt: skip


def without_document(changed_since: datetime | None) -> QuerySet[Translation]:
    """Select published translations whose search document is missing or out of date.

    Args:
        changed_since: Only translations changed since then, or whose papers were; None for all.

    Returns:
        The translations, in no fixed order.
    """
    current = SearchDocument.objects.filter(
        translation=OuterRef("pk"),
        translation_updated_at=OuterRef("updated_at"),
        paper_changed_at=OuterRef("paper__changed_at"),
    )
    listed = Translation.objects.listed().filter(~Exists(current))
    return listed if changed_since is None else listed.filter(_changed(changed_since))


def documents_to_remove(changed_since: datetime | None) -> QuerySet[SearchDocument]:
    """Select the documents of translations that are no longer published."""
    listed = Translation.objects.listed().filter(pk=OuterRef("pk"))
    documents = SearchDocument.objects.filter(~Exists(listed))
    if changed_since is not None:
        changed = Translation.objects.filter(_changed(changed_since))
        documents = documents.filter(translation__in=changed.values("pk"))
    return documents


def _changed(since: datetime) -> Q:
    # Two queries that each use an index; one query with OR would read every row.
    by_paper = Translation.objects.filter(paper__changed_at__gte=since).values("pk")
    by_itself = Translation.objects.filter(updated_at__gte=since).values("pk")
    return Q(pk__in=by_itself.union(by_paper))


@transaction.atomic
def index_batch(*, changed_since: datetime | None, limit: int = 100) -> int:
    """Write the documents of up to `limit` translations and return how many.

    The translations stay locked until the end, so other workers skip them.
    """
    translations = list(
        without_document(changed_since)
        .select_related("paper")
        .order_by("-pk")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)[:limit]
    )
    if not translations:
        return 0
    keys = [translation.pk for translation in translations]
    before = entry_counts(keys)
    SearchDocument.objects.bulk_create(
        [document_of(translation) for translation in translations],
        update_conflicts=True,
        unique_fields=["translation"],
        update_fields=_WRITTEN,
    )
    after = entry_counts(keys)
    after.subtract(before)
    add_counts(after)
    return len(translations)


@transaction.atomic
def remove_batch(*, changed_since: datetime | None, limit: int = 500) -> int:
    """Remove up to `limit` documents of unpublished translations and return how many."""
    keys: Sequence[int] = list(
        documents_to_remove(changed_since)
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("pk", flat=True)[:limit]
    )
    if not keys:
        return 0
    gone = entry_counts(keys)
    SearchDocument.objects.filter(pk__in=keys).delete()
    gone.subtract({entry: 2 * count for entry, count in gone.items()})
    add_counts(gone)
    return len(keys)
