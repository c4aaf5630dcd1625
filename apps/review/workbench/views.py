"""The JSON requests of the workbench: each calls one service and answers with what changed."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.admin_tools.request_user import requesting_editor
from apps.review.acts.approve_sentences import ApproveSentences
from apps.review.acts.base import Act, Result
from apps.review.acts.claim import TakeClaim
from apps.review.acts.edit_sentences import EditSentences
from apps.review.acts.edit_summary import EditSummary
from apps.review.acts.undo_sentence import UndoSentence
from apps.review.claims import active_claim
from apps.review.corrections.offers import offers_of
from apps.review.editing.provenance import change_to_undo, changes_to_undo
from apps.review.models import Decision
from apps.review.permissions import Right, require
from apps.review.refusals import CannotEdit
from apps.review.workbench.context import Feedback, check_text
from apps.review.workbench.responses import json_endpoint
from apps.translation.engines.base import EngineUnavailable
from apps.translation.models import Segment, Translation
from apps.translation.pipeline.finish import glossary_into
from apps.translation.pipeline.propose import engines_for_proposals, propose
from apps.translation.tasks import current_plan

FOLDER = "admin/translation/translation"
LONGEST = 20_000


def workbench_urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the URLs of the workbench's requests, for the admin of translations."""
    answer = json_endpoint(site.has_permission)
    sentence = "<int:key>/sentences/<int:sentence>"
    return [
        path(f"{sentence}/save/", answer(save), name="review_sentence_save"),
        path(f"{sentence}/check/", answer(check), name="review_sentence_check"),
        path(f"{sentence}/approve/", answer(approve), name="review_sentence_approve"),
        path(f"{sentence}/undo/", answer(undo), name="review_sentence_undo"),
        path(f"{sentence}/ask/", answer(ask), name="review_sentence_ask"),
        path("<int:key>/summary/save/", answer(save_summary), name="review_summary_save"),
        path("<int:key>/claim/", answer(claim), name="review_claim"),
    ]


def save(request: HttpRequest, key: int, sentence: int) -> dict[str, Any]:
    """Save the text of a sentence."""
    seen = {sentence: request.POST.get("seen", "")}
    decision = _execute(EditSentences, request, key, texts={sentence: _text(request)}, seen=seen)
    return _row(request, key, sentence, decision)


def approve(request: HttpRequest, key: int, sentence: int) -> dict[str, Any]:
    """Approve a sentence, unless it has changed since the editor saw it."""
    seen = {sentence: request.POST["seen"]} if "seen" in request.POST else {}
    _execute(ApproveSentences, request, key, segments=[sentence], seen=seen)
    return _row(request, key, sentence)


def undo(request: HttpRequest, key: int, sentence: int) -> dict[str, Any]:
    """Undo the last change of a sentence."""
    _execute(UndoSentence, request, key, segment=sentence, seen=request.POST.get("seen"))
    return _row(request, key, sentence)


def check(request: HttpRequest, key: int, sentence: int) -> dict[str, Any]:
    """Check a text that is being typed, without saving it."""
    require(requesting_editor(request), Right.EDIT)
    translation = _translation(key)
    segment = translation.segments.get(pk=sentence)
    text = _text(request).strip()
    terms = glossary_into(translation.language)
    return _feedback(request, check_text(translation, segment, text, terms))


def ask(request: HttpRequest, key: int, sentence: int) -> dict[str, Any]:
    """Ask an engine for another translation of a sentence, without saving it."""
    require(requesting_editor(request), Right.RETRANSLATE)
    name = request.POST.get("engine", "")
    if name not in engines_for_proposals(settings.TRANSLATION_ENGINES):
        raise EngineUnavailable(_("This site has no engine called “%(name)s”.") % {"name": name})
    segment = Segment.objects.select_related("translation__paper").get(pk=sentence, translation=key)
    text = propose(segment, name, current_plan())
    return {
        "proposal": render_to_string(
            f"{FOLDER}/_proposal.html",
            {"text": text, "engine": name, "segment": segment},
            request,
        )
    }


def save_summary(request: HttpRequest, key: int) -> dict[str, Any]:
    """Save the summary, unless it has changed since the editor saw it."""
    _execute(EditSummary, request, key, text=_text(request), seen=request.POST.get("seen"))
    translation = _translation(key)
    return {**_summary(translation), **_status(request, translation)}


def claim(request: HttpRequest, key: int) -> dict[str, Any]:
    """Claim the translation, or extend the claim."""
    _execute(TakeClaim, request, key, take_over=request.POST.get("take_over") == "1")
    return _status(request, _translation(key))


def _execute(act: type[Act[Result]], request: HttpRequest, key: int, **given: Any) -> Result:
    return act(actor=requesting_editor(request), now=timezone.now(), **given).execute(key)


def _translation(key: int) -> Translation:
    return Translation.objects.select_related("paper").get(pk=key)


def _text(request: HttpRequest) -> str:
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise CannotEdit(
            _("A text can have %(most)s characters; this one has %(count)s.")
            % {"most": LONGEST, "count": len(text)}
        )
    return text


def _row(
    request: HttpRequest, key: int, sentence: int, decision: Decision | None = None
) -> dict[str, Any]:
    """Return the parts of the page that change with a sentence."""
    translation = _translation(key)
    segment = translation.segments.select_related("approved_by").get(pk=sentence)
    feedback = check_text(translation, segment, segment.text, glossary_into(translation.language))
    shown = {
        "segment": segment,
        "translation": translation,
        "offers": offers_of(decision)[:1] if decision is not None else [],
        "decision": decision,
    }
    return {
        "text": segment.text,
        "approved": segment.approved_at is not None,
        "may_undo": change_to_undo(segment, changes_to_undo(translation)) is not None,
        "state": render_to_string(f"{FOLDER}/_state.html", shown, request),
        "summary": _summary(translation),
        **_feedback(request, feedback),
        **_status(request, translation),
    }


def _feedback(request: HttpRequest, feedback: Feedback) -> dict[str, Any]:
    """Render the findings, and the text with the findings marked."""
    shown = {"feedback": feedback}
    return {
        "feedback": render_to_string(f"{FOLDER}/_feedback.html", shown, request),
        "backdrop": render_to_string(f"{FOLDER}/_backdrop.html", shown, request),
        "open": feedback.needs_a_person,
    }


def _summary(translation: Translation) -> dict[str, Any]:
    return {"text": translation.summary, "state": translation.get_summary_origin_display()}


def _status(request: HttpRequest, translation: Translation) -> dict[str, Any]:
    shown = status_context(request, translation)
    shown["claim"] = active_claim(translation.pk, now=timezone.now())
    return {"status": render_to_string(f"{FOLDER}/_status.html", shown, request)}


def status_context(request: HttpRequest, translation: Translation) -> dict[str, Any]:
    """Return the context of the status line: the translation and the editor's rights."""
    user = requesting_editor(request)
    return {
        "translation": translation,
        "editor": user,
        "open_rows": translation.segments.filter(approved_at__isnull=True).count(),
        "may": {right.name.lower(): user.has_perm(right.value) for right in Right},
    }
