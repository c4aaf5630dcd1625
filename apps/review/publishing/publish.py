"""Publishing: one atomic function for each decision. Lock, check, change, append a Decision."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apps.discovery.models import Score
from apps.discovery.scoring.rank import ranks_are_due
from apps.review.claims import release, require_unclaimed
from apps.review.editing.approve import approve_segments
from apps.review.editing.edit import carry_to_other_texts
from apps.review.editing.session import decided, locked_translation
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import NotAllowed, Right, require
from apps.review.publishing.day_counts import count_days
from apps.review.queue.index import refresh_entries
from apps.translation.models import (
    FindingSeverity,
    Segment,
    SegmentOrigin,
    SegmentState,
    Translation,
)
from apps.translation.models.findings import check_label
from apps.translation.status import (
    PUBLIC,
    ForbiddenTransition,
    TranslationStatus,
    require_transition,
)


class CannotPublish(Exception):
    """A translation is not fit to be read; the message says what to do about it."""

    @classmethod
    def untranslated(cls, count: int) -> "CannotPublish":
        """Return the error of a text of which sentences have no translation."""
        return cls(
            _("%(count)s sentences have no translation. Translate them first.") % {"count": count}
        )

    @classmethod
    def blocked(cls, names: Iterable[str]) -> "CannotPublish":
        """Return the error of a text with blocking findings that nobody has reviewed."""
        return cls(
            _("Blocking findings (%(names)s): correct the text, or approve it after reading it.")
            % {"names": ", ".join(map(check_label, sorted(names)))}
        )


@transaction.atomic
def publish(
    translation_key: int,
    *,
    actor: User | None,
    reviewed: bool,
    reason: str = "",
    now: datetime,
) -> Decision:
    """Make a translation public and return the decision.

    `actor` is the editor, or None for the site's policy; `reviewed` says that the editor has read
    the text and answers for it, which also settles blocking findings. A published translation of
    an older text of the paper is superseded in the same moment.

    Raises CannotPublish when a sentence has no text, or when there are blocking findings and
    nobody has reviewed them; ForbiddenTransition when the status does not lead there; NotAllowed
    when `actor` may not, or with FOUR_EYES wrote a sentence of it; ClaimedByOther while somebody
    else is working on it.
    """
    translation = locked_translation(translation_key)
    if actor is not None:
        require(actor, Right.APPROVE if reviewed else Right.PUBLISH)
        require_unclaimed(translation.pk, actor=actor, now=now)
    if reviewed and actor is None:
        raise CannotPublish(_("Only a person can review a translation."))
    if reviewed and actor is not None and settings.FOUR_EYES:
        _require_other_eyes(translation, actor)
    _require_readable(translation)
    if not reviewed:
        _require_clean(translation)
    after = TranslationStatus.REVIEWED if reviewed else TranslationStatus.PUBLISHED
    _supersede_others(translation, actor=actor, now=now)
    detail: dict[str, Any] = {}
    if actor is not None and reviewed:
        detail = _approve_all(translation, actor=actor, now=now)
        carry_to_other_texts(translation, actor=actor, now=now)
        release(translation.pk, actor=actor)
    kind = DecisionKind.APPROVE if reviewed else DecisionKind.PUBLISH
    return _decide(translation, after, kind, actor=actor, reason=reason, detail=detail, now=now)


@transaction.atomic
def unpublish(translation_key: int, *, actor: User | None, reason: str, now: datetime) -> Decision:
    """Take a translation down at once and return the decision; `reason` is for the history.

    Raises ForbiddenTransition when it is neither public nor ready, NotAllowed when `actor` may
    not. A claim does not stop it: what is wrong has to go at once.
    """
    if actor is not None:
        require(actor, Right.PUBLISH)
    return _decide(
        locked_translation(translation_key),
        TranslationStatus.UNPUBLISHED,
        DecisionKind.UNPUBLISH,
        actor=actor,
        reason=reason,
        now=now,
    )


@transaction.atomic
def hold(translation_key: int, *, actor: User | None, reason: str, now: datetime) -> Decision:
    """Keep a translation that is ready, or was taken down, for an editor; return the decision.

    Raises ForbiddenTransition, and NotAllowed when `actor` may not.
    """
    if actor is not None:
        require(actor, Right.PUBLISH)
    return _decide(
        locked_translation(translation_key),
        TranslationStatus.HELD,
        DecisionKind.HOLD,
        actor=actor,
        reason=reason,
        now=now,
    )


def _approve_all(translation: Translation, *, actor: User, now: datetime) -> dict[str, Any]:
    segments = list(translation.segments.order_by("position"))
    return approve_segments(translation, segments, actor=actor, now=now)


def publish_ready(*, policy: str, now: datetime, limit: int = 200) -> int:
    """Publish up to `limit` clean translations as unreviewed, where `policy` is "clean".

    Returns how many were published. Translations of papers that have no score yet wait for it.
    With the policy "held" nothing is published without an editor.
    """
    if policy != "clean":
        return 0
    ready = (
        Translation.objects.filter(
            status=TranslationStatus.READY,
            paper__in=Score.objects.values("paper"),
            source_fingerprint=F("paper__text_fingerprint"),
        )
        .order_by("id")
        .values_list("pk", flat=True)[:limit]
    )
    published = 0
    for key in list(ready):
        try:
            publish(key, actor=None, reviewed=False, now=now)
        except ForbiddenTransition:
            # Another worker or an editor was faster; theirs stands.
            continue
        published += 1
    return published


def _require_readable(translation: Translation) -> None:
    undone = translation.segments.exclude(state=SegmentState.DONE).count()
    if undone or not translation.title:
        raise CannotPublish.untranslated(undone or 1)


def _require_other_eyes(translation: Translation, actor: User) -> None:
    if written_by([translation.pk], actor):
        raise own_text()


def written_by(translation_keys: Iterable[int], actor: User) -> set[int]:
    """Return those of the translations of which `actor` wrote a sentence."""
    own = Segment.objects.filter(
        translation__in=list(translation_keys), origin=SegmentOrigin.PERSON, approved_by=actor.pk
    )
    return set(own.values_list("translation", flat=True).distinct())


def own_text() -> NotAllowed:
    """Return the error of approving, under FOUR_EYES, what one wrote oneself."""
    return NotAllowed(
        _("You wrote a part of this text. On this site somebody else has to approve it.")
    )


def _require_clean(translation: Translation) -> None:
    blocking = translation.findings.filter(severity=FindingSeverity.BLOCKING)
    names = set(blocking.values_list("name", flat=True))
    if names:
        raise CannotPublish.blocked(names)


def _supersede_others(translation: Translation, *, actor: User | None, now: datetime) -> None:
    others = (
        Translation.objects.published()
        .filter(paper=translation.paper_id, language=translation.language)
        .exclude(pk=translation.pk)
        .select_for_update(of=("self",))
        .select_related("paper")
    )
    for other in others:
        _decide(
            other,
            TranslationStatus.SUPERSEDED,
            DecisionKind.UNPUBLISH,
            actor=actor,
            reason=_("replaced by the translation of version %(version)s")
            % {"version": translation.version},
            now=now,
        )


def _decide(
    translation: Translation,
    after: TranslationStatus,
    kind: DecisionKind,
    *,
    actor: User | None,
    reason: str,
    detail: dict[str, Any] | None = None,
    now: datetime,
) -> Decision:
    before = translation.status
    require_transition(before, after)
    translation.status = after
    translation.status_reason = reason
    translation.updated_at = now
    if after in PUBLIC and translation.published_at is None:
        translation.published_at = now
    translation.save(update_fields=["status", "status_reason", "updated_at", "published_at"])
    if (after in PUBLIC) != (before in PUBLIC):
        count_days(translation, (after in PUBLIC) - (before in PUBLIC))
        ranks_are_due([translation.paper], now=now)
    refresh_entries([translation.pk], now=now)
    return decided(
        translation, kind, before=before, actor=actor, reason=reason, detail=detail, now=now
    )
