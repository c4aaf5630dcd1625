"""The number of files to read in order to follow the approval of a sentence."""

import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from apps.review.models import Decision
from tests.support.builders import build_paper
from tests.support.factories import ready_translation

pytestmark = pytest.mark.django_db

MOST_FILES = 12
APPS = f"{Path(settings.BASE_DIR) / 'apps'}/"


def files_between_view_and_decision(monkeypatch, request) -> list[str]:
    """Return the files in apps/ that run between the view and the saved decision, in their order.

    These are the files of review and core, and each file of another app that review or core calls
    directly. What that file calls in turn, such as the checks, is not counted, nor are imports.
    """
    found: dict[str, None] = {}
    state = {"inside": False}

    def note(frame, event, _argument):
        name = frame.f_code.co_filename
        if event != "call" or not name.startswith(APPS) or frame.f_code.co_name == "<module>":
            return
        file = name.removeprefix(APPS)
        state["inside"] |= file.startswith("review/workbench/") and not state.get("done")
        caller = frame.f_back.f_code.co_filename if frame.f_back else ""
        by_review = caller.startswith((f"{APPS}review/", f"{APPS}core/"))
        if state["inside"] and (file.startswith(("review/", "core/")) or by_review):
            found[file] = None

    save = Decision.save

    def saved(self, *args, **kwargs):
        state["inside"], state["done"] = False, True
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Decision, "save", saved)
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        request()
    finally:
        sys.setprofile(before)
    return list(found)


def test_an_approval_runs_through_at_most_twelve_files(admin_client, monkeypatch):
    translation = ready_translation(build_paper())
    title, sentence = translation.segments.order_by("-field", "position")[:2]

    def approve(segment):
        place = reverse("admin:review_sentence_approve", args=[translation.pk, segment.pk])
        assert admin_client.post(place, {"seen": segment.text}).status_code == 200

    # The first request does the lazy imports.
    approve(title)
    files = files_between_view_and_decision(monkeypatch, lambda: approve(sentence))
    assert Decision.objects.count() == 2
    assert len(files) <= MOST_FILES, files
