"""Notices in the admin: every saved wording is a new version, earlier ones stay readable."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from apps.public.models import Notice
from apps.public.notices import add_notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """Lists all wordings, the one in force of each notice first; saving adds a wording."""

    list_display = ["key", "language", "version", "text", "created_at"]
    list_filter = ["key", "language"]
    search_fields = ["text"]
    readonly_fields = ["version", "created_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A wording cannot move to another notice or language."""
        fixed = [] if obj is None else ["key", "language"]
        return [*fixed, "version", "created_at"]

    def save_model(self, request: HttpRequest, obj: Notice, form: ModelForm, change: bool) -> None:
        """Put the text into force as a new version."""
        if change and not form.has_changed():
            return
        added = add_notice(key=obj.key, language=obj.language, text=obj.text, now=timezone.now())
        obj.pk, obj.version, obj.created_at = added.pk, added.version, added.created_at

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The history of what the site declared is kept."""
        return False
