"""Notes between editors."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from apps.review.models import Note
from apps.review.permissions import Right, require
from apps.review.refusals import CannotEdit

LONGEST = 2000


def leave_note(translation_key: int, text: str, *, actor: User, now: datetime) -> Note:
    """Store a note on a translation and return it.

    Raises:
        CannotEdit: The note is empty or too long.
        NotAllowed: The actor lacks the right to edit.
    """
    require(actor, Right.EDIT)
    written = text.strip()
    if not written:
        raise CannotEdit(_("Type the note first."))
    if len(written) > LONGEST:
        raise CannotEdit(
            _("A note can have %(most)s characters; this one has %(count)s.")
            % {"most": LONGEST, "count": len(written)}
        )
    return Note.objects.create(
        translation_id=translation_key, author=actor, text=written, written_at=now
    )
