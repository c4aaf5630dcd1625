"""API tokens: secrets by which programs act for an account."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60


class Scope(models.TextChoices):
    """What a token may do, always within the rights of its account."""

    DESK_READ = "desk:read", _("read what editors see")
    SEGMENTS_WRITE = "segments:write", _("correct and approve sentences")
    DECISIONS_WRITE = "decisions:write", _("publish, approve, take down, hold, translate again")
    SUGGESTIONS_SEND = "suggestions:send", _("propose corrections, as readers do")
    SUGGESTIONS_ANSWER = "suggestions:answer", _("accept and decline readers' corrections")
    GLOSSARY_WRITE = "glossary:write", _("add, change and delete glossary terms")
    MEMORY_WRITE = "memory:write", _("delete entries of the translation memory")
    HARVEST_WRITE = "harvest:write", _("start, stop and resume harvests")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of(self, owner: User) -> Self:
        """Tokens of one account."""
        return self.filter(owner=owner)


class ApiToken(models.Model):
    """A token of one account. Only `apps.review.accounts.api_tokens` writes it.

    It stores the first characters, so that people recognise the token, and its SHA-256. Tokens are
    revoked and never deleted, so that their changes stay attributable.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="api_tokens",
        verbose_name=_("account"),
    )
    name = models.CharField(_("token name"), max_length=LONGEST_NAME)
    beginning = models.CharField(_("begins with"), max_length=20)
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=32, choices=Scope), verbose_name=_("scopes"), blank=True
    )
    per_minute = models.PositiveIntegerField(_("requests per minute"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("expires"))
    last_used_on = models.DateField(_("last used (day)"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]
        default_permissions = ()
        permissions = [("revoke_apitoken", "Can see and revoke everybody's API tokens")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(revoked_at__isnull=True),
                name="one_token_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name
