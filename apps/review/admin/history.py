"""The history page of a translation in the admin, with restoring."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.review.claims import ClaimedByOther
from apps.review.editing.restore import restore_sentence, restore_summary
from apps.review.editing.session import CannotEdit
from apps.review.history.timeline import history_of
from apps.review.models import Decision
from apps.review.permissions import NotAllowed, Right
from apps.translation.admin.history_page import CannotRestore, ReadableHistory
from apps.translation.history_entries import HistoryEntry
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus


class HistoryPage(ReadableHistory):
    """A mixin: who changed what in a translation, and the texts that can be had back."""

    history_template = "admin/translation/translation/history.html"

    def subject_name(self, obj: Translation) -> str:
        """Return which translation it is: by the paper, the language and the paper's version."""
        return f"{obj.paper.arxiv_id}v{obj.version} ({obj.language})"

    def history_of(
        self, request: HttpRequest, obj: Translation, before: int | None
    ) -> tuple[Sequence[HistoryEntry], int | None]:
        """Return a page of decisions and of the machine's doing."""
        page = history_of(obj, before=before)
        return page.entries, page.older

    def may_restore(self, request: HttpRequest, obj: Any) -> bool:
        """Whoever may correct sentences may restore them, in a text that is not replaced."""
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
            raise CannotRestore(gettext("Choose what to restore on the page of the history."))
        given: dict[str, Any] = {
            "seen": seen, "actor": requesting_editor(request),
            "reason": reason, "now": timezone.now(),
        }  # fmt: skip
        try:
            if not sentence:
                restore_summary(decision, **given)
            else:
                restore_sentence(decision, sentence, **given)
        except (CannotEdit, ClaimedByOther, NotAllowed) as error:
            raise CannotRestore(str(error)) from error
        return gettext("The earlier text is back. The history has the other one.")
