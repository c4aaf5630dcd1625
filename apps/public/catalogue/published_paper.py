"""Published papers and the loader of their parts, for pages, feeds, OAI-PMH and the API.

Each part is loaded for a whole page of papers at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

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
from apps.public.catalogue.licensing import TextLicence, licence_rules
from apps.public.catalogue.papers import published_translations
from apps.public.catalogue.score_components import ScorePart, score_parts
from apps.public.site.labels import Badge, badges_of, provenance_sentence
from apps.review.suggestions.service import reader_credits
from apps.text.arxiv.identifiers import ArxivId
from apps.translation.models import Segment, SegmentField, SegmentOrigin, Translation

RELATED = 10

_MADE = ("translation_id", "origin", "engine", "engine_version")
_READ = (
    *_MADE,
    *("field", "position", "paragraph", "source", "source_hash", "text"),
    *("translated_at", "approved_at"),
)
_LICENSED = ("memory_entry__licence", "memory_entry__origin")


class Part(Enum):
    """The parts that can be loaded; the comments name the attributes they fill."""

    ORIGINS = auto()  # origins
    PROVENANCE = auto()  # segments with provenance only, origins
    SEGMENTS = auto()  # segments, origins
    CREDITS = auto()  # credits; with SEGMENTS
    LICENCES = auto()  # licences, may_be_passed_on; with SEGMENTS
    SCORE = auto()  # score, without its components and rank
    SCORE_HISTORY = auto()  # score_history, score
    OUTSIDE_SIGNALS = auto()  # outside_signals
    VERSIONS = auto()  # versions
    RELATED = auto()  # related


IN_LISTS = frozenset({Part.SCORE, Part.ORIGINS})
"""The parts that lists of papers show. Two queries."""
_SENTENCES = frozenset({Part.PROVENANCE, Part.SEGMENTS, Part.LICENCES, Part.CREDITS})


@dataclass(eq=False, repr=False)
class PublishedPaper:
    """A published translation with its paper, and the parts that were loaded.

    Reading a part that was not loaded raises AttributeError.

    Attributes:
        translation: With its paper.
        segments: Title first.
        origins: The origins of the segments.
        credits: The reader credited for a segment, by segment key.
        licences: The licences of the segments, without duplicates.
        may_be_passed_on: Whether these licences allow redistribution.
        score: By the formula in force; None before it is computed.
        score_history: By every formula, latest first.
        outside_signals: Figures of other services, such as citations.
        versions: The known versions, first one first.
        related: Pinned papers, then the nearest.
    """

    translation: Translation
    segments: list[Segment] = field(init=False)
    origins: frozenset[str] = field(init=False)
    credits: dict[int, str] = field(init=False)
    licences: list[TextLicence] = field(init=False)
    may_be_passed_on: bool = field(init=False)
    score: Score | None = field(init=False)
    score_history: list[Score] = field(init=False)
    outside_signals: list[OutsideSignal] = field(init=False)
    versions: list[PaperVersion] = field(init=False)
    related: list[RelatedEntry] = field(init=False)

    @property
    def paper(self) -> Paper:
        return self.translation.paper

    @property
    def identifier(self) -> ArxivId:
        """The translated version; without a number if the source does not state versions.

        A translation that is not stale counts as one of the latest version.
        """
        if self.paper.version_is_known and self.translation.is_stale:
            return ArxivId(self.paper.arxiv_id, self.translation.version)
        return self.paper.identifier

    @property
    def shown_categories(self) -> list[str]:
        """The primary category, or all categories if the source does not name one."""
        primary = self.paper.primary_category
        return [primary] if primary else self.paper.categories

    @cached_property
    def badges(self) -> list[Badge]:
        """The labels that tell readers how far to trust the text."""
        return badges_of(self.translation, self.origins)

    @property
    def provenance(self) -> str:
        """One sentence on how the translation was made."""
        return provenance_sentence(self.segments)

    @cached_property
    def paragraphs(self) -> list[list[tuple[int, Segment]]]:
        """The segments of the abstract by paragraph, numbered from 1."""
        abstract = [s for s in self.segments if s.field == SegmentField.ABSTRACT]
        paragraphs: list[list[tuple[int, Segment]]] = []
        before: int | None = None
        for number, segment in enumerate(abstract, start=1):
            if segment.paragraph != before:
                paragraphs.append([])
                before = segment.paragraph
            paragraphs[-1].append((number, segment))
        return paragraphs

    @property
    def credited(self) -> list[tuple[int, str]]:
        """Credited sentences: (number in the abstract or 0 for the title, name of the reader)."""
        numbers = {part.pk: number for run in self.paragraphs for number, part in run}
        return [
            (numbers.get(segment.pk, 0), self.credits[segment.pk])
            for segment in self.segments
            if segment.pk in self.credits
        ]

    @property
    def rank(self) -> ScoreRank | None:
        """The rank of the score in its day and category; None until computed."""
        return getattr(self.score, "rank", None)

    @cached_property
    def score_parts(self) -> list[ScorePart]:
        """The components of the score; empty without a score."""
        return [] if self.score is None else score_parts(self.score)


def load_papers(
    translations: Iterable[Translation], parts: Collection[Part]
) -> list[PublishedPaper]:
    """Return published papers with the given parts.

    Args:
        translations: With their papers; all in one language if RELATED is loaded.
        parts: The parts to load, one query each (SEGMENTS with CREDITS: two; RELATED: four).

    Returns:
        One published paper for each translation, in order.
    """
    papers = [PublishedPaper(translation) for translation in translations]
    load_parts(papers, parts)
    return papers


def published_paper(arxiv_id: str, language: str, parts: Collection[Part]) -> PublishedPaper | None:
    """Return a published paper with the given parts, or None. One query plus `load_papers`.

    Args:
        arxiv_id: The identifier without version.
        language: The language of the translation.
        parts: See `load_papers`.
    """
    found = load_papers(published_translations([arxiv_id], language)[:1], parts)
    return found[0] if found else None


def load_parts(papers: Sequence[PublishedPaper], parts: Collection[Part]) -> None:
    """Load further parts of papers. See `load_papers`."""
    wanted = set(parts) if papers else set()
    if _SENTENCES & wanted:
        _load_segments(papers, wanted)
    elif Part.ORIGINS in wanted:
        _load_origins(papers)
    if Part.SCORE_HISTORY in wanted:
        _load_score_history(papers)
    elif Part.SCORE in wanted:
        scores = scores_of(_paper_keys(papers))
        for paper in papers:
            paper.score = scores.get(paper.translation.paper_id)
    if Part.OUTSIDE_SIGNALS in wanted:
        signals = outside_signals_of_each(_paper_keys(papers))
        for paper in papers:
            paper.outside_signals = signals[paper.translation.paper_id]
    if Part.VERSIONS in wanted:
        _load_versions(papers)
    if Part.RELATED in wanted:
        related = related_to_each([paper.translation for paper in papers], limit=RELATED)
        for paper in papers:
            paper.related = related[paper.translation.pk]


def _paper_keys(papers: Sequence[PublishedPaper]) -> list[int]:
    return [paper.translation.paper_id for paper in papers]


def _load_origins(papers: Sequence[PublishedPaper]) -> None:
    # Filtered by keys: with a subquery PostgreSQL may scan all segments.
    keys = [paper.translation.pk for paper in papers]
    found: dict[int, set[str]] = defaultdict(set)
    made = Segment.objects.filter(translation__in=keys).order_by()
    for key, origin in made.values_list("translation_id", "origin").distinct():
        found[key].add(origin)
    for paper in papers:
        paper.origins = frozenset(found[paper.translation.pk])


def _load_segments(papers: Sequence[PublishedPaper], wanted: Collection[Part]) -> None:
    segments = Segment.objects.filter(translation__in=[paper.translation.pk for paper in papers])
    columns = _MADE if set(wanted) & _SENTENCES == {Part.PROVENANCE} else _READ
    if Part.LICENCES in wanted:
        segments = segments.select_related("memory_entry")
        columns = (*columns, *_LICENSED)
    found: dict[int, list[Segment]] = defaultdict(list)
    for segment in segments.order_by("-field", "position").only(*columns):
        found[segment.translation_id].append(segment)
    for paper in papers:
        paper.segments = found[paper.translation.pk]
        paper.origins = frozenset(segment.origin for segment in paper.segments)
    if Part.CREDITS in wanted:
        _load_credits(papers)
    if Part.LICENCES in wanted:
        _add_licences(papers)


def _load_credits(papers: Sequence[PublishedPaper]) -> None:
    written = [
        segment
        for paper in papers
        for segment in paper.segments
        if segment.origin == SegmentOrigin.PERSON
    ]
    # A list always asks, so that the number of queries is constant.
    asks = bool(written) or len(papers) > 1
    credits = reader_credits([paper.translation for paper in papers], written) if asks else {}
    for paper in papers:
        paper.credits = credits


def _add_licences(papers: Sequence[PublishedPaper]) -> None:
    rules = licence_rules()
    for paper in papers:
        names = sorted({rules.of_sentence(segment) for segment in paper.segments})
        paper.licences = [TextLicence(name, rules.address_of(name)) for name in names]
        paper.may_be_passed_on = all(map(rules.may_pass_on, names))


def _load_score_history(papers: Sequence[PublishedPaper]) -> None:
    histories = score_histories(_paper_keys(papers))
    for paper in papers:
        paper.score_history = histories[paper.translation.paper_id]
        of_formula = {score.formula: score for score in paper.score_history}
        paper.score = of_formula.get(settings.SCORE_FORMULA)


def _load_versions(papers: Sequence[PublishedPaper]) -> None:
    found: dict[int, list[PaperVersion]] = defaultdict(list)
    versions = PaperVersion.objects.filter(paper__in=_paper_keys(papers)).order_by("number")
    for version in versions.only("number", "submitted_at", "size_kb", "paper_id"):
        found[version.paper_id].append(version)
    for paper in papers:
        paper.versions = found[paper.translation.paper_id]
