"""Serializers of the parts of a paper."""

from typing import Any

from rest_framework import serializers

from apps.discovery.selectors import RelatedEntry
from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.site import labels
from apps.public.site.page_urls import absolute, page_path, paper_api_url, paper_url
from apps.text.arxiv.licences import Licence
from apps.translation.models import Segment, SegmentField, SegmentOrigin
from apps.translation.status import PUBLIC

BADGES = ["withdrawn", "stale", "reviewed", "machine", "memory", "unreviewed"]


class BadgeSerializer(serializers.Serializer):
    """How far a reader can trust the text."""

    code = serializers.ChoiceField(choices=BADGES)
    label = serializers.CharField()  # type: ignore[assignment]
    meaning = serializers.CharField()


class SegmentSerializer(serializers.Serializer):
    """One sentence with its translation and the origin of the translation."""

    field = serializers.ChoiceField(choices=SegmentField.values)
    position = serializers.IntegerField(help_text="The position within its field, from 0.")
    paragraph = serializers.IntegerField(help_text="The paragraph of the abstract, from 0.")
    source = serializers.CharField(help_text="The text as the paper has it.")  # type: ignore[assignment]
    text = serializers.CharField(help_text="Translated.")
    origin = serializers.ChoiceField(choices=SegmentOrigin.values)
    origin_label = serializers.CharField(help_text="Who or what made the text, in words.")
    engine = serializers.CharField(help_text="Empty if a person wrote the text.")
    engine_version = serializers.CharField(
        help_text="The model and a digest of every parameter that affects the text."
    )
    translated_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(
        allow_null=True, help_text="When a person approved this sentence."
    )
    credit = serializers.CharField(
        help_text=(
            "The name of the reader who suggested the text, if the reader wants to be named; "
            "may be empty."
        )
    )


def segment_data(found: Segment, credit: str) -> dict[str, Any]:
    """Return the members of `SegmentSerializer`, without a serializer: a page has thousands."""
    return {
        "field": found.field,
        "position": found.position,
        "paragraph": found.paragraph,
        "source": found.source,
        "text": found.text,
        "origin": found.origin,
        "origin_label": labels.origin_label(found),
        "engine": found.engine,
        "engine_version": found.engine_version,
        "translated_at": found.translated_at,
        "approved_at": found.approved_at,
        "credit": credit,
    }


class ScorePartSerializer(serializers.Serializer):
    """One component of a score."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    meaning = serializers.CharField()
    weight = serializers.FloatField()
    value = serializers.FloatField(help_text="0 to 1")
    points = serializers.FloatField(help_text="The points it adds to the score.")
    fact = serializers.DictField(help_text="The fact behind the value; its keys vary.")
    fact_label = serializers.CharField(help_text="The fact in words.")


class ScoreRankSerializer(serializers.Serializer):
    """The rank of a score among the published papers of its day and primary category."""

    place = serializers.IntegerField(help_text="From 1; equal scores share a rank.")
    of = serializers.IntegerField(help_text="The number of ranked papers.")
    category = serializers.CharField()
    day = serializers.DateField()
    ranked_at = serializers.DateTimeField()


class PastScoreSerializer(serializers.Serializer):
    """The score of one formula."""

    formula = serializers.IntegerField()
    value = serializers.FloatField()
    scored_at = serializers.DateTimeField()


class ScoreSerializer(serializers.Serializer):
    """The reference score with its components."""

    value = serializers.FloatField(help_text="0 to 100")
    formula = serializers.IntegerField()
    formula_url = serializers.URLField(help_text="The page that explains it.")
    is_not = serializers.CharField(help_text="What the score does not say.")
    scored_at = serializers.DateTimeField()
    rank = ScoreRankSerializer(allow_null=True)
    components = ScorePartSerializer(many=True)
    history = PastScoreSerializer(
        many=True, help_text="The scores of every formula, the latest first."
    )


def score_data(row: PublishedPaper) -> dict[str, Any] | None:
    """Return the members of `ScoreSerializer`; None before the score is computed."""
    if row.score is None:
        return None
    rank = row.rank
    return {
        "value": row.score.value,
        "formula": row.score.formula,
        "formula_url": absolute(page_path("about-score")),
        "is_not": labels.score_is_not(),
        "scored_at": row.score.scored_at,
        "rank": None
        if rank is None
        else {
            "place": rank.place,
            "of": rank.papers,
            "category": rank.category,
            "day": rank.day,
            "ranked_at": rank.ranked_at,
        },
        "components": [
            {
                "name": part.name,
                "label": part.label,
                "meaning": part.meaning,
                "weight": part.weight,
                "value": part.value,
                "points": part.points,
                "fact": part.fact,
                "fact_label": part.fact_label,
            }
            for part in row.score_parts
        ],
        "history": [
            {"formula": past.formula, "value": past.value, "scored_at": past.scored_at}
            for past in row.score_history
        ],
    }


class OutsideSignalSerializer(serializers.Serializer):
    """The citation count of an outside source on one day. It is not part of the score."""

    source = serializers.CharField()  # type: ignore[assignment]
    citations = serializers.IntegerField()
    asked_at = serializers.DateTimeField()


class LicenceSerializer(serializers.Serializer):
    """The licence of the paper's own text, as far as its record names one."""

    is_known = serializers.BooleanField()
    code = serializers.CharField()
    label = serializers.SerializerMethodField(help_text="The licence's name.")  # type: ignore[assignment]
    url = serializers.CharField(help_text="Empty if none is known.")
    may_adapt = serializers.BooleanField(
        help_text="Whether translations of the paper may be published."
    )

    def get_label(self, licence: Licence) -> str:
        return labels.licence_label(licence, self.context["language"])


