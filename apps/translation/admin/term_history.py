"""The history of terms in the admin: of one term, and of all terms."""

from typing import Any, Literal, cast

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.paginator import CappedPaginator
from apps.core.admin_tools.read_only import ReadOnlyMixin
from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.core.keyset import LATEST_ADDED, Page
from apps.translation.admin.history_page import PER_PAGE, CannotRestore, ReadableHistory
from apps.translation.glossary.history import entry_from_snapshot
from apps.translation.glossary.restore import restore_term
from apps.translation.history_entries import HistoryEntry, TextChange, account_name
from apps.translation.models import GlossaryTerm, TermRevision


class TermHistoryPage(ReadableHistory):
    """A mixin: the history of one term, which may be deleted."""

    history_template = "admin/translation/glossaryterm/history.html"

    def subject(self, request: HttpRequest, object_id: str) -> Model | None:
        """Return the term; for a deleted one an unsaved copy from its last revision."""
        found = self.get_object(request, object_id)
        if found is not None:
            return found
        last = TermRevision.objects.filter(term=parse_row_key(object_id)).order_by("-id").first()
        return None if last is None else deleted_term(last)

    def history_of(
        self, request: HttpRequest, obj: GlossaryTerm, before: int | None
    ) -> Page[HistoryEntry]:
        """Return the revisions, and an entry for the creation if no revision records it."""
        rows = TermRevision.objects.filter(term=obj.pk).select_related("actor")
        latest = LATEST_ADDED.sorted(rows).values_list("pk", flat=True).first()
        page = LATEST_ADDED.page(rows, None if before is None else (before,), size=PER_PAGE)
        entries = [_entry(row, seen=latest or 0, is_latest=row.pk == latest) for row in page.rows]
        earliest = page.rows[-1] if page.rows else None
        if page.next is None and not (earliest and earliest.before is None):
            entries.append(_beginning(obj, earliest, seen=latest or 0))
        return Page(entries, page.next)

    def restore(
        self, request: HttpRequest, obj: GlossaryTerm, wanted: str, *, seen: str, reason: str
    ) -> str:
        """Restore the term to its text before or after a revision, such as "after:12"."""
        side, _colon, written = wanted.partition(":")
        key = parse_row_key(written)
        if side not in ("before", "after") or not key:
            raise CannotRestore(gettext("Choose what to restore on the history page."))
        if not TermRevision.objects.filter(pk=key, term=obj.pk).exists():
            raise CannotRestore(gettext("This change belongs to another term."))
        term = restore_term(
            key,
            cast(Literal["before", "after"], side),
            seen=parse_row_key(seen),
            actor=requesting_editor(request),
            reason=reason,
            now=timezone.now(),
        )
        return gettext("Restored: %s") % term


def deleted_term(last: TermRevision) -> GlossaryTerm:
    """Return an unsaved copy of a deleted term from its last revision."""
    entry = entry_from_snapshot(last.snapshot)
    return GlossaryTerm(pk=last.term_id, source=entry.source, target=entry.target)


def _entry(row: TermRevision, *, seen: int, is_latest: bool) -> HistoryEntry:
    who = gettext("an import") if row.actor is None else account_name(row.actor)
    if row.after is None:
        what = gettext("deleted")
    elif row.before is None:
        what = gettext("added")
    else:
        what = gettext("edited")
    restore = ""
    if row.after is None:
        restore = f"before:{row.pk}"
    elif not is_latest:
        restore = f"after:{row.pk}"
    return HistoryEntry(
        key=str(row.pk),
        at=row.changed_at,
        who=who,
        what=what,
        why=row.reason,
        by_machine=row.actor is None,
        changes=_changes(row.before or {}, row.after or {}),
        lines=[gettext("from the file %s") % row.origin] if row.origin else [],
        restore=restore,
        seen=str(seen),
    )


def _beginning(term: GlossaryTerm, oldest: TermRevision | None, *, seen: int) -> HistoryEntry:
    return HistoryEntry(
        key="beginning",
        at=term.created_at or timezone.now(),
        who=gettext("an import") if term.created_by is None else account_name(term.created_by),
        what=gettext("added"),
        by_machine=term.created_by is None,
        changes=_changes({}, oldest.before or {}) if oldest else (),
        lines=[gettext("from the file %s") % term.origin] if term.origin else [],
        restore=f"before:{oldest.pk}" if oldest else "",
        seen=str(seen),
    )


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[TextChange]:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    changes = [
        TextChange(_label(name), _said(name, before.get(name)), _said(name, after.get(name)))
        for name in names
    ]
    return [change for change in changes if change.before or change.after]


def _label(name: str) -> str:
    return str(GlossaryTerm._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _said(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "、".join(value)
    choices = dict(GlossaryTerm._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))


@admin.register(TermRevision)
class TermRevisionAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Every change of every term, read only. It links to deleted terms as well."""

    list_display = ("changed_at", "term_then", "what", "who", "origin", "reason")
    list_display_links = None
    list_select_related = ("actor",)
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    sortable_by = ()
    ordering = ("-id",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("translation.view_glossaryterm")

    @admin.display(description=_("glossary term"))
    def term_then(self, row: TermRevision) -> SafeString:
        address = reverse("admin:translation_glossaryterm_history", args=[row.term_id])
        return format_html('<a href="{}">{}</a>', address, row)

    @admin.display(description=_("who"))
    def who(self, row: TermRevision) -> str:
        return gettext("an import") if row.actor is None else account_name(row.actor)

    @admin.display(description=_("what"))
    def what(self, row: TermRevision) -> str:
        if row.before is None:
            return gettext("added")
        if row.after is None:
            return gettext("deleted")
        return "、".join(change.label for change in _changes(row.before, row.after))
