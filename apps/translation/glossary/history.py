"""The history of glossary terms: recording changes with snapshots."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from apps.translation.glossary.entries import TermEntry
from apps.translation.models import GlossaryTerm, TermRevision


@dataclass(frozen=True, slots=True)
class ChangeContext:
    """Who changed terms, when and why; `origin` is the name of an imported file."""

    actor: AbstractBaseUser | None
    now: datetime
    reason: str = ""
    origin: str = ""


TermChange = tuple[GlossaryTerm, dict[str, Any] | None, dict[str, Any] | None]
"""A term and its snapshots before and after the change."""


def term_snapshot(term: GlossaryTerm) -> dict[str, Any]:
    """Return a term as JSON: the fields of its entry and `is_in_use`."""
    fields = asdict(entry_of(term)) | {"forbidden": list(term.forbidden)}
    del fields["where"]
    return fields | {"is_in_use": term.is_in_use}


def entry_of(term: GlossaryTerm) -> TermEntry:
    """Convert a stored term to an entry.

    Args:
        term: the term.

    Returns:
        The entry.
    """
    return TermEntry(
        source_language=term.source_language,
        target_language=term.target_language,
        source=term.source,
        target=term.target,
        scope=term.scope,
        part_of_speech=term.part_of_speech,
        forbidden=tuple(term.forbidden),
        case_rule=term.case_rule,
        note=term.note,
        licence=term.licence,
    )


def entry_from_snapshot(snapshot: dict[str, Any]) -> TermEntry:
    """Return the entry of a snapshot."""
    fields = {name: value for name, value in snapshot.items() if name != "is_in_use"}
    return TermEntry(**fields | {"forbidden": tuple(snapshot["forbidden"])})


def record_changes(changes: Iterable[TermChange], why: ChangeContext) -> None:
    """Add a revision for each change. Call it in the transaction that makes the changes."""
    actor = None if why.actor is None else why.actor.pk
    TermRevision.objects.bulk_create(
        [
            TermRevision(
                term_id=term.pk,
                before=before,
                after=after,
                actor_id=actor,
                origin=why.origin[:64],
                reason=why.reason.strip(),
                changed_at=why.now,
            )
            for term, before, after in changes
            if before != after
        ],
        batch_size=1000,
    )
