"""`manage.py pipeline`: the stages it starts, and what it waits for."""

import pytest
from celery import current_app
from django.core.management import CommandError, call_command
from kombu.exceptions import OperationalError

from apps.core.stages import StageProgress, stages
from apps.review.management.commands import pipeline
from papersite.celery import app

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """Collect the messages that would go to the broker."""
    asked = []
    monkeypatch.setattr(
        current_app, "send_task", lambda task, kwargs, expires: asked.append((task, kwargs))
    )
    return asked


@pytest.fixture
def site(monkeypatch, sent):
    """Return a site whose stages have one row each, which a worker processes after a message."""
    left = {stage.task for stage in stages() if stage.pending is not None}
    looks = []

    def look(everything: bool) -> list[StageProgress]:
        if looks:
            left.difference_update(task for task, _kwargs in sent)
        looks.append(sorted(left))
        return [
            StageProgress(stage, int(stage.task not in left), 1)
            for stage in stages()
            if stage.pending is not None
        ]

    monkeypatch.setattr(pipeline, "_measure", look)
    monkeypatch.setattr(pipeline.time, "sleep", lambda seconds: None)
    return looks


def test_every_stage_but_the_daily_harvest_is_started_and_waited_for(site, sent, settings):
    settings.OUTSIDE_SIGNALS = ["openalex"]
    call_command("pipeline", wait=True)
    asked = [task for task, _kwargs in sent]
    assert set(asked) == {stage.task for stage in stages()} - {"harvest.harvest_daily"}
    assert {
        *("discovery.gather_terms", "discovery.compute_trends", "public.record"),
        *("translation.sum_up", "public.start_export"),
    } <= set(site[0])
    assert site[-1] == []


def test_an_export_starts_once_after_all_stages_before_it_are_done(site, sent):
    call_command("pipeline", wait=True)
    tasks = [task for task, _kwargs in sent]
    assert tasks.count("public.start_export") == 1
    assert tasks.index("public.start_export") > tasks.index("public.record")
    (seen,) = [look for look in site if look == ["public.start_export"]]
    assert seen


def test_a_stage_of_fixed_hours_without_work_is_not_started(sent, settings):
    settings.EXPORTS_FULL_DAYS = 0
    call_command("pipeline", wait=True)
    assert "public.start_export" not in {task for task, _kwargs in sent}


def test_the_option_all_starts_the_nightly_sweeps(site, sent):
    app.finalize()
    call_command("pipeline", all=True)
    nightly = {
        entry["task"]
        for entry in app.conf.beat_schedule.values()
        if entry["kwargs"] == {"everything": True}
    }
    assert {task for task, kwargs in sent if "everything" in kwargs} == nightly


def test_a_timeout_and_an_unreachable_broker_are_reported(monkeypatch, settings, sent):
    settings.EXPORTS_FULL_DAYS = 7
    with pytest.raises(CommandError, match="did not finish within 0 seconds"):
        call_command("pipeline", wait=True, timeout=0)

    def away(*args, **kwargs):
        raise OperationalError("refused")

    monkeypatch.setattr(current_app, "send_task", away)
    with pytest.raises(CommandError, match="The broker cannot be reached"):
        call_command("pipeline")
