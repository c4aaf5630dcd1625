"""The tables of search: documents of published translations, and their lexicon."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper
from apps.translation.models import Translation

LONGEST_ENTRY = 160


class SearchDocument(models.Model):
    """A published translation as search finds it. Written by `apps.discovery.search.indexing`.

    `words` holds every word, weighted (A titles, B summary, C abstracts, D authors), and entries
    for filters (see `apps.discovery.search.documents`), so one index serves words and filters.
    `title` repeats the words of both titles: small enough to stay in the row, it ranks a thousand
    candidates quickly. There is no index on the date, because PostgreSQL would choose it and scan.
    """

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="search_documents")
    language = models.CharField(_("language"), max_length=12)
    submitted_at = models.DateTimeField(_("first submitted"))
    categories = ArrayField(models.CharField(max_length=32), verbose_name=_("categories"))
    is_reviewed = models.BooleanField(_("reviewed"))
    words = SearchVectorField(_("words"))
    title = SearchVectorField(_("words of the titles"))
    translation_updated_at = models.DateTimeField(_("state of the translation"))
    paper_changed_at = models.DateTimeField(_("state of the paper"))

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        # Without a pending list, which every search would have to scan.
        indexes = [GinIndex(fields=["words"], name="search_words", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.translation_id)


class LexiconEntry(models.Model):
    """One entry of the index, except authors, and how many documents have it.

    Used for words inside words, spelling corrections and the expected cost of a query. The counts
    may be slightly wrong; results do not depend on them.
    """

    entry = models.CharField(_("entry"), max_length=LONGEST_ENTRY, primary_key=True)
    documents = models.IntegerField(_("documents"))
    is_word = models.BooleanField(_("a word in letters"))

    class Meta:
        verbose_name = _("entry of the lexicon")
        verbose_name_plural = _("entries of the lexicon")
        indexes = [
            GinIndex(
                fields=["entry"],
                name="lexicon_parts_of_words",
                opclasses=["gin_trgm_ops"],
                condition=models.Q(is_word=True),
                fastupdate=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.documents}"
