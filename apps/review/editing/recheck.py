"""After sentences change: check and assemble the translation, and update other versions."""

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
    """Check and assemble a locked translation again, and save it with its findings.

    A translation that a check held becomes ready when no finding blocks it; one that a person
    holds stays held.

    Returns:
        For the detail of the decision: the summary before and after, if it changed.
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


def check_if_complete(
    translation: Translation, segments: Iterable[Segment], *, now: datetime
) -> dict[str, Any]:
    """Do `check_again`, unless the pipeline does it when the last sentence is translated."""
    if translation.status in (TranslationStatus.PENDING, TranslationStatus.WAITING):
        return {}
    return check_again(translation, segments, now=now)


def carry_to_other_texts(translation: Translation, *, actor: User, now: datetime) -> None:
    """Copy what persons approved into the other current translations of the same paper."""
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
        followed = check_if_complete(other, other.segments.order_by("position"), now=now)
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
    """Add to each change the names of the open findings that its new text settled and kept.

    The desk's figures on how often a check is right come from these.
    """
    terms = glossary_into(translation.language)
    open_names: dict[int, set[str]] = {}
    for key, name in translation.findings.values_list("segment", "name"):
        if key is not None:
            open_names.setdefault(key, set()).add(name)
    for change in changes:
        before = open_names.get(change["segment"], set())
        if before:
            found = check_segment(translation, segments[change["segment"]], terms)
            after = {item.check for item in found}
            change["settled"] = sorted(before - after)
            change["kept"] = sorted(before & after)


def _is_held_by_a_person(translation: Translation) -> bool:
    """Return whether the last decision that changed the status was to hold it."""
    last = (
        Decision.objects.filter(translation=translation)
        .exclude(status_before=F("status_after"))
        .values_list("kind", flat=True)
        .first()
    )
    return last == DecisionKind.HOLD
