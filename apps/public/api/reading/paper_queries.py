"""The parameters of the list of papers, and their filters."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from apps.core.keyset import MOMENT, NUMBER, WHOLE, Ordering
from apps.papers.orderings import NEWEST
from apps.public.api.patterns import ANY_VERSION, YEAR_MONTH_OR_DAY, whole_match
from apps.public.api.queries import (
    CommaSeparated,
    DayField,
    MomentField,
    OrderingField,
    PagedQuery,
    TranslatedQuery,
    with_member_choice,
)
from apps.public.api.reading.paper_serializers import PaperSerializer
from apps.public.catalogue.category_filter import filter_by_categories
from apps.public.catalogue.search import problem_message
from apps.text.arxiv.author_key import author_key
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES, group_code
from apps.text.search.query import InvalidQuery, first_day, last_day
from apps.translation.models import Translation, TranslationQuerySet
from apps.translation.status import PUBLIC, TranslationStatus

OLDEST = Ordering("submitted_at", NEWEST.columns)
LAST_CHANGED = Ordering("-updated_at", (("updated_at", MOMENT), ("id", WHOLE)))
FIRST_CHANGED = Ordering("updated_at", LAST_CHANGED.columns)
HIGHEST_SCORED = Ordering("-score", (("score_value", NUMBER), ("scored_paper", WHOLE)))
MOST_IDENTIFIERS = 100
LONGEST_NAME = 200


class IdentifiersField(CommaSeparated):
    """A list of arXiv identifiers; versions are dropped."""

    def __init__(self) -> None:
        super().__init__(
            {"type": "string", "pattern": whole_match(ANY_VERSION)},
            most=MOST_IDENTIFIERS,
            help_text=f"Only these papers: up to {MOST_IDENTIFIERS} arXiv identifiers, separated "
            "by commas.",
        )

    def read_item(self, text: str) -> str:
        try:
            return ArxivId.parse(text).base
        except InvalidArxivId as invalid:
            raise ValidationError(str(invalid)) from invalid


class CategoryField(serializers.RegexField):
    """The code of an arXiv category."""

    def __init__(self, help_text: str) -> None:
        super().__init__(
            r"^[A-Za-z][A-Za-z-]{0,15}(\.[A-Za-z-]{1,15})?\Z",
            required=False,
            help_text=help_text,
        )


@extend_schema_field({"type": "string", "pattern": whole_match(YEAR_MONTH_OR_DAY)})
class PeriodField(serializers.Field):
    """A year, month or day; the value is its first or last day."""

    def __init__(self, *, is_last: bool, help_text: str) -> None:
        self.day_of = last_day if is_last else first_day
        super().__init__(required=False, help_text=help_text)

    def to_internal_value(self, data: Any) -> date:
        try:
            day = self.day_of(data)
        except InvalidQuery as bad:
            raise ValidationError(problem_message(bad)) from bad
        return DayField().to_internal_value(day.isoformat())


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME})
class AuthorNameField(serializers.CharField):
    """An author's name in any spelling; the value is its key."""

    def __init__(self, help_text: str) -> None:
        super().__init__(
            required=False, allow_blank=True, max_length=LONGEST_NAME, help_text=help_text
        )

    def to_internal_value(self, data: Any) -> str:
        # The validators see the key, which may be shorter than the name.
        if len(data) > LONGEST_NAME:
            raise ValidationError(_("Use at most %(count)d characters.") % {"count": LONGEST_NAME})
        return author_key(super().to_internal_value(data))


@with_member_choice(PaperSerializer)
class PapersQuery(PagedQuery, TranslatedQuery):
    category = CategoryField("Only papers listed or cross-listed in this category: cs.CL, hep-th.")
    primary_category = CategoryField("Only papers with this primary category.")
    field = serializers.ChoiceField(
        choices=sorted({group_code(code) for code in CURRENT_CATEGORIES}),
        required=False,
        help_text="Only papers of this group of archives: cs, math, physics.",
    )
    day = DayField(required=False, help_text="Only papers first submitted on this day (UTC).")
    until = PeriodField(
        is_last=True, help_text="Last year, month or day of first submission (UTC): 2025-02."
    )
    updated_since = MomentField(
        required=False,
        help_text=(
            "Only papers whose translation changed at this time or later. To keep a copy up to "
            "date, use `ordering=updated_at` with the time of your latest paper."
        ),
    )
    status = serializers.ChoiceField(
        choices=sorted(PUBLIC),
        required=False,
        help_text="Only reviewed translations, or only those not reviewed (published).",
    )
    reviewed = serializers.ChoiceField(
        choices=["1", "0"],
        required=False,
        help_text="1: only reviewed translations; 0: only those not reviewed.",
    )
    author = AuthorNameField("Only papers with this author name, in any spelling or as a key.")
    ids = IdentifiersField()
    withdrawn = serializers.ChoiceField(
        choices=["exclude", "include"],
        required=False,
        default="exclude",
        help_text="Whether to include withdrawn papers, with their badge.",
    )
    ordering = OrderingField(NEWEST, OLDEST, LAST_CHANGED, FIRST_CHANGED, HIGHEST_SCORED)


# "from" is a Python keyword.
PapersQuery._declared_fields["from"] = PeriodField(
    is_last=False, help_text="First year, month or day of first submission (UTC): 2025."
)


def filtered_papers(query: dict[str, Any], language: str) -> TranslationQuerySet:
    """Return the published translations into `language` that fit the parameters."""
    papers = Translation.objects.in_language(language)
    papers = papers.published() if query["withdrawn"] == "include" else papers.listed()
    if "category" in query:
        papers = filter_by_categories(papers, [query["category"]], language)
    if "primary_category" in query:
        # The index of categories narrows first: the primary category is one of them.
        papers = filter_by_categories(papers, [query["primary_category"]], language)
        papers = papers.filter(paper__primary_category=query["primary_category"])
    if "field" in query:
        group = [code for code in CURRENT_CATEGORIES if group_code(code) == query["field"]]
        papers = filter_by_categories(papers, group, language)
    if "day" in query:
        papers = papers.submitted_on(query["day"])
    if "from" in query:
        papers = papers.filter(paper__submitted_at__gte=_start_of(query["from"]))
    if "until" in query:
        end = _start_of(query["until"]) + timedelta(days=1)
        papers = papers.filter(paper__submitted_at__lt=end)
    if "updated_since" in query:
        papers = papers.filter(updated_at__gte=query["updated_since"])
    if "status" in query:
        papers = papers.filter(status=query["status"])
    if "reviewed" in query:
        is_reviewed = query["reviewed"] == "1"
        status = TranslationStatus.REVIEWED if is_reviewed else TranslationStatus.PUBLISHED
        papers = papers.filter(status=status)
    if "author" in query:
        papers = papers.filter(paper__author_keys__author_key=query["author"])
    if "ids" in query:
        papers = papers.filter(paper__arxiv_id__in=query["ids"])
    if query["ordering"] == HIGHEST_SCORED:
        # Both columns are of the score's row, so that its index gives the order.
        papers = papers.filter(paper__scores__formula=settings.SCORE_FORMULA).annotate(
            score_value=F("paper__scores__value"), scored_paper=F("paper__scores__paper_id")
        )
    return papers


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
