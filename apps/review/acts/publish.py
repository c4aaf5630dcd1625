"""Publishing: unreviewed, or approved by an editor who has read the text."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from apps.review.acts.approve_sentences import approve_segments
from apps.review.acts.facts import Fact, Facts
from apps.review.acts.status_change import StatusAct
from apps.review.claims import delete_claim
from apps.review.editing.recheck import carry_to_other_texts
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import OwnText, Right
from apps.review.refusals import BlockingFindings, CannotPublish, Untranslated
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus


class _Supersede(StatusAct):
    """Supersede a public translation; a part of publishing another, so it asks for no right."""

    leads_to = TranslationStatus.SUPERSEDED
    kind = DecisionKind.UNPUBLISH


class _Publication(StatusAct):
    """Base of both: a complete text, and no second public translation of the paper."""

    def _require_translated(self, facts: Facts) -> None:
        if facts.untranslated or not facts.translation.title:
            raise Untranslated(facts.untranslated or 1)

    def _supersede_others(self, translation: Translation) -> None:
        others = (
            Translation.objects.published()
            .filter(paper=translation.paper_id, language=translation.language)
            .exclude(pk=translation.pk)
            .select_for_update(of=("self",))
            .select_related("paper")
        )
        reason = _("replaced by the translation of version %(version)s") % {
            "version": translation.version
        }
        act = _Supersede(actor=self.actor, reason=reason, now=self.now)
        for other in others:
            act._do(Facts(other, has_right=True))


class Publish(_Publication):
    """Publish a translation as unreviewed, unless a finding blocks it."""

    right = Right.PUBLISH
    leads_to = TranslationStatus.PUBLISHED
    kind = DecisionKind.PUBLISH
    needs = frozenset({Fact.CLAIM, Fact.UNTRANSLATED, Fact.BLOCKING})

    def require_fit(self, facts: Facts) -> None:
        """Raise ClaimedByOther, Untranslated, or BlockingFindings."""
        facts.require_unclaimed(self.actor, self.now)
        self._require_translated(facts)
        if facts.blocking:
            raise BlockingFindings(facts.blocking)

    def _do(self, facts: Facts) -> Decision:
        self._supersede_others(facts.translation)
        return self._change_status(facts)


class Approve(_Publication):
    """Approve a translation after reading it, which settles its findings, and publish it."""

    right = Right.APPROVE
    leads_to = TranslationStatus.REVIEWED
    kind = DecisionKind.APPROVE
    needs = frozenset({Fact.CLAIM, Fact.UNTRANSLATED, Fact.OWN_TEXT})

    def require_fit(self, facts: Facts) -> None:
        """Raise ClaimedByOther, OwnText under FOUR_EYES, or Untranslated."""
        facts.require_unclaimed(self._editor(), self.now)
        if facts.has_own_text:
            raise OwnText
        self._require_translated(facts)

    def _do(self, facts: Facts) -> Decision:
        translation, actor, now = facts.translation, self._editor(), self.now
        self._supersede_others(translation)
        segments = list(translation.segments.order_by("position"))
        detail = approve_segments(translation, segments, actor=actor, now=now)
        carry_to_other_texts(translation, actor=actor, now=now)
        delete_claim(translation.pk, actor=actor)
        return self._change_status(facts, detail)

    def _editor(self) -> User:
        if self.actor is None:
            raise CannotPublish(_("Only a person can review a translation."))
        return self.actor
