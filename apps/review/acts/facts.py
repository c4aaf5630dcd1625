"""Facts: what an act needs to know about a translation, loaded for one or for many at once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from apps.review.editing.provenance import Changes
from apps.review.models import Claim
from apps.review.permissions import Right
from apps.review.refusals import (
    CannotEdit,
    ChangedMeanwhile,
    ClaimedByOther,
    ReplacedTranslation,
)
from apps.translation.models import (
    Finding,
    FindingSeverity,
    Segment,
    SegmentOrigin,
    SegmentState,
    Translation,
)
from apps.translation.status import TranslationStatus


class Fact(Enum):
    """What an act can ask for: one query each, for any number of translations."""

    CLAIM = auto()
    UNTRANSLATED = auto()
    BLOCKING = auto()
    OWN_TEXT = auto()


@dataclass(slots=True)
class Facts:
    """The facts about one translation; those that the act does not need keep their defaults.

    Attributes:
        translation: The translation with its paper.
        has_right: Whether the actor has the right to the act.
        claim: The claim on it, anybody's, also an expired one.
        untranslated: Number of sentences without a translation.
        blocking: Names of the checks with blocking findings.
        has_own_text: Whether the actor wrote a sentence of it.
        segments: Its sentences by key, in their order and locked, for acts on sentences.
        changes: By sentence, the last change that can be undone, for undo.
    """

    translation: Translation
    has_right: bool
    claim: Claim | None = None
    untranslated: int = 0
    blocking: Collection[str] = ()
    has_own_text: bool = False
    segments: Mapping[int, Segment] = field(default_factory=dict)
    changes: Changes = field(default_factory=dict)

    def segment(self, key: int) -> Segment:
        """Return a sentence by its key, or raise CannotEdit if another translation has it."""
        if key not in self.segments:
            raise CannotEdit(
                _("The sentence %(key)s is not part of this translation.") % {"key": key}
            )
        return self.segments[key]

    def require_current(self) -> None:
        """Raise ReplacedTranslation where a translation of a newer text has replaced this one."""
        if self.translation.status == TranslationStatus.SUPERSEDED:
            raise ReplacedTranslation

    def require_unclaimed(self, actor: User | None, now: datetime) -> None:
        """Raise ClaimedByOther while the claim of an editor other than `actor` runs."""
        held = self.claim
        if actor is not None and held and held.editor_id != actor.pk and held.expires_at > now:
            raise ClaimedByOther(held)


def load_facts(
    translations: Sequence[Translation],
    needs: Collection[Fact],
    *,
    actor: User | None,
    right: Right,
) -> list[Facts]:
    """Return the facts that an act needs about each of the translations, in their order.

    Args:
        translations: The translations, with their papers.
        needs: Which facts to load; the others keep their defaults.
        actor: Who acts; None for the policy of the site, which has every right.
        right: The right that the act needs.
    """
    has_right = actor is None or actor.has_perm(right.value)
    facts = {item.pk: Facts(item, has_right) for item in translations}
    keys = list(facts)
    if Fact.CLAIM in needs and actor is not None:
        for claim in Claim.objects.filter(translation__in=keys).select_related("editor"):
            facts[claim.translation_id].claim = claim
    if Fact.UNTRANSLATED in needs:
        undone = Segment.objects.filter(translation__in=keys).exclude(state=SegmentState.DONE)
        for key, count in Counter(undone.values_list("translation", flat=True)).items():
            facts[key].untranslated = count
    if Fact.BLOCKING in needs:
        grave = Finding.objects.filter(translation__in=keys, severity=FindingSeverity.BLOCKING)
        for key, name in grave.values_list("translation", "name"):
            facts[key].blocking = {*facts[key].blocking, name}
    if Fact.OWN_TEXT in needs and settings.FOUR_EYES and actor is not None:
        own = Segment.objects.filter(
            translation__in=keys, origin=SegmentOrigin.PERSON, approved_by=actor.pk
        )
        for key in own.values_list("translation", flat=True).distinct():
            facts[key].has_own_text = True
    return list(facts.values())


def require_seen(present: str, seen: str | None) -> None:
    """Raise ChangedMeanwhile if the editor saw another text than `present`; None: not compared."""
    if seen is not None and seen != present:
        raise ChangedMeanwhile(present)
