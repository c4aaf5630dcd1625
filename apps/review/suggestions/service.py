"""Readers' corrections: received within limits, accepted or declined by editors."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.core.rate_limits import CannotCount, Limit, TooOften, count_in
from apps.review.acts.base import locked_translation
from apps.review.acts.edit_sentences import EditSentences
from apps.review.claims import active_claim, delete_claim
from apps.review.history.record import record_decision
from apps.review.models import Decision, DecisionKind, Suggestion, SuggestionState
from apps.review.permissions import Right, require
from apps.review.queue.index import refresh_entries
from apps.review.suggestions.errors import (
    AlreadyAnswered,
    CannotAnswer,
    NotNow,
    NotOpenToReaders,
    SameAsPresent,
    SentenceChanged,
    TooManySuggestions,
)
from apps.review.suggestions.validation import checked_input
from apps.text.hygiene.user_input import comparison_form, one_line
from apps.translation.models import Segment, Translation


def suggest(
    segment_key: int,
    *,
    base_text: str,
    text: str,
    comment: str = "",
    credit: str = "",
    sender: str,
    now: datetime,
) -> Suggestion:
    """Store a reader's correction of a sentence.

    Args:
        segment_key: Key of the sentence.
        base_text: The translation that the reader saw.
        text: The better translation.
        comment: The reader's comment.
        credit: The name to be shown if the text is accepted.
        sender: Hash of the sender, from `hash_sender`. Limits: SUGGESTIONS_PER_MINUTE and
            SUGGESTIONS_PER_DAY per sender, SUGGESTIONS_PER_HOUR for the site.
        now: The time.

    Returns:
        The new correction, or the open one with the same text.

    Raises:
        CannotSuggest: One of its subclasses says what the reader can do.
    """
    segment = open_to_readers().filter(pk=segment_key).first()
    if segment is None:
        raise NotOpenToReaders
    typed = checked_input(segment, text=text, comment=comment, credit=credit)
    if typed.text == one_line(segment.text):
        raise SameAsPresent
    if base_text != segment.text:
        raise SentenceChanged(segment)
    _count(sender, now)
    with transaction.atomic():
        locked_translation(segment.translation_id)
        suggestion, is_new = Suggestion.objects.select_for_update(of=("self",)).get_or_create(
            segment=segment,
            likeness=_text_key(typed.text, base_text),
            state=SuggestionState.OPEN,
            defaults={
                "base_text": base_text,
                "text": typed.text,
                "comment": typed.comment,
                "credit": typed.credit,
                "sender": sender,
                "received_at": now,
            },
        )
        if not is_new and suggestion.sender != sender:
            suggestion.times += 1
            suggestion.comment = suggestion.comment or typed.comment
            suggestion.credit = suggestion.credit or typed.credit
        _save(suggestion, now=now)
    return suggestion


def open_to_readers() -> QuerySet[Segment]:
    """Return a query for the sentences that readers may correct.

    Returns:
        Segments of listed translations, with translation and paper.
    """
    return Segment.objects.filter(
        translation__in=Translation.objects.listed(), text__gt=""
    ).select_related("translation__paper")


def open_suggestions(translation_key: int) -> QuerySet[Suggestion]:
    """Return the unanswered corrections of a translation, in the order of the sentences."""
    return (
        Suggestion.objects.filter(segment__translation=translation_key, state=SuggestionState.OPEN)
        .select_related("segment")
        .order_by("-segment__field", "segment__position", "received_at", "id")
    )


@transaction.atomic
def accept(
    suggestion_key: int,
    *,
    actor: User,
    now: datetime,
    text: str | None = None,
    seen: str | None = None,
    with_credit: bool = True,
) -> Decision:
    """Write a reader's correction into the sentence, as `actor`'s edit.

    Other open corrections of the sentence with the same text are closed as well.

    Args:
        suggestion_key: Key of the correction.
        actor: The editor.
        now: The time.
        text: The editor's version of the correction; None: as the reader sent it.
        seen: The sentence's text that the editor compared with; None: the one that the reader saw.
        with_credit: Whether to show the reader's name, if one was given.

    Returns:
        The decision, also where the sentence has this text already.

    Raises:
        AlreadyAnswered: It was accepted or declined before.
        ChangedMeanwhile: The sentence no longer has the text `seen`. Nothing is written.
        Refusal: As EditSentences does.
    """
    require(actor, Right.ANSWER)
    suggestion, translation = _lock_open(suggestion_key)
    segment = suggestion.segment
    wanted = one_line(suggestion.text if text is None else text)
    before = suggestion.base_text if seen is None else seen
    detail = {"suggestion": suggestion.pk}
    had_claim = active_claim(translation.pk, now=now) is not None
    decision = EditSentences(
        texts={segment.pk: wanted},
        seen={segment.pk: before},
        kind=DecisionKind.SUGGESTION,
        detail=detail,
        actor=actor,
        now=now,
    ).execute(translation.pk)
    if not had_claim:
        # A single answer should not keep other editors out for the length of a claim.
        delete_claim(translation.pk, actor=actor)
    if not with_credit:
        suggestion.credit = ""
    suggestion.accepted_text = wanted
    _close(suggestion, SuggestionState.ACCEPTED, actor, now)
    same = {comparison_form(wanted), comparison_form(suggestion.text)}
    for other in (
        open_suggestions(translation.pk).filter(segment=segment).select_for_update(of=("self",))
    ):
        if comparison_form(other.text) in same:
            _close(other, SuggestionState.MERGED, actor, now)
    return decision or record_decision(
        translation, DecisionKind.SUGGESTION, actor=actor, detail=detail, now=now
    )


@transaction.atomic
def decline(suggestion_key: int, *, actor: User, reason: str, now: datetime) -> Decision:
    """Decline a reader's correction.

    Args:
        suggestion_key: Key of the correction.
        actor: The editor.
        reason: Why; only editors see it.
        now: The time.

    Returns:
        The decision.

    Raises:
        CannotAnswer: The reason is empty.
        AlreadyAnswered: It was accepted or declined before.
        NotAllowed: The account may not answer corrections.
    """
    require(actor, Right.ANSWER)
    why = one_line(reason)
    if not why:
        raise CannotAnswer(_("Enter the reason for declining. Only editors see it."))
    suggestion, translation = _lock_open(suggestion_key)
    suggestion.decline_reason = why
    _close(suggestion, SuggestionState.DECLINED, actor, now)
    detail = {
        "suggestion": suggestion.pk,
        "segment": suggestion.segment_id,
        "declined": suggestion.text,
    }
    return record_decision(
        translation, DecisionKind.DECLINE, actor=actor, reason=why, detail=detail, now=now
    )


def reader_credits(
    translations: Sequence[Translation], segments: Sequence[Segment]
) -> dict[int, str]:
    """Return the names of readers whose accepted corrections are the present texts, in one query.

    A sentence that a newer version of the paper took over keeps its name.

    Args:
        translations: The translations of the segments.
        segments: The segments.

    Returns:
        Names by key of the segment; segments without a name are left out.
    """
    accepted = (
        Suggestion.objects.filter(
            state=SuggestionState.ACCEPTED,
            segment__translation__paper__in={item.paper_id for item in translations},
            segment__translation__language__in={item.language for item in translations},
        )
        .exclude(credit="")
        .order_by("decided_at", "id")
        .values_list(
            "segment__translation__paper", "segment__translation__language", "segment__field",
            "segment__source_hash", "accepted_text", "credit",
        )
    )  # fmt: skip
    names = {tuple(place): credit for *place, credit in accepted}
    texts = {item.pk: (item.paper_id, item.language) for item in translations}
    places = {
        item.pk: (*texts[item.translation_id], item.field, item.source_hash, item.text)
        for item in segments
    }
    return {key: names[place] for key, place in places.items() if place in names}


def forget_senders(*, now: datetime, days: int, limit: int = 1000) -> int:
    """Remove the sender from up to `limit` corrections older than `days`; return their number."""
    old = Suggestion.objects.exclude(sender="").filter(received_at__lt=now - timedelta(days=days))
    keys = list(old.order_by("received_at").values_list("pk", flat=True)[:limit])
    return Suggestion.objects.filter(pk__in=keys).update(sender="")


def _count(sender: str, now: datetime) -> None:
    site_limit = Limit("suggestions-hour", settings.SUGGESTIONS_PER_HOUR, 3600)
    limits = (
        (Limit("suggestions-minute", settings.SUGGESTIONS_PER_MINUTE, 60), sender),
        (Limit("suggestions-day", settings.SUGGESTIONS_PER_DAY, 86_400), sender),
        (site_limit, "all"),
    )
    try:
        for limit, who in limits:
            count_in(limit, who, now=now)
    except CannotCount as error:
        raise NotNow from error
    except TooOften as error:
        raise TooManySuggestions(
            error.retry_after, is_site_limit=error.limit == site_limit
        ) from error


def _text_key(text: str, base_text: str) -> str:
    shared = f"{comparison_form(text)}\0{base_text}"
    return hashlib.blake2b(shared.encode(), digest_size=16).hexdigest()


def _lock_open(suggestion_key: int) -> tuple[Suggestion, Translation]:
    """Lock the translation, then its open correction, in the order in which edits lock."""
    key = Suggestion.objects.values_list("segment__translation", flat=True).get(pk=suggestion_key)
    translation = locked_translation(key)
    suggestion = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("segment")
        .get(pk=suggestion_key)
    )
    if suggestion.state != SuggestionState.OPEN:
        raise AlreadyAnswered(suggestion)
    return suggestion, translation


def _close(suggestion: Suggestion, state: SuggestionState, actor: User, now: datetime) -> None:
    suggestion.state = state
    suggestion.decided_at = now
    suggestion.decided_by = actor
    _save(suggestion, now=now)


def _save(suggestion: Suggestion, *, now: datetime) -> None:
    """Save a new or changed correction and update the review queue."""
    suggestion.save()
    refresh_entries([suggestion.segment.translation_id], now=now)
