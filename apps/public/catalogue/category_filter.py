"""Filter lists of translations by category.

A list scans an index until the page is full. For a small category that scan may be long, so its
papers are collected first and sorted instead. PostgreSQL assumes an even spread and cannot choose;
the day counts give the size of each category.
"""

from collections.abc import Sequence
from math import isqrt

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Sum

from apps.papers.models import Paper
from apps.review.models import ListedDay
from apps.translation.models import TranslationQuerySet

SPREAD = 170
"""Scan the list if (papers of the category)² > SPREAD x (papers of the site).

Derived for a page of 25 where papers of the category are twenty times as rare as on average and
skipping a paper costs a third of collecting one; checked on every category of 128,295 papers."""


class OneOf(Func):
    """`column = ANY(array)`: looked up row by row, whatever the other conditions."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def filter_by_categories(
    translations: TranslationQuerySet, categories: Sequence[str], language: str
) -> TranslationQuerySet:
    """Keep the translations whose paper is in at least one category. One query for the day counts.

    Args:
        translations: The list to filter.
        categories: Codes of categories.
        language: The language of the translations.

    Returns:
        The filtered translations.
    """
    listed = ListedDay.objects.filter(language=language, category__in=["", *categories])
    counted = dict(listed.values_list("category").annotate(Sum("papers")).order_by())
    everything = counted.pop("", 0)
    if sum(counted.values()) > isqrt(SPREAD * everything):
        return translations.in_any_category(categories)
    papers = Paper.objects.filter(categories__overlap=list(categories)).order_by().values("pk")
    return translations.filter(OneOf(F("paper_id"), ArraySubquery(papers)))
