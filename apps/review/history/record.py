"""The one place that appends a decision to the history of a translation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from apps.review.accounts.api_tokens import token_used_by
from apps.review.models import Decision, DecisionKind
from apps.review.queue.index import refresh_entries
from apps.translation.models import Translation


def record_decision(
    translation: Translation,
    kind: DecisionKind,
    *,
    before: str | None = None,
    actor: User | None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
    now: datetime,
) -> Decision:
    """Append a decision to the history of a translation as it is now, and return it.

    The queue's entry follows. Where a program of `actor` decided, the detail names its token.

    Args:
        translation: The translation, saved.
        kind: What was decided.
        before: The status that it had; None where the decision did not change it.
        actor: Who decided; None for the policy of the site.
        reason: Why.
        detail: Texts before and after, and what else the history shows.
        batch: The correction everywhere that it is a part of.
        now: The time.
    """
    token = token_used_by(actor)
    by_token = {} if token is None else {"token": {"id": token.pk, "name": token.name}}
    decision = Decision.objects.create(
        translation=translation,
        kind=kind,
        status_before=translation.status if before is None else before,
        status_after=translation.status,
        actor=actor,
        reason=reason,
        detail={**(detail or {}), **by_token},
        batch=batch,
        decided_at=now,
    )
    refresh_entries([translation.pk], now=now)
    return decision
