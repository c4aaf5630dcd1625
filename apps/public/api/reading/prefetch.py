"""Papers with what somebody asked for about them: each part of all papers in one query or two.

A list gives what one paper's document gives, so both are loaded here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.conf import settings

from apps.discovery.models import OutsideSignal, Score, ScoreRank
from apps.discovery.selectors import (
    RelatedEntry,
    outside_signals_of_each,
    related_to_each,
    score_histories,
    scores_of,
)
from apps.papers.models import Paper, PaperVersion
from apps.public.catalogue.papers import (
    RELATED,
    ScorePart,
    origins_of,
    score_parts,
    translated_version,
)
from apps.public.site.labels import Badge, badges_of
from apps.review.suggestions.service import credits_among
from apps.text.arxiv.identifiers import ArxivId
from apps.translation.models import Segment, SegmentOrigin, Translation, TranslationQuerySet

NEED_SEGMENTS = frozenset({"segments", "provenance"})
NEED_ABSTRACT = frozenset({"abstract", "original_abstract"})
NEED_RECORD = frozenset({"comments", "journal_ref", "doi"})


@dataclass(slots=True)
class PaperRow:
    """A published translation with its paper, and the parts that were asked for.

    Parts that nobody asked for are empty.
    """

    translation: Translation
    score: Score | None = None
    segments: list[Segment] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    credits: dict[int, str] = field(default_factory=dict)
    score_history: list[Score] = field(default_factory=list)
    outside_signals: list[OutsideSignal] = field(default_factory=list)
    versions: list[PaperVersion] = field(default_factory=list)
    related: list[RelatedEntry] = field(default_factory=list)

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.translation.paper

    @property
    def identifier(self) -> ArxivId:
        """The version that was translated, where the source said which one that is."""
        return translated_version(self.translation)

    @property
    def badges(self) -> list[Badge]:
        """How far a reader can trust the text."""
        return badges_of(self.translation, self.origins)

    @property
    def rank(self) -> ScoreRank | None:
        """The place of the score within its day and category, once that is worked out."""
        return getattr(self.score, "rank", None)

    @property
    def score_parts(self) -> list[ScorePart]:
        """The components of the score."""
        return [] if self.score is None else score_parts(self.score)


def with_what_is_shown(
    translations: TranslationQuerySet, members: Collection[str]
) -> TranslationQuerySet:
    """Return the translations with their papers, without large texts that are not shown."""
    shown = translations.select_related("paper").defer(
        "status_reason", "summary_refusal", "paper__report_number"
    )
    if not NEED_ABSTRACT & set(members):
        shown = shown.defer("abstract", "paper__abstract")
    if not NEED_RECORD & set(members):
        shown = shown.defer("paper__comments", "paper__journal_ref", "paper__doi")
    return shown


def with_abstracts(translations: list[Translation], members: Collection[str]) -> list[Translation]:
    """Return translations of a list, with their abstracts where `members` show these.

    One query then, else none. A translation that was taken down meanwhile is left out.
    """
    if not NEED_ABSTRACT & set(members):
        return translations
    keys = [translation.pk for translation in translations]
    shown = with_what_is_shown(Translation.objects.published().filter(pk__in=keys), members)
    by_key = {translation.pk: translation for translation in shown}
    return [by_key[key] for key in keys if key in by_key]


def rows_of(translations: Iterable[Translation], members: Collection[str]) -> list[PaperRow]:
    """Return translations, all into one language, with the parts that `members` show.

    At most ten queries, whatever the number of papers.
    """
    rows = [PaperRow(translation) for translation in translations]
    if not rows:
        return rows
    papers = [row.translation.paper_id for row in rows]
    wanted = set(members)
    if NEED_SEGMENTS & wanted:
        _add_segments(rows, with_credits="segments" in wanted)
    elif "badges" in wanted:
        _add_origins(rows)
    if "score" in wanted:
        histories = score_histories(papers)
        for row in rows:
            row.score_history = histories[row.translation.paper_id]
            row.score = next(
                (one for one in row.score_history if one.formula == settings.SCORE_FORMULA), None
            )
    elif "score_value" in wanted:
        scores = scores_of(papers)
        for row in rows:
            row.score = scores.get(row.translation.paper_id)
    if "outside_signals" in wanted:
        signals = outside_signals_of_each(papers)
        for row in rows:
            row.outside_signals = signals[row.translation.paper_id]
    if "versions" in wanted:
        _add_versions(rows)
    if "related" in wanted:
        related = related_to_each([row.translation for row in rows], limit=RELATED)
        for row in rows:
            row.related = related[row.translation.pk]
    return rows


def _add_origins(rows: list[PaperRow]) -> None:
    origins = origins_of([row.translation.pk for row in rows])
    for row in rows:
        row.origins |= origins[row.translation.pk]


def _add_segments(rows: list[PaperRow], *, with_credits: bool) -> None:
    by_key = {row.translation.pk: row for row in rows}
    segments = Segment.objects.filter(translation__in=by_key).order_by("-field", "position")
    found = list(
        segments.defer(
            "machine_text", "last_error", "lease", "fixes", "cost", "tokens_in", "tokens_out"
        )
    )
    for segment in found:
        row = by_key[segment.translation_id]
        row.segments.append(segment)
        row.origins.add(segment.origin)
    if with_credits:
        written = [segment for segment in found if segment.origin == SegmentOrigin.PERSON]
        credits = credits_among([row.translation for row in rows], written)
        for row in rows:
            row.credits = credits


def _add_versions(rows: list[PaperRow]) -> None:
    by_paper = {row.translation.paper_id: row for row in rows}
    versions = PaperVersion.objects.filter(paper__in=by_paper).order_by("number")
    for version in versions.only("number", "submitted_at", "size_kb", "paper_id"):
        by_paper[version.paper_id].versions.append(version)
