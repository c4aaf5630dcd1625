"""The JSON shapes of the API. They read the same records as the pages and add nothing."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from apps.discovery.reading import RelatedEntry
from apps.papers.models import PaperVersion
from apps.public import wording
from apps.public.addresses import absolute, page_path, paper_document, paper_page
from apps.public.models import Notice
from apps.public.reading import Entry, Record
from apps.text.licences import Licence
from apps.translation.models import Segment, SegmentField, SegmentOrigin
from apps.translation.status import PUBLIC


class BadgeSerializer(serializers.Serializer):
    """What a reader must know before believing the text."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    meaning = serializers.CharField()


class PaperSerializer(serializers.Serializer):
    """A paper as lists give it."""

    arxiv_id = serializers.CharField(source="paper.arxiv_id")
    url = serializers.SerializerMethodField(help_text="The page for readers.")
    api_url = serializers.SerializerMethodField(help_text="The whole document.")
    arxiv_url = serializers.SerializerMethodField(help_text="The abstract page on arXiv.")
    language = serializers.CharField(source="translation.language")
    title = serializers.CharField(source="translation.title", help_text="Translated title.")
    original_title = serializers.CharField(source="paper.title")
    summary = serializers.CharField(source="translation.summary")
    authors = serializers.ListField(child=serializers.CharField(), source="paper.author_names")
    primary_category = serializers.CharField(source="paper.primary_category")
    categories = serializers.ListField(child=serializers.CharField(), source="paper.categories")
    submitted_at = serializers.DateTimeField(source="paper.submitted_at")
    updated_at = serializers.DateTimeField(source="translation.updated_at")
    status = serializers.ChoiceField(choices=sorted(PUBLIC), source="translation.status")
    status_label = serializers.SerializerMethodField()
    badges = BadgeSerializer(many=True)
    score_value = serializers.SerializerMethodField(
        help_text="The reference score, 0 to 100; null before it is computed."
    )

    def get_url(self, entry: Entry | Record) -> str:
        """The page for readers."""
        return paper_page(entry.paper.arxiv_id)

    def get_api_url(self, entry: Entry | Record) -> str:
        """The whole document."""
        return paper_document(entry.paper.arxiv_id)

    def get_arxiv_url(self, entry: Entry | Record) -> str:
        """The abstract page on arXiv."""
        return entry.identifier.abs_url

    def get_status_label(self, entry: Entry | Record) -> str:
        """The status in words."""
        return wording.status_words(entry.translation)

    def get_score_value(self, entry: Entry | Record) -> float | None:
        """The reference score."""
        return None if entry.score is None else entry.score.value


class SegmentSerializer(serializers.ModelSerializer):
    """One sentence with its translation and where that came from."""

    field = serializers.ChoiceField(choices=SegmentField.values)
    origin = serializers.ChoiceField(choices=SegmentOrigin.values)
    origin_label = serializers.SerializerMethodField()
    credit = serializers.SerializerMethodField(
        help_text="The reader who proposed the text and wanted to be named; may be empty."
    )

    class Meta:
        model = Segment
        fields = (
            "field",
            "position",
            "paragraph",
            "source",
            "text",
            "origin",
            "origin_label",
            "engine",
            "engine_version",
            "translated_at",
            "approved_at",
            "credit",
        )

    def get_credit(self, segment: Segment) -> str:
        """The name of the reader who proposed the text."""
        credited: dict[int, str] = self.context["credits"]
        return credited.get(segment.pk, "")

    def get_origin_label(self, segment: Segment) -> str:
        """Who or what made the text, in words."""
        return wording.origin_words(segment)


