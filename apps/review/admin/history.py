"""The history page of a translation in the admin, with restoring."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.core.keyset import Page
from apps.review.acts.restore import restore_sentence, restore_summary
from apps.review.history.timeline import history_of
from apps.review.models import Decision
from apps.review.permissions import Right
from apps.translation.admin.history_page import CannotRestore, ReadableHistory
from apps.translation.history_entries import HistoryEntry
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus


class HistoryPage(ReadableHistory):
    """A mixin with the history page of a translation, on which earlier texts can be restored."""

    history_template = "admin/translation/translation/history.html"

    def subject_name(self, obj: Translation) -> str:
        return f"{obj.paper.arxiv_id}v{obj.version} ({obj.language})"

    def history_of(
        self, request: HttpRequest, obj: Translation, before: int | None
    ) -> Page[HistoryEntry]:
        return history_of(obj, before=before)

    def may_restore(self, request: HttpRequest, obj: Any) -> bool:
        return (
            request.user.has_perm(Right.EDIT.value) and obj.status != TranslationStatus.SUPERSEDED
        )

    def restore(
        self, request: HttpRequest, obj: Translation, wanted: str, *, seen: str, reason: str
    ) -> str:
        """Restore a sentence ("12:345": decision and sentence) or the summary ("12:summary")."""
        key, _colon, what = wanted.partition(":")
        decision = Decision.objects.filter(translation=obj.pk, pk=parse_row_key(key)).first()
        sentence = parse_row_key(what)
        if decision is None or not (sentence or what == "summary"):
            raise CannotRestore(gettext("Choose what to restore on the history page."))
        given: dict[str, Any] = {
            "seen": seen, "actor": requesting_editor(request),
            "reason": reason, "now": timezone.now(),
        }  # fmt: skip
        if sentence:
            restore_sentence(decision, sentence, **given)
        else:
            restore_summary(decision, **given)
        return gettext("The earlier text is restored. The replaced text is in the history.")
