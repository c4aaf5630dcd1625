"""The glossary in the admin. Every change goes through the services."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.request_user import requesting_editor
from apps.translation.admin.term_history import TermHistoryPage, TermRevisionAdmin
from apps.translation.glossary.entries import BadTerm, TermEntry, validate_entry
from apps.translation.glossary.files import CSV, TBX, import_glossary, write_glossary
from apps.translation.glossary.history import entry_of
from apps.translation.glossary.service import delete_terms, existing_term, save_term, switch_terms
from apps.translation.models import GlossaryTerm

__all__ = ["GlossaryTermAdmin", "TermRevisionAdmin"]

TYPES = {CSV: "text/csv; charset=utf-8", TBX: "application/x-tbx"}


class LinesField(forms.CharField):
    """A list of texts, one per line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 40})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != (initial or [])


class GlossaryTermForm(forms.ModelForm):
    forbidden = LinesField(
        label=_("forbidden renderings"),
        required=False,
        help_text=_(
            "One per line. A translation with one of these renderings of the term is held back, "
            "so enter only renderings that are wrong in every sentence."
        ),
    )

    reason = forms.CharField(
        label=_("why"),
        required=False,
        max_length=300,
        help_text=_("Reason for the term or for its change, shown in the history. Optional."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = GlossaryTerm
        fields = (
            "source", "target", "forbidden", "scope", "part_of_speech", "case_rule", "note",
            "is_in_use", "source_language", "target_language", "licence",
        )  # fmt: skip
        help_texts = {
            "source": _(
                "In the singular and with its hyphens. Plurals, and spellings with a space or "
                "without the hyphen, are found as well."
            ),
            "target": _("What the translation has to contain. Spaces, ・ and ー do not count."),
            "scope": _(
                "arXiv categories such as cs.CL, or whole archives such as cs.*, with spaces "
                "between them; empty: all. The term with the narrowest scope wins."
            ),
            "case_rule": _("Choose “only as written” for names such as RAG (not “rag”)."),
            "note": _("For editors: when to use the term, and how it differs from others."),
            "is_in_use": _(
                "To remove a term that came from a file, switch it off instead of deleting it: a "
                "deleted term returns with the next import."
            ),
            "licence": _("Such as CC0-1.0; empty for a term of this site."),
        }

    def clean(self) -> dict[str, Any]:
        """Check the term like an import does, and that the glossary does not have it yet."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        names = (name for name in self.fields if name not in ("is_in_use", "reason"))
        values = {name: given[name] for name in names} | {"forbidden": tuple(given["forbidden"])}
        try:
            self.entry = validate_entry(TermEntry(**values))
        except BadTerm as error:
            raise forms.ValidationError(str(error)) from error
        other = existing_term(self.entry)
        if other is not None and other.pk != self.instance.pk:
            raise forms.ValidationError(
                gettext("“%(term)s” is already in the glossary with this scope, as “%(target)s”.")
                % {"term": other.source, "target": other.target}
            )
        return given


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("file"), help_text=_("CSV or TBX, by the extension of the file.")
    )
    source_language = forms.CharField(label=_("source language"), max_length=12)
    target_language = forms.CharField(label=_("target language"), max_length=12)
    keep_edited = forms.BooleanField(
        label=_("keep terms that an editor changed"), required=False, initial=True
    )


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(TermHistoryPage, admin.ModelAdmin):
    """The list and the page of terms, and their import and export."""

    form = GlossaryTermForm
    change_list_template = "admin/translation/glossaryterm/change_list.html"
    list_display = ("source", "target", "not_so", "scope", "case_rule", "is_in_use", "updated_at")
    list_filter = (
        "is_in_use", "source_language", "target_language", "part_of_speech", "case_rule",
        "scope", "origin", ("updated_by", admin.EmptyFieldListFilter),
    )  # fmt: skip
    search_fields = ("source", "target", "forbidden", "note")
    readonly_fields = ("origin", "created_at", "created_by", "updated_at", "updated_by")
    fieldsets = (
        (None, {"fields": ("source", "target", "forbidden", "note", "is_in_use", "reason")}),
        (_("where it applies"), {"fields": ("scope", "case_rule", "part_of_speech")}),
        (_("languages"), {"fields": ("source_language", "target_language")}),
        (_("where it came from"), {"fields": ("licence", *readonly_fields)}),
    )
    list_select_related = ("updated_by",)
    actions = ("export_csv", "export_tbx", "switch_off", "switch_on")

    @admin.display(description=_("forbidden renderings"))
    def not_so(self, term: GlossaryTerm) -> str:
        return "、".join(term.forbidden)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return _languages() | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: GlossaryTerm, form: Any, change: bool) -> None:
        saved = save_term(
            form.entry,
            term=obj if change else None,
            is_in_use=form.cleaned_data["is_in_use"],
            actor=requesting_editor(request),
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        obj.pk = saved.pk

    def delete_model(self, request: HttpRequest, obj: GlossaryTerm) -> None:
        self.delete_queryset(request, GlossaryTerm.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[GlossaryTerm]) -> None:
        delete_terms(
            queryset.values_list("pk", flat=True),
            actor=requesting_editor(request),
            now=timezone.now(),
        )

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, chosen: QuerySet[GlossaryTerm]) -> HttpResponse:
        return _download(chosen, CSV)

    @admin.action(description=_("Export as TBX"), permissions=["view"])
    def export_tbx(self, request: HttpRequest, chosen: QuerySet[GlossaryTerm]) -> HttpResponse:
        return _download(chosen, TBX)

    @admin.action(description=_("Switch off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, chosen: QuerySet[GlossaryTerm]) -> None:
        self._switch(request, chosen, is_in_use=False)

    @admin.action(description=_("Switch on"), permissions=["change"])
    def switch_on(self, request: HttpRequest, chosen: QuerySet[GlossaryTerm]) -> None:
        self._switch(request, chosen, is_in_use=True)

    def _switch(
        self, request: HttpRequest, chosen: QuerySet[GlossaryTerm], *, is_in_use: bool
    ) -> None:
        switch_terms(
            chosen.values_list("pk", flat=True),
            is_in_use=is_in_use,
            actor=requesting_editor(request),
            now=timezone.now(),
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name="translation_glossaryterm_import"),
            path("export.csv", view(self.export_all), {"suffix": CSV}, "glossary_csv"),
            path("export.tbx", view(self.export_all), {"suffix": TBX}, "glossary_tbx"),
            *super().get_urls(),
        ]

    def export_all(self, request: HttpRequest, suffix: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _download(self.get_queryset(request), suffix)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None, initial=_languages())
        if request.method == "POST" and form.is_valid() and self._import(request, form):
            return HttpResponseRedirect(reverse("admin:translation_glossaryterm_changelist"))
        context = self.admin_site.each_context(request) | {
            "form": form,
            "opts": self.opts,
            "title": gettext("Import terms"),
        }
        return TemplateResponse(request, "admin/translation/glossaryterm/import.html", context)

    def _import(self, request: HttpRequest, form: ImportForm) -> bool:
        """Import the file and show the counts; return whether it succeeded."""
        given = form.cleaned_data
        try:
            stored = import_glossary(
                given["file"].file,
                Path(given["file"].name).name,
                source=given["source_language"],
                target=given["target_language"],
                now=timezone.now(),
                actor=requesting_editor(request),
                keep_edited=given["keep_edited"],
            )
        except BadTerm as error:
            form.add_error("file", gettext("Nothing was imported. %s") % error)
            return False
        messages.success(
            request,
            gettext(
                "%(added)s terms added, %(changed)s changed, %(unchanged)s unchanged, %(kept)s "
                "kept as editors changed them."
            )
            % {
                "added": stored.added,
                "changed": stored.changed,
                "unchanged": stored.unchanged,
                "kept": stored.kept,
            },
        )
        return True


def _languages() -> dict[str, Any]:
    return {
        "source_language": settings.SOURCE_LANGUAGE,
        "target_language": settings.TARGET_LANGUAGES[0],
    }


def _download(terms: QuerySet[GlossaryTerm], suffix: str) -> HttpResponse:
    name = f"glossary{suffix}"
    file = BytesIO()
    entries = map(entry_of, terms.order_by("folded", "scope").iterator(chunk_size=2000))
    write_glossary(file, name, entries, source=settings.SOURCE_LANGUAGE)
    return HttpResponse(
        file.getvalue(),
        content_type=TYPES[suffix],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
