"""Claiming a translation, and releasing the claim."""

from dataclasses import dataclass

from apps.review.acts.base import EditorAct
from apps.review.acts.facts import Facts
from apps.review.claims import delete_claim
from apps.review.models import Claim
from apps.review.refusals import NoClaim


@dataclass(frozen=True, kw_only=True)
class TakeClaim(EditorAct[Claim]):
    """Claim a translation for CLAIM_MINUTES, or extend the claim.

    Attributes:
        take_over: Whether to end another editor's claim.
    """

    take_over: bool = False

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, or ClaimedByOther unless `take_over`."""
        super().check(facts)
        if not self.take_over:
            facts.require_unclaimed(self.actor, self.now)

    def _do(self, facts: Facts) -> Claim:
        return self._claim(facts)


class ReleaseClaim(EditorAct[None]):
    """Release the actor's own claim on a translation."""

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, or NoClaim where the actor has none."""
        super().check(facts)
        if facts.claim is None or facts.claim.editor_id != self.actor.pk:
            raise NoClaim

    def _do(self, facts: Facts) -> None:
        delete_claim(facts.translation.pk, actor=self.actor)
