"""Claiming a translation, and giving the claim up."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from apps.review.acts.base import Act
from apps.review.acts.facts import Fact, Facts
from apps.review.claims import drop_claim, write_claim
from apps.review.models import Claim
from apps.review.permissions import Right
from apps.review.refusals import NoClaim


@dataclass(frozen=True, kw_only=True)
class TakeClaim(Act[Claim]):
    """Claim a translation for CLAIM_MINUTES, or lengthen the claim.

    Attributes:
        take_over: Whether to end the claim of somebody else.
    """

    right = Right.EDIT
    needs = frozenset({Fact.CLAIM})
    actor: User
    take_over: bool = False

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, or ClaimedByOther while the claim of somebody else runs."""
        super().check(facts)
        if not self.take_over:
            facts.require_unclaimed(self.actor, self.now)

    def _do(self, facts: Facts) -> Claim:
        return write_claim(facts.translation, facts.claim, actor=self.actor, now=self.now)


@dataclass(frozen=True, kw_only=True)
class ReleaseClaim(Act[None]):
    """Give up the own claim on a translation; somebody else's stays."""

    right = Right.EDIT
    needs = frozenset({Fact.CLAIM})
    actor: User

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, or NoClaim where the actor has none."""
        super().check(facts)
        if facts.claim is None or facts.claim.editor_id != self.actor.pk:
            raise NoClaim

    def _do(self, facts: Facts) -> None:
        drop_claim(facts.translation.pk, actor=self.actor)
