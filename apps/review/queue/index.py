"""Keeps the review queue: one entry for each translation that may need a person, and no others.

The queue is a stage of the pipeline: `to_refresh` finds entries that are out of date, for whatever
reason. In addition, the services of review write the entries of the translations they change in the
same transaction, so that an editor's counts are right at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from apps.discovery.models import Score, day_of
from apps.discovery.selectors import scores_of
from apps.review.models import ListedDay, QueueEntry, QueueTitle, Suggestion, SuggestionState
from apps.review.models.queue import RISKIEST_FIRST
from apps.review.queue.filters import QueueFilter
from apps.review.queue.priority import Doubt, priority
from apps.review.queue.title_search import title_words
from apps.translation.models import Finding, FindingSeverity, Segment, Translation
from apps.translation.status import TranslationStatus

NEEDS_A_PERSON = (
    TranslationStatus.HELD,
    TranslationStatus.READY,
    TranslationStatus.UNPUBLISHED,
    TranslationStatus.PUBLISHED,
)
READERS_SPAN = timedelta(days=28)

_IN_QUEUE = Q(status__in=[*NEEDS_A_PERSON, TranslationStatus.REVIEWED]) & (
    Q(queue_entry__open_suggestions__gt=0)
    | Q(paper__withdrawn_at__isnull=True)
    & ~Q(status=TranslationStatus.REVIEWED, source_fingerprint=F("paper__text_fingerprint"))
)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = [field.name for field in QueueEntry._meta.concrete_fields if not field.primary_key]


def to_refresh(changed_since: datetime | None) -> QuerySet[Translation]:
    """Return the translations whose entry is missing, out of date or no longer needed.

    Args:
        changed_since: looks only at translations without a score and at those that changed since
            then, or whose paper did; None looks at all.
    """
    score = Score.objects.filter(paper=OuterRef("paper"), formula=settings.SCORE_FORMULA)
    scored_at = Coalesce(
        OuterRef("queue_entry__scored_at"), Value(_NEVER, output_field=DateTimeField())
    )
    current = (
        Q(queue_entry__isnull=False)
        & Q(queue_entry__translation_updated_at=F("updated_at"))
        & Q(queue_entry__paper_changed_at=F("paper__changed_at"))
        & ~Exists(score.exclude(scored_at=scored_at))
    )
    found = Translation.objects.filter(
        _IN_QUEUE & ~current | ~_IN_QUEUE & Q(queue_entry__isnull=False)
    )
    return found if changed_since is None else found.filter(_changed(changed_since))


def _changed(since: datetime) -> Q:
    # Each of these queries uses an index; one query with OR would read every row.
    by_translation = Translation.objects.filter(updated_at__gte=since).values("pk")
    by_paper = Translation.objects.filter(paper__changed_at__gte=since).values("pk")
    unscored = QueueEntry.objects.filter(scored_at__isnull=True).values("pk")
    return Q(pk__in=by_translation.union(by_paper, unscored))


@transaction.atomic
def refresh_batch(*, changed_since: datetime | None, now: datetime, limit: int = 200) -> int:
    """Refresh up to `limit` entries and return their number; skip what other workers hold."""
    keys = list(
        to_refresh(changed_since)
        .order_by("-pk")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .values_list("pk", flat=True)[:limit]
    )
    refresh_entries(keys, now=now)
    return len(keys)


def refresh_entries(translation_keys: Collection[int], *, now: datetime) -> None:
    """Write the entries of these translations; delete those of translations that need no person.

    The caller's transaction has locked the translations. The number of queries does not depend on
    the number of translations.
    """
    if not translation_keys:
        return
    found = Translation.objects.filter(pk__in=translation_keys).select_related("paper")
    suggestions = _open_suggestions(translation_keys)
    wanted = [item for item in found if _needs_a_person(item, suggestions.get(item.pk, 0))]
    keys = [item.pk for item in wanted]
    QueueEntry.objects.filter(pk__in=translation_keys).exclude(pk__in=keys).delete()
    if not wanted:
        return
    findings, engines = _names_of_findings(keys), _engines_of(keys)
    scores = scores_of(item.paper_id for item in wanted)
    papers = _papers_of_categories(wanted, now)
    entries = [
        _entry(
            item,
            findings[item.pk],
            engines=sorted(engines[item.pk]),
            score=scores.get(item.paper_id),
            papers_of_category=papers.get((item.language, item.paper.primary_category), 0),
            open_suggestions=suggestions.get(item.pk, 0),
        )
        for item in wanted
    ]
    QueueEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["translation"], update_fields=_WRITTEN
    )
    QueueTitle.objects.bulk_create(
        [
            QueueTitle(
                entry_id=item.pk,
                words=title_words(item.title, item.paper.title, item.paper.arxiv_id),
            )
            for item in wanted
        ],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["words"],
    )


def next_entry(
    *, editor: User, query: Mapping[str, str], after: int | None, now: datetime
) -> QueueEntry | None:
    """Find the riskiest entry of a list that no other editor has claimed.

    Args:
        editor: the editor who asks; their own claims count as free.
        query: the parameters of the queue's address.
        after: start behind this translation; if it has left the queue, only exclude it.
        now: the current time.

    Returns:
        The entry; None at the end of the list.

    Raises:
        BadFilter: a parameter has an impossible value.
    """
    entries = QueueFilter.parse(query).entries(editor=editor, now=now).free_for(editor, now)
    if after is not None:
        before = QueueEntry.objects.filter(pk=after).first()
        if before is None:
            entries = entries.exclude(pk=after)
        else:
            entries = RISKIEST_FIRST.after(entries, RISKIEST_FIRST.position_of(before))
    return entries.riskiest_first().first()


def _needs_a_person(translation: Translation, open_suggestions: int) -> bool:
    """Apply the rule of `_IN_QUEUE` to a loaded row."""
    if translation.status not in (*NEEDS_A_PERSON, TranslationStatus.REVIEWED):
        return False
    if open_suggestions:
        return True
    return not translation.paper.is_withdrawn and not (
        translation.is_reviewed and not translation.is_stale
    )


def _entry(
    translation: Translation,
    findings: Mapping[str, list[str]],
    *,
    engines: list[str],
    score: Score | None,
    papers_of_category: int,
    open_suggestions: int,
) -> QueueEntry:
    paper = translation.paper
    blocking = findings.get(FindingSeverity.BLOCKING, [])
    others = [
        name
        for severity, names in findings.items()
        if severity != FindingSeverity.BLOCKING
        for name in names
    ]
    doubt = Doubt(len(blocking), len(others), open_suggestions, translation.is_stale)
    return QueueEntry(
        translation=translation,
        language=translation.language,
        category=paper.primary_category,
        categories=paper.categories,
        day=day_of(paper.submitted_at),
        status=translation.status,
        blocking=sorted(set(blocking)),
        others=sorted(set(others) - set(blocking)),
        blocking_count=len(blocking),
        other_count=len(others),
        engines=engines,
        is_stale=translation.is_stale,
        open_suggestions=open_suggestions,
        score=None if score is None else score.value,
        scored_at=None if score is None else score.scored_at,
        priority=priority(
            doubt,
            score=None if score is None else score.value,
            papers_of_category=papers_of_category,
            is_public=translation.is_public,
            submitted_at=paper.submitted_at,
        ),
        translation_updated_at=translation.updated_at,
        paper_changed_at=paper.changed_at,
    )


def _names_of_findings(keys: Collection[int]) -> Mapping[int, Mapping[str, list[str]]]:
    """Return translation -> severity -> names of findings."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Finding.objects.filter(translation__in=keys)
    for key, severity, name in rows.values_list("translation", "severity", "name"):
        found[key][severity].append(name)
    return found


def _engines_of(keys: Collection[int]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Segment.objects.filter(translation__in=keys).exclude(engine="")
    for key, engine in rows.values_list("translation", "engine").distinct():
        found[key].add(engine)
    return found


def _open_suggestions(keys: Collection[int]) -> Mapping[int, int]:
    """Return translation -> number of open corrections by readers."""
    rows = Suggestion.objects.filter(
        segment__translation__in=list(keys), state=SuggestionState.OPEN
    ).values_list("segment__translation")
    return dict(rows.annotate(Count("pk")).order_by())


def _papers_of_categories(
    translations: Iterable[Translation], now: datetime
) -> Mapping[tuple[str, str], int]:
    """Return (language, category) -> number of papers published here in four weeks."""
    rows = ListedDay.objects.filter(
        language__in={item.language for item in translations},
        category__in={item.paper.primary_category for item in translations},
        day__gt=day_of(now - READERS_SPAN),
    ).values_list("language", "category")
    return {
        (language, category): papers
        for language, category, papers in rows.annotate(Sum("papers")).order_by()
    }
