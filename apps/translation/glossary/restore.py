"""Restoring earlier snapshots of terms, including deleted terms."""

from datetime import datetime
from typing import Literal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from apps.translation.glossary.entries import BadTerm, validate_entry
from apps.translation.glossary.history import (
    ChangeContext,
    entry_from_snapshot,
    record_changes,
    term_snapshot,
)
from apps.translation.glossary.service import existing_term, fill_term
from apps.translation.models import GlossaryTerm, TermRevision

Side = Literal["before", "after"]


@transaction.atomic
def restore_term(
    revision_key: int,
    side: Side,
    *,
    seen: int,
    actor: AbstractBaseUser,
    reason: str = "",
    now: datetime,
) -> GlossaryTerm:
    """Restore a term, which may be deleted, to a snapshot of a revision.

    Args:
        revision_key: the key of the revision.
        side: which snapshot of it, before or after the change.
        seen: the key of the latest revision that the editor saw.
        actor: the editor.
        reason: the editor's reason.
        now: the time of the change.

    Returns:
        The saved term.

    Raises:
        BadTerm: there is a later revision or no such snapshot, or another term has the same key.
        TermRevision.DoesNotExist: there is no such revision.
    """
    revision = TermRevision.objects.get(pk=revision_key)
    term = GlossaryTerm.objects.select_for_update().filter(pk=revision.term_id).first()
    latest = TermRevision.objects.filter(term=revision.term_id).order_by("-id").first()
    if latest is None or latest.pk != seen:
        raise BadTerm(
            _("The term has changed in the meantime. Look at its latest change, then restore.")
        )
    wanted = revision.before if side == "before" else revision.after
    if wanted is None:
        raise BadTerm(_("The term did not exist at that time, so there is nothing to restore."))
    entry = validate_entry(entry_from_snapshot(wanted))
    other = existing_term(entry)
    if other is not None and other.pk != revision.term_id:
        raise BadTerm(
            _("“%(term)s” is already in the glossary with this scope, as “%(target)s”.")
            % {"term": other.source, "target": other.target}
        )
    before = None
    if term is None:
        term = GlossaryTerm(pk=revision.term_id, created_at=now, created_by_id=actor.pk)
    else:
        before = term_snapshot(term)
    term.is_in_use = wanted["is_in_use"]
    fill_term(term, entry, actor=actor, now=now)
    term.save(force_insert=before is None)
    record_changes([(term, before, term_snapshot(term))], ChangeContext(actor, now, reason))
    return term
