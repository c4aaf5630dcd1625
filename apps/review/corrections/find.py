"""Where else the same error stands: in sentences that no person approved, published or not."""

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
"""Published translations that are read because the index says that they have the words."""
MOST_WALKED = 50_000
"""Unpublished translations that are looked through, the newest first: no index has their words."""
_FREQUENT = 2_000
"""Above it the source term narrows the candidates down as well. The index has the paper's present
source, so a translation of an earlier version may then be missed."""
_NOT_YET_INDEXED = timedelta(hours=1)
_UNPUBLISHED = [
    status
    for status in TranslationStatus
    if status not in PUBLIC and status != TranslationStatus.SUPERSEDED
]


class TooGeneral(Refusal):
    """What was asked for would be found nearly everywhere; the message says what to add."""

    code = "too-general"


@dataclass(frozen=True, slots=True)
class Found:
    """Sentences with the error, those of published translations first, the newest first.

    is_all: whether there are no others; where not, there may be more behind them.
    """

    segments: list[Segment]
    is_all: bool


def find_same_error(
    wrong: str, source_term: str, language: str, *, right: str = "", limit: int, now: datetime
) -> Found:
    """Return up to `limit` sentences that say `wrong` where their source says `source_term`.

    Only sentences of current translations into `language` that no person wrote or approved.
    `wrong` stands there exactly, but not cut out of a longer Latin word nor as a part of `right`;
    `source_term` in any case, as whole words, singular or plural; it may be empty.

    Candidates among published translations come from the search index, which may be a sweep
    behind; what it has not seen yet is looked through as unpublished ones are, batch by batch.
    Each statement may take SEARCH_TIMEOUT_MS; what was found until one takes longer is returned.

    Raises TooGeneral for a text without letters, or one character without a source term.
    """
    part = phrase_clause(wrong)
    if part is None or (len(wrong.strip()) < 2 and not source_term.strip()):
        raise TooGeneral(
            _("This is too general. Enter a wrong rendering with at least two letters.")
        )
    asked = _Asked(wrong, right, source_term)
    found: dict[int, Segment] = {}
    is_all = True
    try:
        for keys, is_complete in _candidates(part, source_term, language, now):
            is_all = is_all and is_complete
            for segment in asked.among(keys):
                found[segment.pk] = segment
            if len(found) > limit:
                return Found(list(found.values())[:limit], is_all=False)
    except SearchTooSlow:
        is_all = False
    return Found(list(found.values()), is_all)


def _candidates(
    part: Clause, source_term: str, language: str, now: datetime
) -> Iterator[tuple[Sequence[int], bool]]:
    """Yield keys of translations that may have the error, batch by batch.

    With each batch comes whether nothing was left out so far.
    """
    yield from _indexed(part, source_term, language, now)
    with statement_timeout(settings.SEARCH_TIMEOUT_MS):
        fresh = without_document(now - _NOT_YET_INDEXED).filter(language=language)
        keys = list(fresh.values_list("pk", flat=True)[: BATCH + 1])
    yield keys[:BATCH], len(keys) <= BATCH
    yield from _unpublished(language)


def _indexed(
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


def _unpublished(language: str) -> Iterator[tuple[Sequence[int], bool]]:
    walked = 0
    for status in _UNPUBLISHED:
        last: Position | None = None
        while True:
            # One status at a time: so it is a walk along the index of unpublished translations.
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
class _Asked:
    wrong: str
    right: str
    source_term: str

    def among(self, translations: Collection[int]) -> list[Segment]:
        """Return the sentences of `translations` that have the error, in the order of the keys."""
        if not translations:
            return []
        rows = with_the_error(self.wrong, self.source_term).filter(translation__in=translations)
        with statement_timeout(settings.SEARCH_TIMEOUT_MS):
            segments = list(rows)
        order = {key: place for place, key in enumerate(translations)}
        segments = [segment for segment in segments if self.is_in(segment)]
        return sorted(segments, key=lambda item: (order[item.translation_id], item.pk))

    def is_in(self, segment: Segment) -> bool:
        """Whether the error is one, and not a part of another word."""
        if next(find_renderings(self.wrong, self.right, segment.text), None) is None:
            return False
        term_clause = self.source_term.strip()
        return not term_clause or term_pattern(term_clause).search(segment.source) is not None


def with_the_error(wrong: str, source_term: str = "") -> SegmentQuerySet:
    """Return the sentences that a fix may write and that hold `wrong`, read as narrowly as may be.

    `source_term` narrows by its first word only; the rest is for `pattern_of`.
    """
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
