"""Glossary terms with their renderings and forbidden renderings."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TERM = 200


class PartOfSpeech(models.TextChoices):
    """The parts of speech of TBX-Basic (ISO 30042)."""

    NOUN = "noun", _("noun")
    VERB = "verb", _("verb")
    ADJECTIVE = "adjective", _("adjective")
    ADVERB = "adverb", _("adverb")
    PROPER_NOUN = "properNoun", _("proper noun")
    OTHER = "other", _("other")


class CaseRule(models.TextChoices):
    """Whether the case of a term must match."""

    ANY = "any", _("capitals do not matter")
    EXACT = "exact", _("only as written")


class GlossaryQuerySet(models.QuerySet):
    def of_pair(self, source: str, target: str) -> Self:
        """Terms of one language pair."""
        return self.filter(source_language=source, target_language=target)

    def in_use(self) -> Self:
        """Terms that have not been switched off."""
        return self.filter(is_in_use=True)


class GlossaryTerm(models.Model):
    """A source term with its rendering in a scope.

    `folded` is `glossary.entries.fold_term(source)`; rows are written by
    `apps.translation.glossary.service`, which fills it in.
    """

    source_language = models.CharField(_("source language"), max_length=12)
    target_language = models.CharField(_("target language"), max_length=12)
    source = models.CharField(_("term"), max_length=LONGEST_TERM)
    folded = models.CharField(_("term as compared"), max_length=LONGEST_TERM, editable=False)
    target = models.CharField(_("rendering"), max_length=LONGEST_TERM)
    scope = models.CharField(_("scope"), max_length=LONGEST_TERM, blank=True)
    part_of_speech = models.CharField(
        _("part of speech"), max_length=12, choices=PartOfSpeech, blank=True
    )
    forbidden = ArrayField(
        models.CharField(max_length=LONGEST_TERM),
        verbose_name=_("forbidden renderings"),
        default=list,
        blank=True,
    )
    case_rule = models.CharField(
        _("capitals"), max_length=5, choices=CaseRule, default=CaseRule.ANY
    )
    note = models.TextField(_("note"), blank=True)
    is_in_use = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=64, blank=True)
    licence = models.CharField(_("licence"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    updated_at = models.DateTimeField(_("changed"), editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["source_language", "target_language", "folded", "scope"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "folded", "scope"],
                name="one_rendering_per_scope",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
