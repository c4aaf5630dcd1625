"""The history of glossary terms: noting each change, and how a term was written down in it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from apps.translation.glossary.entries import TermEntry
from apps.translation.models import GlossaryTerm, TermRevision


@dataclass(frozen=True, slots=True)
class ChangeContext:
    """Who changed a term when, and why; `origin` is the name of an imported file."""

    actor: AbstractBaseUser | None
    now: datetime
    reason: str = ""
    origin: str = ""


TermChange = tuple[GlossaryTerm, dict[str, Any] | None, dict[str, Any] | None]
"""A term, and what `term_snapshot` gave before and after its change."""


def term_snapshot(term: GlossaryTerm) -> dict[str, Any]:
    """Return what there is to a term as JSON has it: the fields of its entry and `is_in_use`."""
    known = asdict(entry_of(term)) | {"forbidden": list(term.forbidden)}
    del known["where"]
    return known | {"is_in_use": term.is_in_use}


def entry_of(term: GlossaryTerm) -> TermEntry:
    """Return a stored term as files and the index have it."""
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


def entry_from_snapshot(known: dict[str, Any]) -> TermEntry:
    """Return the entry that `term_snapshot` wrote down."""
    fields = {name: value for name, value in known.items() if name != "is_in_use"}
    return TermEntry(**fields | {"forbidden": tuple(known["forbidden"])})


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
