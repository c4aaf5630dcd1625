"""Deleting entries of the memory: the admin's log keeps each pair whole."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction

from apps.translation.models import MemoryEntry


@transaction.atomic
def delete_entry(entry: MemoryEntry, *, actor: User) -> None:
    """Delete an entry, keeping its pair in the log as deleted by `actor`."""
    log_deletions([entry], actor_key=actor.pk)
    entry.delete()


def log_deletions(entries: Iterable[MemoryEntry], *, actor_key: int | None) -> list[Any]:
    """Keep the pairs that are about to be deleted in the log of the admin."""
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