class ScorePartSerializer(serializers.Serializer):
    """One component of a score."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    meaning = serializers.CharField()
    weight = serializers.FloatField()
    value = serializers.FloatField(help_text="0 to 1")
    points = serializers.FloatField(help_text="What it adds to the score.")
    fact = serializers.DictField(help_text="What the value was taken from; its keys vary.")
    fact_label = serializers.CharField(help_text="The same in words.")


class ScoreRankSerializer(serializers.Serializer):
    """The place of a score among the published papers of its day and primary category."""

    place = serializers.IntegerField(help_text="From 1; equal scores share a place.")
    of = serializers.IntegerField(source="papers")
    category = serializers.CharField()
    day = serializers.DateField()
    ranked_at = serializers.DateTimeField()


class PastScoreSerializer(serializers.Serializer):
    """The score under one formula."""

    formula = serializers.IntegerField()
    value = serializers.FloatField()
    scored_at = serializers.DateTimeField()


class ScoreSerializer(serializers.Serializer):
    """The reference score with what it is made of."""

    value = serializers.FloatField(source="score.value", help_text="0 to 100")
    formula = serializers.IntegerField(source="score.formula")
    formula_url = serializers.SerializerMethodField(help_text="The page that explains it.")
    is_not = serializers.SerializerMethodField(help_text="What the score does not say.")
    scored_at = serializers.DateTimeField(source="score.scored_at")
    rank = ScoreRankSerializer(allow_null=True)
    components = ScorePartSerializer(many=True, source="score_parts")
    history = PastScoreSerializer(
        many=True, source="score_history", help_text="Under every formula, the latest first."
    )

    def get_formula_url(self, record: Record) -> str:
        """The page that explains it."""
        return absolute(page_path("about-score"))

    def get_is_not(self, record: Record) -> str:
        """What the score does not say."""
        return wording.score_is_not()


class OutsideSignalSerializer(serializers.Serializer):
    """What an outside source said on one day. It is no part of the score."""

    source = serializers.CharField()  # type: ignore[assignment]
    citations = serializers.IntegerField()
    asked_at = serializers.DateTimeField()


class LicenceSerializer(serializers.Serializer):
    """The licence of the paper's own text, as far as its record names one."""

    is_known = serializers.BooleanField()
    code = serializers.CharField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    url = serializers.CharField(help_text="Empty where none is known.")
    may_adapt = serializers.BooleanField(help_text="Translations of the paper may be published.")

    def get_label(self, licence: Licence) -> str:
        """The licence's name."""
        return wording.licence_label(licence, self.context["language"])


class VersionSerializer(serializers.ModelSerializer):
    """One version of a paper."""

    class Meta:
        model = PaperVersion
        fields = ("number", "submitted_at", "size_kb")


class SharedTermSerializer(serializers.Serializer):
    """One term that both papers have."""

    source = serializers.CharField(help_text="As the paper writes it.")  # type: ignore[assignment]
    target = serializers.CharField(help_text="As the glossary renders it; may be empty.")


class RelatedSerializer(serializers.Serializer):
    """One related paper, and why it is related."""

    arxiv_id = serializers.CharField(source="translation.paper.arxiv_id")
    url = serializers.SerializerMethodField(help_text="Its page for readers.")
    api_url = serializers.SerializerMethodField(help_text="Its whole document.")
    arxiv_url = serializers.CharField(source="translation.paper.identifier.abs_url")
    title = serializers.CharField(source="translation.title")
    original_title = serializers.CharField(source="translation.paper.title")
    summary = serializers.CharField(source="translation.summary")
    submitted_at = serializers.DateTimeField(source="translation.paper.submitted_at")
    similarity = serializers.FloatField(
        allow_null=True, help_text="Cosine, -1 to 1; null where only an editor chose the paper."
    )
    shared_terms = SharedTermSerializer(many=True)
    is_pinned = serializers.BooleanField(help_text="An editor put it at the top.")
    is_later = serializers.BooleanField(help_text="It was submitted later than this paper.")
    score_value = serializers.SerializerMethodField()

    def get_url(self, entry: RelatedEntry) -> str:
        """Its page for readers."""
        return paper_page(entry.translation.paper.arxiv_id)

    def get_api_url(self, entry: RelatedEntry) -> str:
        """Its whole document."""
        return paper_document(entry.translation.paper.arxiv_id)

    def get_score_value(self, entry: RelatedEntry) -> float | None:
        """Its reference score."""
        return None if entry.score is None else entry.score.value


