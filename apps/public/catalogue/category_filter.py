"""Narrowing a list to categories: from the papers of the categories where they are few, else along
the list.

A list is a walk along an index until the page is full. Papers of a category are not spread evenly
over it, so for a small one the walk may be long; its papers are then collected and put into order
instead, which takes as long as there are papers. The database cannot know which is shorter, because
it takes papers for spread evenly. Days have been counted, so the size of a category is known.
"""

from collections.abc import Sequence
from math import isqrt

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Sum

from apps.papers.models import Paper
from apps.review.models import ListedDay
from apps.translation.models import TranslationQuerySet

SPREAD = 170
"""From how many papers on, squared and for each paper of the site, a walk is the shorter way.

A page of 25, in a stretch of the list where papers of the category are twenty times as rare as on
average, with passing over a paper a third as costly as collecting one: reckoned, and then looked at
for every category of 128,295 papers."""


class OneOf(Func):
    """`column = ANY(array)`: looked up one by one, whatever else the rows are chosen by."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def filter_by_categories(
    translations: TranslationQuerySet, categories: Sequence[str], language: str
) -> TranslationQuerySet:
    """Return those of the translations whose paper is in at least one of the categories.

    One small query for the size of the categories.
    """
    listed = ListedDay.objects.filter(language=language, category__in=["", *categories])
    counted = dict(listed.values_list("category").annotate(Sum("papers")).order_by())
    everything = counted.pop("", 0)
    if sum(counted.values()) > isqrt(SPREAD * everything):
        return translations.in_any_category(categories)
    papers = Paper.objects.filter(categories__overlap=list(categories)).order_by().values("pk")
    return translations.filter(OneOf(F("paper_id"), ArraySubquery(papers)))
