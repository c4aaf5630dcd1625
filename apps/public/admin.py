"""Notices in the admin: saving adds a version, earlier ones stay readable."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.core.keyset import Page
from apps.public.models import Notice
from apps.public.site.notices import add_notice, restore_notice, versions_of
from apps.translation.admin.history_page import CannotRestore, ReadableHistory
from apps.translation.history_entries import HistoryEntry, TextChange, account_name


class NoticeForm(forms.ModelForm):
    class Meta:
        model = Notice
        fields = ("key", "language", "text", "reason")
        widgets = {"reason": forms.TextInput(attrs={"class": "vTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The reason is that of the next wording, not of this one.
        self.initial["reason"] = ""


@admin.register(Notice)
class NoticeAdmin(ReadableHistory, admin.ModelAdmin):
    """Lists the wordings of each notice, the one in force first."""

    form = NoticeForm
    history_template = "admin/public/notice/history.html"
    list_display = ["key", "language", "version", "text", "created_by", "reason", "created_at"]
    list_filter = ["key", "language"]
    list_select_related = ["created_by"]
    search_fields = ["text"]
    fields = ["key", "language", "text", "reason", "version", "created_by", "created_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A wording cannot move to another notice or language."""
        fixed = [] if obj is None else ["key", "language"]
        return [*fixed, "version", "created_by", "created_at"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"language": request.LANGUAGE_CODE} | super().get_changeform_initial_data(request)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            return forms.ChoiceField(choices=settings.LANGUAGES, label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Notice, form: Any, change: bool) -> None:
        if change and "text" not in form.changed_data:
            return
        added = add_notice(
            key=obj.key,
            language=obj.language,
            text=obj.text,
            actor=requesting_editor(request),
            reason=obj.reason,
            now=timezone.now(),
        )
        obj.pk, obj.version, obj.created_at = added.pk, added.version, added.created_at

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The history of what the site declared is kept."""
        return False

    def history_of(
        self, request: HttpRequest, obj: Notice, before: int | None
    ) -> Page[HistoryEntry]:
        wordings = list(versions_of(obj).select_related("created_by"))
        earlier: list[Notice | None] = [*wordings[1:], None]
        latest = wordings[0].version
        entries = [
            HistoryEntry(
                key=str(item.pk),
                at=item.created_at,
                who=_who(item),
                what=gettext("version %s") % item.version,
                why=item.reason,
                by_machine=item.created_by is None,
                changes=[TextChange(gettext("text"), last.text if last else "", item.text)],
                restore="" if item.version == latest else str(item.pk),
                seen=str(latest),
            )
            for item, last in zip(wordings, earlier, strict=True)
        ]
        return Page(entries)

    def subject_name(self, obj: Notice) -> str:
        return f"{obj.get_key_display()} ({obj.language})"

    def restore(
        self, request: HttpRequest, obj: Notice, wanted: str, *, seen: str, reason: str
    ) -> str:
        wording = versions_of(obj).filter(pk=parse_row_key(wanted)).first()
        if wording is None:
            raise CannotRestore(gettext("Choose what to restore on the history page."))
        try:
            added = restore_notice(
                wording,
                seen=parse_row_key(seen),
                actor=requesting_editor(request),
                reason=reason,
                now=timezone.now(),
            )
        except ValidationError as error:
            raise CannotRestore(" ".join(error.messages)) from error
        return gettext("Version %(new)s restores the text of version %(old)s.") % {
            "new": added.version,
            "old": wording.version,
        }


def _who(notice: Notice) -> str:
    return gettext("the site") if notice.created_by is None else account_name(notice.created_by)
