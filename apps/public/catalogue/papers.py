"""What readers are shown: published translations with all that belongs to them.

Pages, feeds and the API read through this module, so that they cannot say different things.
Everything starts from `Translation.objects.published()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import F, OuterRef, Subquery

from apps.discovery.models import Score, ScoreRank
from apps.discovery.selectors import (
    RelatedEntry,
    related_to,
    score_history,
    scores_of,
)
from apps.papers.models import Paper, PaperVersion
from apps.public.catalogue.score_components import ScorePart, score_parts
from apps.public.site.labels import Badge, badges_of
from apps.review.suggestions.service import credits_of
from apps.text.arxiv.identifiers import ArxivId
from apps.translation.models import (
    Segment,
    SegmentField,
    SegmentOrigin,
    Translation,
    TranslationQuerySet,
)
from apps.translation.status import TranslationStatus

RELATED = 10


def listed_translations(language: str) -> TranslationQuerySet:
    """Translations for lists, each with its paper."""
    return Translation.objects.listed().in_language(language).select_related("paper")


def highest_scored(translations: TranslationQuerySet, limit: int) -> list[Translation]:
    """Return up to `limit` of the translations, those of the highest scored papers first."""
    score = Score.objects.filter(paper=OuterRef("paper"), formula=settings.SCORE_FORMULA)
    return list(
        translations.annotate(score_value=Subquery(score.values("value")[:1])).order_by(
            F("score_value").desc(nulls_last=True), "-paper__submitted_at", "-paper_id"
        )[:limit]
    )


def translated_version(translation: Translation) -> ArxivId:
    """Return the version of the paper that a translation is of, without one where nobody knows.

    A translation whose text is still the paper's counts as one of the latest version.
    """
    paper = translation.paper
    if paper.version_is_known and translation.is_stale:
        return ArxivId(paper.arxiv_id, translation.version)
    return paper.identifier


@dataclass(frozen=True)
class Entry:
    """A paper as lists show it."""

    translation: Translation
    score: Score | None
    origins: frozenset[str]

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.translation.paper

    @property
    def shown_categories(self) -> list[str]:
        """The primary category, or all where the source did not say which one that is."""
        primary = self.paper.primary_category
        return [primary] if primary else self.paper.categories

    @property
    def identifier(self) -> ArxivId:
        """The version that was translated, where the source said which one that is."""
        return translated_version(self.translation)

    @cached_property
    def badges(self) -> list[Badge]:
        """How far a reader can trust the text."""
        return badges_of(self.translation, self.origins)


def entries_of(translations: Sequence[Translation]) -> list[Entry]:
    """Return the entries of translations with their papers: scores, and what made the texts.

    Two queries.
    """
    scores = scores_of([translation.paper_id for translation in translations])
    origins = origins_of([translation.pk for translation in translations])
    return [
        Entry(translation, scores.get(translation.paper_id), origins[translation.pk])
        for translation in translations
    ]


def origins_of(translation_keys: Sequence[int]) -> dict[int, frozenset[str]]:
    """Return who or what made the sentences of each translation. One query.

    Asked for by key: as a condition of a list, PostgreSQL may look at all sentences there are.
    """
    found: dict[int, set[str]] = {key: set() for key in translation_keys}
    made = Segment.objects.filter(translation__in=translation_keys).order_by()
    for key, origin in made.values_list("translation_id", "origin").distinct():
        found[key].add(origin)
    return {key: frozenset(origins) for key, origins in found.items()}


@dataclass(frozen=True)
class Record:
    """A paper with everything that its page and its API document say."""

    translation: Translation
    segments: list[Segment]
    score_history: list[Score]
    related: list[RelatedEntry]

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.translation.paper

    @property
    def identifier(self) -> ArxivId:
        """The version that was translated, where the source said which one that is."""
        return translated_version(self.translation)

    @cached_property
    def badges(self) -> list[Badge]:
        """How far a reader can trust the text."""
        return badges_of(self.translation, {segment.origin for segment in self.segments})

    @cached_property
    def paragraphs(self) -> list[list[tuple[int, Segment]]]:
        """The abstract's segments, each with its number from 1, by paragraph."""
        abstract = [s for s in self.segments if s.field == SegmentField.ABSTRACT]
        paragraphs: list[list[tuple[int, Segment]]] = []
        before: int | None = None
        for number, segment in enumerate(abstract, start=1):
            if segment.paragraph != before:
                paragraphs.append([])
                before = segment.paragraph
            paragraphs[-1].append((number, segment))
        return paragraphs

    @cached_property
    def score(self) -> Score | None:
        """The score under the formula in force; None where there is none yet."""
        of_formula = {score.formula: score for score in self.score_history}
        return of_formula.get(settings.SCORE_FORMULA)

    @cached_property
    def versions(self) -> list[PaperVersion]:
        """The versions of the paper that are known, the first one first. One query, where asked."""
        versions = PaperVersion.objects.filter(paper=self.translation.paper_id)
        return list(
            versions.only("number", "submitted_at", "size_kb", "paper_id").order_by("number")
        )

    @cached_property
    def credits(self) -> dict[int, str]:
        """Which reader proposed the text of a segment, by its key.

        One query, where asked for and where a person wrote anything at all.
        """
        written = [part for part in self.segments if part.origin == SegmentOrigin.PERSON]
        return credits_of(self.translation, written) if written else {}

    @property
    def credited(self) -> list[tuple[int, str]]:
        """The sentences with a reader's name: number in the abstract (0 for the title), name."""
        numbers = {part.pk: number for run in self.paragraphs for number, part in run}
        return [
            (numbers.get(segment.pk, 0), self.credits[segment.pk])
            for segment in self.segments
            if segment.pk in self.credits
        ]

    @property
    def rank(self) -> ScoreRank | None:
        """The place of the score within its day and category, once that is worked out."""
        return getattr(self.score, "rank", None)

    @cached_property
    def score_parts(self) -> list[ScorePart]:
        """The components of the score; empty where there is no score yet."""
        return [] if self.score is None else score_parts(self.score)


def is_open_to_search_engines(status: str) -> bool:
    """Whether search engines may list the page of a published translation of this status.

    One that nobody has reviewed only where the site lets them.
    """
    return status == TranslationStatus.REVIEWED or not settings.NOINDEX_UNREVIEWED


def published_translation(arxiv_id: str, language: str) -> Translation | None:
    """Return the published translation of a paper (identifier without version) with its paper.

    One query. None where nothing of the paper is published.
    """
    published = Translation.objects.published().in_language(language)
    return published.filter(paper__arxiv_id=arxiv_id).select_related("paper").first()


def sentences_of(translation: Translation) -> list[Segment]:
    """Return the sentences of a translation, the title's first, as far as readers see them."""
    segments = translation.segments.order_by("-field", "position")
    return list(segments.defer("machine_text", "last_error", "lease"))


def published_translations(arxiv_ids: Sequence[str], language: str) -> TranslationQuerySet:
    """The published translations of papers that somebody named, withdrawn papers included.

    arxiv_ids: without version. As lists have them.
    """
    published = Translation.objects.published().in_language(language)
    return published.filter(paper__arxiv_id__in=list(arxiv_ids)).select_related("paper")


def record_of(arxiv_id: str, language: str) -> Record | None:
    """Return the published record of a paper (identifier without version), or None.

    A constant number of queries, whatever the paper.
    """
    translation = published_translation(arxiv_id, language)
    if translation is None:
        return None
    return Record(
        translation=translation,
        segments=sentences_of(translation),
        score_history=score_history(translation.paper_id),
        related=related_to(translation, limit=RELATED),
    )
