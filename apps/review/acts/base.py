"""What all acts share: load the facts, check them, change the translation in one transaction."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from apps.review.acts.facts import Fact, Facts, load_facts
from apps.review.claims import save_claim
from apps.review.editing.recheck import check_again
from apps.review.history.record import record_decision
from apps.review.models import Claim, Decision, DecisionKind
from apps.review.permissions import NotAllowed, Right
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus

Result = TypeVar("Result", covariant=True)


@dataclass(frozen=True, kw_only=True)
class Act(ABC, Generic[Result]):
    """Something that an editor does to a translation.

    Attributes:
        actor: Who acts; None for the policy of the site.
        now: The time.
        reason: Why, for the history.
        right: The right that it needs.
        needs: The facts that `check` reads.
        leads_to: The status that it gives the translation; None where it does not set one.
    """

    right: ClassVar[Right]
    needs: ClassVar[frozenset[Fact]] = frozenset()
    leads_to: ClassVar[TranslationStatus | None] = None

    actor: User | None
    now: datetime
    reason: str = ""

    def facts_about(self, translations: Sequence[Translation]) -> list[Facts]:
        """Load what `check` needs for all the translations, in a few queries."""
        return load_facts(translations, self.needs, actor=self.actor, right=self.right)

    def check(self, facts: Facts) -> None:
        """Raise a refusal where the act is not possible, without a query."""
        if not facts.has_right:
            raise NotAllowed.without(self.right)

    @transaction.atomic
    def execute(self, translation_key: int) -> Result:
        """Do it in one transaction and return the result.

        Raises:
            Refusal: As `check` does; nothing is changed then.
            Translation.DoesNotExist: There is no such translation.
        """
        (facts,) = self.facts_about([locked_translation(translation_key)])
        self.check(facts)
        return self._do(facts)

    @abstractmethod
    def _do(self, facts: Facts) -> Result:
        """Change the translation, which is locked and checked."""

    def _record(
        self,
        facts: Facts,
        kind: DecisionKind,
        detail: Mapping[str, Any] | None = None,
        *,
        before: str | None = None,
        batch: UUID | None = None,
    ) -> Decision:
        return record_decision(
            facts.translation,
            kind,
            before=before,
            actor=self.actor,
            reason=self.reason,
            detail=detail,
            batch=batch,
            now=self.now,
        )


@dataclass(frozen=True, kw_only=True)
class EditorAct(Act[Result]):
    """Base of the acts that need the right to edit, and look at the claim."""

    right = Right.EDIT
    needs = frozenset({Fact.CLAIM})
    actor: User

    def _claim(self, facts: Facts) -> Claim:
        return save_claim(facts.translation, facts.claim, actor=self.actor, now=self.now)


class SentenceAct(EditorAct[Result]):
    """Base of the acts on sentences of a current translation."""

    def facts_about(self, translations: Sequence[Translation]) -> list[Facts]:
        """Load the sentences as well, and lock them."""
        loaded = super().facts_about(translations)
        for facts in loaded:
            segments = facts.translation.segments.select_for_update()
            facts.segments = {item.pk: item for item in segments.order_by("position")}
        return loaded

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, ReplacedTranslation or ClaimedByOther."""
        super().check(facts)
        facts.require_current()
        facts.require_unclaimed(self.actor, self.now)

    def _check_and_record(
        self, facts: Facts, kind: DecisionKind, detail: Mapping[str, Any]
    ) -> Decision:
        """Run the checks on the changed sentences, and append the decision."""
        before = facts.translation.status
        followed = check_again(facts.translation, facts.segments.values(), now=self.now)
        return self._record(facts, kind, {**detail, **followed}, before=before)


def locked_translation(translation_key: int) -> Translation:
    """Return the translation with its paper, its row locked until the transaction ends."""
    return (
        Translation.objects.select_for_update(of=("self",))
        .select_related("paper")
        .get(pk=translation_key)
    )
