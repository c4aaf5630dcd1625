"""Load the columns and parts of papers that the requested members need."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from apps.public.catalogue.published_paper import Part, PublishedPaper, load_papers
from apps.translation.models import Translation, TranslationQuerySet

NEED_ABSTRACT = frozenset({"abstract", "original_abstract"})
NEED_RECORD = frozenset({"comments", "journal_ref", "doi"})
PARTS = {
    "badges": {Part.ORIGINS},
    "provenance": {Part.PROVENANCE},
    "origins": {Part.PROVENANCE},
    "segments": {Part.SEGMENTS, Part.CREDITS},
    "score_value": {Part.SCORE},
    "score": {Part.SCORE_HISTORY},
    "outside_signals": {Part.OUTSIDE_SIGNALS},
    "versions": {Part.VERSIONS},
    "related": {Part.RELATED},
}
"""The parts that members need; other members are columns."""


def defer_unused(
    translations: TranslationQuerySet, members: Collection[str]
) -> TranslationQuerySet:
    """Return the translations with their papers, without large columns that no member needs."""
    shown = translations.select_related("paper").defer(
        "status_reason", "summary_refusal", "paper__report_number"
    )
    if not NEED_ABSTRACT & set(members):
        shown = shown.defer("abstract", "paper__abstract")
    if not NEED_RECORD & set(members):
        shown = shown.defer("paper__comments", "paper__journal_ref", "paper__doi")
    return shown


def with_abstracts(translations: list[Translation], members: Collection[str]) -> list[Translation]:
    """Return the translations, read again with their abstracts if `members` need them.

    Translations that were taken down in the meantime are left out.
    """
    if not NEED_ABSTRACT & set(members):
        return translations
    keys = [translation.pk for translation in translations]
    shown = defer_unused(Translation.objects.published().filter(pk__in=keys), members)
    by_key = {translation.pk: translation for translation in shown}
    return [by_key[key] for key in keys if key in by_key]


def load_parts(
    translations: Iterable[Translation], members: Collection[str]
) -> list[PublishedPaper]:
    """Return the papers of translations into one language, with the parts of `members`."""
    parts: set[Part] = set()
    return load_papers(translations, parts.union(*(PARTS.get(name, ()) for name in members)))
