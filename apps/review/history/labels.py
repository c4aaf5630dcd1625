"""Labels of decisions, for the history of a translation and the site's list of decisions."""

from django.utils.translation import gettext, ngettext

from apps.review.models import Decision
from apps.translation.history_entries import account_name
from apps.translation.models import Segment, SegmentField
from apps.translation.status import TranslationStatus


def actor_label(decision: Decision) -> str:
    """Return who decided: a person, with the token of their program if any, or the policy."""
    if decision.actor is None:
        return gettext("the site's policy")
    name = account_name(decision.actor)
    token = decision.detail.get("token")
    if token is None:
        return name
    return gettext("%(name)s (by the token “%(token)s”)") % {"name": name, "token": token["name"]}


def decision_label(decision: Decision) -> str:
    """Describe a decision in one line.

    Args:
        decision: the decision.

    Returns:
        Its kind and what it changed, such as "edited: 2 sentences, the summary".
    """
    detail = decision.detail
    parts = []
    sentences = len({one["segment"] for one in detail.get("segments", ())})
    sentences = sentences or len(detail.get("replaced", ())) or len(detail.get("approved", ()))
    if sentences:
        parts.append(ngettext("%(n)s sentence", "%(n)s sentences", sentences) % {"n": sentences})
    if "summary" in detail:
        parts.append(gettext("the summary"))
    if not parts:
        return decision.get_kind_display()
    return gettext("%(decision)s: %(what)s") % {
        "decision": decision.get_kind_display(),
        "what": gettext(", ").join(parts),
    }


def status_change_label(decision: Decision) -> str:
    """Return the statuses before and after; empty if the status did not change."""
    if decision.status_before == decision.status_after:
        return ""
    before, after = decision.status_before, decision.status_after
    return f"{TranslationStatus(before).label} → {TranslationStatus(after).label}"


def segment_label(segment: Segment) -> str:
    """Return the place of a sentence, such as "abstract, sentence 3"."""
    if segment.field == SegmentField.TITLE and segment.position == 0:
        return str(SegmentField.TITLE.label)
    return gettext("%(part)s, sentence %(number)s") % {
        "part": SegmentField(segment.field).label,
        "number": segment.position + 1,
    }