class NoticeSerializer(serializers.ModelSerializer):
    """A notice in the wording now in force."""

    since = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Notice
        fields = ("version", "language", "text", "since")


class NoticesSerializer(serializers.Serializer):
    """The notices that belong to every document."""

    disclaimer = NoticeSerializer(allow_null=True)
    machine = NoticeSerializer(allow_null=True)
    related = NoticeSerializer(allow_null=True)
    score = NoticeSerializer(allow_null=True)


class PaperDetailSerializer(PaperSerializer):
    """Everything that the page of a paper says."""

    date = serializers.SerializerMethodField(help_text="First submitted, in arXiv's own form.")
    version = serializers.SerializerMethodField(
        help_text="The version that was translated; null where the source did not say."
    )
    revised_at = serializers.DateTimeField(source="paper.revised_at")
    published_at = serializers.DateTimeField(source="translation.published_at", allow_null=True)
    withdrawn_at = serializers.DateTimeField(source="paper.withdrawn_at", allow_null=True)
    original_abstract = serializers.CharField(source="paper.abstract")
    abstract = serializers.CharField(source="translation.abstract", help_text="Translated.")
    summary_origin = serializers.CharField(source="translation.summary_origin")
    provenance = serializers.SerializerMethodField(
        help_text="Who or what made the translation, in one sentence."
    )
    segments = SegmentSerializer(many=True)
    score = serializers.SerializerMethodField()
    outside_signals = OutsideSignalSerializer(many=True)
    licence = LicenceSerializer(source="paper.licence")
    comments = serializers.CharField(source="paper.comments")
    journal_ref = serializers.CharField(source="paper.journal_ref")
    doi = serializers.CharField(source="paper.doi")
    versions = VersionSerializer(many=True)
    related = RelatedSerializer(many=True)
    notices = serializers.SerializerMethodField()

    def get_date(self, record: Record) -> str:
        """First submitted, in arXiv's own form."""
        return wording.arxiv_date(record.paper.submitted_at)

    def get_version(self, record: Record) -> int | None:
        """The version that was translated."""
        return record.identifier.version

    def get_provenance(self, record: Record) -> str:
        """Who or what made the translation."""
        return wording.provenance_sentence(record.segments)

    def get_score(self, record: Record) -> Any:
        """The score with its components, or null."""
        return None if record.score is None else ScoreSerializer(record).data

    def get_notices(self, record: Record) -> Any:
        """The notices now in force."""
        notices = self.context["notices"]
        keys = NoticesSerializer().fields
        return NoticesSerializer({key: notices.get(key) for key in keys}).data


class CategorySerializer(serializers.Serializer):
    """One category of arXiv."""

    code = serializers.CharField()
    name_ja = serializers.CharField()
    name_en = serializers.CharField()
    group_ja = serializers.CharField()
    group_en = serializers.CharField()
    latest_day = serializers.DateField(
        allow_null=True, help_text="The latest day with papers on this site."
    )


class DaySerializer(serializers.Serializer):
    """A day with papers."""

    day = serializers.DateField()
    papers = serializers.IntegerField()
    url = serializers.SerializerMethodField()

    def get_url(self, listed: Any) -> str:
        """The papers of the day in the API."""
        return absolute(f"{reverse('api:papers')}?day={listed.day}")


class PaperPageSerializer(serializers.Serializer):
    """One page of papers."""

    next = serializers.URLField(allow_null=True)
    results = PaperSerializer(many=True)


class DayPageSerializer(serializers.Serializer):
    """One page of days."""

    next = serializers.URLField(allow_null=True)
    results = DaySerializer(many=True)
