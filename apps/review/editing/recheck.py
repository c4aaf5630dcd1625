"""Checking again: after a person changed sentences, the whole follows, and findings are judged."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.translation import gettext as _

from apps.review.history.record import record_decision
from apps.review.models import Decision, DecisionKind
from apps.translation.models import Finding, FindingSeverity, Segment, Translation
from apps.translation.pipeline.carry_over import take_over_approved
from apps.translation.pipeline.finish import (
    assemble_texts,
    check_segment,
    check_segments,
    glossary_into,
)
from apps.translation.status import TranslationStatus, require_transition


def check_again(
    translation: Translation, segments: Iterable[Segment], *, now: datetime
) -> dict[str, Any]:
    """Check and put together a locked translation anew, and release it where nothing holds it.

    What a check held is ready once no finding blocks; what a person holds stays held. Returns
    what belongs into the detail of the decision: a summary that was picked anew.
    """
    segments = list(segments)
    summary = translation.summary
    assemble_texts(translation, segments)
    translation.findings.all().delete()
    findings = Finding.objects.bulk_create(
        check_segments(translation, segments, glossary_into(translation.language), now=now)
    )
    blocking = any(item.severity == FindingSeverity.BLOCKING for item in findings)
    is_held = translation.status == TranslationStatus.HELD
    if is_held and not blocking and not _is_held_by_a_person(translation):
        require_transition(translation.status, TranslationStatus.READY)
        translation.status = TranslationStatus.READY
        translation.status_reason = ""
    translation.updated_at = now
    translation.save(
        update_fields=[
            "title",
            "abstract",
            "summary",
            "summary_origin",
            "summary_positions",
            "status",
            "status_reason",
            "updated_at",
        ]
    )
    if translation.summary == summary:
        return {}
    return {"summary_followed": {"before": summary, "after": translation.summary}}


def carry_to_other_texts(translation: Translation, *, actor: User, now: datetime) -> None:
    """Give what persons approved to the other living translations of the same paper."""
    others = (
        Translation.objects.filter(paper=translation.paper_id, language=translation.language)
        .exclude(pk=translation.pk)
        .exclude(status=TranslationStatus.SUPERSEDED)
        .select_for_update(of=("self",))
        .order_by("id")
    )
    for other in others:
        changed = take_over_approved(other, now=now)
        if not changed:
            continue
        before = other.status
        followed: dict[str, Any] = {}
        if before not in (TranslationStatus.PENDING, TranslationStatus.WAITING):
            followed = check_again(other, list(other.segments.order_by("position")), now=now)
        record_decision(
            other,
            DecisionKind.EDIT,
            before=before,
            actor=actor,
            reason=_("the same sentence was approved in another version"),
            detail={
                "segments": [
                    {"segment": item.pk, "before": earlier, "after": item.text}
                    for item, earlier in changed
                ],
                **followed,
            },
            now=now,
        )


def note_findings(
    translation: Translation, changes: list[dict[str, Any]], segments: Mapping[int, Segment]
) -> None:
    """Add to each change which of the open findings its new text settled, and which it kept.

    From these the desk says how often a check was right.
    """
    terms = glossary_into(translation.language)
    open_now: dict[int, set[str]] = {}
    for key, name in translation.findings.values_list("segment", "name"):
        if key is not None:
            open_now.setdefault(key, set()).add(name)
    for change in changes:
        before = open_now.get(change["segment"], set())
        if before:
            found = check_segment(translation, segments[change["segment"]], terms)
            after = {item.check for item in found}
            change["settled"] = sorted(before - after)
            change["kept"] = sorted(before & after)


def _is_held_by_a_person(translation: Translation) -> bool:
    """Whether the decision that last changed the status was one to hold."""
    last = (
        Decision.objects.filter(translation=translation)
        .exclude(status_before=F("status_after"))
        .values_list("kind", flat=True)
        .first()
    )
    return last == DecisionKind.HOLD
