"""Deleting memory entries, with their full text in the admin's log."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction

from apps.translation.models import MemoryEntry


@transaction.atomic
def delete_entry(entry: MemoryEntry, *, actor: User) -> None:
    """Delete an entry and log its pair.

    Args:
        entry: the entry.
        actor: the person who deletes it.
    """
    log_deletions([entry], actor_key=actor.pk)
    entry.delete()


def log_deletions(entries: Iterable[MemoryEntry], *, actor_key: int | None) -> list[Any]:
    """Log the pairs that are about to be deleted in the admin's log."""
    return [
        LogEntry.objects.log_actions(  # type: ignore[call-overload]
            user_id=actor_key,
            queryset=[entry],
            action_flag=DELETION,
            change_message=f"{entry.source}\n→ {entry.target}",
            single_object=True,
        )
        for entry in entries
    ]
