"""What all acts share: check on what was loaded, do it in one transaction, append the decision."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.review.acts.facts import Fact, Facts, load_facts
from apps.review.claims import write_claim
from apps.review.permissions import NotAllowed, Right
from apps.review.refusals import CannotEdit
from apps.translation.models import Segment, Translation
from apps.translation.status import TranslationStatus

Result = TypeVar("Result", covariant=True)


@dataclass(frozen=True, kw_only=True)
class Act(ABC, Generic[Result]):
    """Something that an editor does with a translation, or with each of many.

    Attributes:
        actor: Who acts; None for the policy of the site.
        now: The time.
        reason: Why, for the history.
        right: The right that it needs.
        needs: The facts that `check` looks at.
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
        """Raise a refusal where the act is not possible. Asks the database nothing."""
        if not facts.has_right:
            raise NotAllowed.without(self.right)

    @transaction.atomic
    def execute(self, translation_key: int) -> Result:
        """Do it in one transaction and return what came of it.

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


@dataclass(frozen=True, kw_only=True)
class SentenceAct(Act[Result]):
    """Base of the acts on sentences: they need a current translation, and claim it."""

    right = Right.EDIT
    needs = frozenset({Fact.CLAIM})
    actor: User

    def facts_about(self, translations: Sequence[Translation]) -> list[Facts]:
        """Load the sentences besides, and lock them."""
        loaded = super().facts_about(translations)
        for facts in loaded:
            segments = facts.translation.segments.select_for_update()
            facts.segments = list(segments.order_by("position"))
        return loaded

    def check(self, facts: Facts) -> None:
        """Raise a refusal without the right, for a replaced text, or while others work on it."""
        super().check(facts)
        facts.require_current()
        facts.require_unclaimed(self.actor, self.now)

    def _claim(self, facts: Facts) -> None:
        write_claim(facts.translation, facts.claim, actor=self.actor, now=self.now)


def sentence_of(facts: Facts, key: int) -> Segment:
    """Return a sentence of the translation by its key.

    Raises:
        CannotEdit: It is a sentence of another translation.
    """
    for segment in facts.segments:
        if segment.pk == key:
            return segment
    raise CannotEdit(_("The sentence %(key)s is not part of this translation.") % {"key": key})


def locked_translation(translation_key: int) -> Translation:
    """Return the translation with its paper, its row locked until the transaction ends."""
    return (
        Translation.objects.select_for_update(of=("self",))
        .select_related("paper")
        .get(pk=translation_key)
    )