class VersionSerializer(serializers.Serializer):
    """One version of a paper."""

    number = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    size_kb = serializers.IntegerField(allow_null=True)


class SharedTermSerializer(serializers.Serializer):
    """One term that both papers contain."""

    source = serializers.CharField(help_text="As the paper writes it.")  # type: ignore[assignment]
    target = serializers.CharField(help_text="As the glossary renders it; may be empty.")


class RelatedSerializer(serializers.Serializer):
    """One related paper, and what it has in common."""

    arxiv_id = serializers.CharField()
    url = serializers.URLField(help_text="Its page for readers.")
    api_url = serializers.URLField(help_text="Its whole document.")
    arxiv_url = serializers.URLField(help_text="Its abstract page on arXiv.")
    title = serializers.CharField(help_text="Translated.")
    original_title = serializers.CharField()
    summary = serializers.CharField()
    status = serializers.ChoiceField(choices=sorted(PUBLIC))
    submitted_at = serializers.DateTimeField()
    similarity = serializers.FloatField(
        allow_null=True, help_text="Cosine, -1 to 1; null if only an editor chose the paper."
    )
    shared_terms = SharedTermSerializer(many=True)
    is_pinned = serializers.BooleanField(help_text="Whether an editor pinned it to the top.")
    is_later = serializers.BooleanField(help_text="It was submitted later than this paper.")
    score_value = serializers.FloatField(
        allow_null=True, help_text="Its reference score, 0 to 100; null before it is computed."
    )


def related_data(entry: RelatedEntry) -> dict[str, Any]:
    """Return the members of `RelatedSerializer`, without a serializer for speed."""
    translation, paper = entry.translation, entry.translation.paper
    return {
        "arxiv_id": paper.arxiv_id,
        "url": paper_url(paper.arxiv_id),
        "api_url": paper_api_url(paper.arxiv_id),
        "arxiv_url": paper.identifier.abs_url,
        "title": translation.title,
        "original_title": paper.title,
        "summary": translation.summary,
        "status": translation.status,
        "submitted_at": paper.submitted_at,
        "similarity": entry.similarity,
        "shared_terms": [
            {"source": term["source"], "target": term["target"]} for term in entry.shared_terms
        ],
        "is_pinned": entry.is_pinned,
        "is_later": entry.is_later,
        "score_value": None if entry.score is None else entry.score.value,
    }
