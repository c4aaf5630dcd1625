"""Find the same error in other sentences that no person approved, published or not."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.keyset import LATEST_ADDED, Position
from apps.core.refusals import Refusal
from apps.discovery.search.clauses import phrase_clause, term_clause
from apps.discovery.search.indexing import without_document
from apps.discovery.search.lexicon import document_counts
from apps.discovery.search.results import SearchTooSlow
from apps.discovery.search.retrieval import Scope, find_newest, month_entries_until
from apps.discovery.search.timeouts import statement_timeout
from apps.discovery.search.tsquery import Clause, all_of
from apps.text.diff.corrections import find_renderings, term_pattern, term_words
from apps.translation.models import Segment, SegmentQuerySet, SegmentState, Translation
from apps.translation.status import PUBLIC, TranslationStatus

BATCH = 500
MOST_READ = 20_000
"""At most so many published translations from the search index are read."""
MOST_WALKED = 50_000
"""At most so many unpublished translations are read, newest first: no index has their text."""
_FREQUENT = 2_000
"""With more candidates, the source term narrows the search too. The index has the paper's present
source, so a translation of an earlier version can then be missed."""
_NOT_YET_INDEXED = timedelta(hours=1)
_UNPUBLISHED = [
    status
    for status in TranslationStatus
    if status not in PUBLIC and status != TranslationStatus.SUPERSEDED
]


class TooGeneral(Refusal):
    """The error would be found nearly everywhere; the message says what to add."""

    code = "too-general"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Sentences with the error, published ones first, newest first; `is_all` if none is missing."""

    segments: list[Segment]
    is_all: bool


def find_same_error(
    wrong: str, source_term: str, language: str, *, right: str = "", limit: int, now: datetime
) -> SearchResult:
    """Return sentences of current translations with an error, if no person edited or approved them.

    Candidates among published translations come from the search index; newer ones and unpublished
    ones are read batch by batch. A statement that takes longer than SEARCH_TIMEOUT_MS ends the
    search.

    Args:
        wrong: The wrong rendering, exactly; not inside a longer Latin word or inside `right`.
        source_term: A term in the source, as whole words in any case and number; empty: any source.
        language: Language of the translations.
        right: The right rendering.
        limit: Largest number of sentences.
        now: The time.

    Raises:
        TooGeneral: `wrong` has no letters, or one character and no source term.
    """
    part = phrase_clause(wrong)
    if part is None or (len(wrong.strip()) < 2 and not source_term.strip()):
        raise TooGeneral(
            _("This is too general. Enter a wrong rendering with at least two letters.")
        )
    error = _Error(wrong, right, source_term)
    found: dict[int, Segment] = {}
    is_all = True
    try:
        for keys, is_complete in _candidates(part, source_term, language, now):
            is_all = is_all and is_complete
            for segment in error.sentences_in(keys):
                found[segment.pk] = segment
            if len(found) > limit:
                return SearchResult(list(found.values())[:limit], is_all=False)
    except SearchTooSlow:
        is_all = False
    return SearchResult(list(found.values()), is_all)


def _candidates(
    part: Clause, source_term: str, language: str, now: datetime
) -> Iterator[tuple[Sequence[int], bool]]:
    """Yield batches of translations that can have the error, and whether none was left out."""
    yield from _indexed_batches(part, source_term, language, now)
    with statement_timeout(settings.SEARCH_TIMEOUT_MS):
        fresh = without_document(now - _NOT_YET_INDEXED).filter(language=language)
        keys = list(fresh.values_list("pk", flat=True)[: BATCH + 1])
    yield keys[:BATCH], len(keys) <= BATCH
    yield from _unpublished_batches(language)


def _indexed_batches(
    part: Clause, source_term: str, language: str, now: datetime
) -> Iterator[tuple[Sequence[int], bool]]:
    today = now.date()
    after: Position | None = None
    read = 0
    in_source = term_clause(source_term) if source_term.strip() else None
    with statement_timeout(settings.SEARCH_TIMEOUT_MS):
        entries = [*part.entries(), *(in_source.entries() if in_source else ())]
        counts = document_counts(entries, month_entries_until(today))
    if in_source is not None and part.upper_bound(counts) > _FREQUENT:
        part = all_of([part, in_source])
    while True:
        with statement_timeout(settings.SEARCH_TIMEOUT_MS):
            matches, are_all = find_newest(
                part, Scope(language), counts, today=today, limit=BATCH, after=after
            )
        read += len(matches)
        yield [match.translation_id for match in matches], are_all or read < MOST_READ
        if are_all or read >= MOST_READ:
            return
        after = matches[-1].position


def _unpublished_batches(language: str) -> Iterator[tuple[Sequence[int], bool]]:
    walked = 0
    for status in _UNPUBLISHED:
        last: Position | None = None
        while True:
            # One status at a time, so that the index of unpublished translations gives the order.
            rows = LATEST_ADDED.sorted(Translation.objects.filter(status=status))
            if last is not None:
                rows = LATEST_ADDED.after(rows, last)
            with statement_timeout(settings.SEARCH_TIMEOUT_MS):
                batch = list(rows.values_list("pk", "language")[:BATCH])
            walked += len(batch)
            is_cut = walked >= MOST_WALKED
            yield [key for key, into in batch if into == language], not is_cut
            if is_cut:
                return
            if len(batch) < BATCH:
                break
            last = batch[-1][:1]


@dataclass(frozen=True, slots=True)
class _Error:
    wrong: str
    right: str
    source_term: str

    def sentences_in(self, translations: Collection[int]) -> list[Segment]:
        """Return the sentences of `translations` with the error, in the order of the keys."""
        if not translations:
            return []
        rows = _candidate_sentences(self.wrong, self.source_term).filter(
            translation__in=translations
        )
        with statement_timeout(settings.SEARCH_TIMEOUT_MS):
            segments = list(rows)
        order = {key: place for place, key in enumerate(translations)}
        segments = [segment for segment in segments if self._matches(segment)]
        return sorted(segments, key=lambda item: (order[item.translation_id], item.pk))

    def _matches(self, segment: Segment) -> bool:
        if next(find_renderings(self.wrong, self.right, segment.text), None) is None:
            return False
        term = self.source_term.strip()
        return not term or term_pattern(term).search(segment.source) is not None


def _candidate_sentences(wrong: str, source_term: str) -> SegmentQuerySet:
    """Return open sentences with `wrong`, whose source has the first word of `source_term`."""
    rows = Segment.objects.open_to_machines().filter(state=SegmentState.DONE, text__contains=wrong)
    words = term_words(source_term)
    if words:
        rows = rows.filter(source__icontains=words[0])
    return rows.select_related("translation__paper").only(
        "field",
        "position",
        "source",
        "text",
        "origin",
        "approved_at",
        "translation__status",
        "translation__language",
        "translation__paper__arxiv_id",
        "translation__paper__primary_category",
    )
