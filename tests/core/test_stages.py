"""Stages: the beat schedule, the counts and the docs follow from one declaration."""

from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from celery.schedules import crontab
from django.apps import apps
from django.conf import settings as site
from django.core.management import call_command

from apps.core import stages as module
from apps.core.stages import Scope, Stage, beat_schedule, count_waiting, measure_progress, stages
from apps.core.sweeps import changed_since
from apps.papers.models import Paper
from apps.review.management.commands.stages import table, with_table
from papersite.celery import app, schedule_sweeps
from tests.support.builders import NOW, build_paper

ALL = Scope(NOW, None)
ARCHITECTURE = Path(site.BASE_DIR) / "docs" / "architecture.md"


def at(hour: str, minute: str) -> crontab:
    return crontab(hour=hour, minute=minute)


NIGHTLY = {"everything": True}
SCHEDULE = [
    ("translation.open_translations", {}, 20.0, 120.0),
    ("translation.translate_segments", {}, 20.0, 120.0),
    ("translation.finish_translations", {}, 20.0, 120.0),
    ("discovery.embed_papers", {}, 20.0, 120.0),
    ("discovery.relate_papers", {}, 20.0, 120.0),
    ("discovery.index_authors", {}, 20.0, 120.0),
    ("discovery.score_papers", {}, 20.0, 120.0),
    ("discovery.index_translations", {}, 20.0, 120.0),
    ("discovery.gather_terms", {}, 20.0, 120.0),
    ("discovery.compute_trends", {}, 600.0, 600.0),
    ("discovery.rank_scores", {}, 20.0, 120.0),
    ("discovery.rank_scores", {"changed_papers": True}, 600.0, 600.0),
    ("review.publish_ready", {}, 20.0, 120.0),
    ("review.queue", {}, 20.0, 120.0),
    ("public.record", {}, 20.0, 120.0),
    ("translation.sum_up", {}, 20.0, 120.0),
    ("translation.retry_waiting", {}, 3600.0, 3600.0),
    ("review.recount_withdrawals", {}, 600.0, 600.0),
    ("review.forget_senders", {}, 3600.0, 3600.0),
    ("harvest.resume_runs", {}, 300.0, 300.0),
    ("harvest.harvest_daily", {}, at("1,5", "15"), 3600),
    ("translation.open_translations", NIGHTLY, at("3", "40"), None),
    ("discovery.index_translations", NIGHTLY, at("4", "40"), None),
    ("discovery.embed_papers", NIGHTLY, at("4", "10"), None),
    ("discovery.gather_terms", NIGHTLY, at("4", "25"), None),
    ("discovery.index_authors", NIGHTLY, at("4", "20"), None),
    ("discovery.score_papers", NIGHTLY, at("4", "30"), None),
    ("public.record", NIGHTLY, at("5", "0"), None),
    ("public.start_export", {}, at("2", "20"), 3600),
    ("public.resume_exports", {}, 600.0, 600.0),
    ("review.queue", NIGHTLY, at("4", "50"), None),
    ("discovery.ask_outside", {"name": "openalex"}, 3600.0, 3600.0),
    ("discovery.ask_outside", {"name": "semanticscholar"}, 3600.0, 3600.0),
]
NOT_SWEPT = {"harvest.work_on_run", "public.write_export"}
"""Tasks that other tasks start, with the number of a run."""


def stage(name: str = "toy", **fields) -> Stage:
    given = {"label": name, "task": f"toys.{name}", "reads": "toys", "writes": "play"}
    return Stage(name=name, **(given | fields))


def declared_in(monkeypatch, **found: list[Stage]) -> None:
    """Make the given apps declare these stages, and all others none."""

    def declare(name: str):
        return type("Declared", (), {"STAGES": found.get(name.split(".")[1], [])})

    monkeypatch.setattr(module, "import_module", declare)


def test_the_beat_schedule(settings):
    settings.OUTSIDE_SIGNALS = ["openalex", "semanticscholar"]
    settings.SWEEP_SECONDS = 20.0
    celery = Celery("test")
    schedule_sweeps(celery)
    found = [
        (e["task"], e.get("kwargs", {}), e["schedule"], e.get("options", {}).get("expires"))
        for e in celery.conf.beat_schedule.values()
    ]
    assert len(found) == len(SCHEDULE)
    assert [entry for entry in SCHEDULE if entry not in found] == []


def test_everything_that_beat_sends_is_a_stage_and_every_task_is_swept_or_started_by_others():
    app.loader.import_default_modules()
    app.finalize()
    declared = {stage.task for stage in stages()}
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= declared
    own = {name for name, task in app.tasks.items() if type(task).__module__.startswith("apps.")}
    assert own - NOT_SWEPT == declared


def test_names_are_unique_and_each_stage_is_declared_in_the_app_of_its_task():
    names = [stage.name for stage in stages()]
    assert len(names) == len(set(names))
    for config in apps.get_app_configs():
        if config.name.startswith("apps.") and (Path(config.path) / "stages.py").exists():
            declared = module.import_module(f"{config.name}.stages").STAGES
            assert {each.task.partition(".")[0] for each in declared} == {config.label}


def test_stages_stand_in_the_order_of_the_pipeline():
    names = [stage.name for stage in stages()]
    wanted = [
        *("harvest", "open", "translate", "check and sum up", "embed", "relate"),
        *("index authors", "score", "publish", "index", "rank", "queue", "record", "export"),
    ]
    assert [name for name in names if name in wanted] == wanted


def test_a_stage_comes_before_what_it_names(monkeypatch):
    declared_in(
        monkeypatch,
        translation=[stage("first"), stage("second")],
        public=[stage("late"), stage("early", before=("second", "late"))],
    )
    assert [each.name for each in stages()] == ["first", "early", "second", "late"]


def test_a_new_stage_needs_one_declaration(monkeypatch):
    declared_in(monkeypatch, harvest=[stage(everything=at("4", "0"))])
    assert beat_schedule(stages(), every=200.0) == {
        "toys: toy": {
            "task": "toys.toy",
            "schedule": 200.0,
            "kwargs": {},
            "options": {"expires": 200.0},
        },
        "toys: toy, everything": {
            "task": "toys.toy",
            "schedule": at("4", "0"),
            "kwargs": {"everything": True},
        },
    }
    assert "| toy | toys | play | `toys.toy` | `SWEEP_SECONDS`; all at 04:00 | short |" in table(
        stages()
    )


@pytest.mark.django_db
def test_progress_counts_done_and_all_rows_in_one_query(django_assert_num_queries):
    for number in range(5):
        build_paper(title="done" if number else "left")
    left = Paper.objects.filter(title="left")
    declared = [
        stage("rows", pending=lambda scope: [left], total=lambda scope: [Paper.objects.all()]),
        stage("sum", pending=lambda scope: [left, left, 2], total=lambda scope: [5]),
        stage("chore"),
        stage("nothing", pending=lambda scope: [], total=lambda scope: [Paper.objects.none()]),
        stage("more than there are", pending=lambda scope: [3], total=lambda scope: [1]),
    ]
    with django_assert_num_queries(1):
        found = measure_progress(declared, ALL)
    assert [(each.stage.name, each.done, each.total, each.is_finished) for each in found] == [
        ("rows", 4, 5, False),
        ("sum", 1, 5, False),
        ("nothing", 0, 0, True),
        ("more than there are", 0, 3, False),
    ]
    assert measure_progress([stage("chore")], ALL) == []


@pytest.mark.django_db
def test_counting_waiting_rows_stops_at_a_bound():
    for number in range(4):
        build_paper(title="" if number else "first")
    declared = [
        stage("many", pending=lambda scope: [Paper.objects.all(), Paper.objects.all()]),
        stage("few", pending=lambda scope: [Paper.objects.filter(title="first")]),
    ]
    counts = [count for _stage, count in count_waiting(declared, ALL, most=3)]
    assert counts == [3, 1]
    assert [count for _stage, count in count_waiting(declared, ALL)] == [8, 1]


@pytest.mark.django_db
def test_every_stage_counts_an_empty_site_and_one_with_a_paper():
    scopes = [ALL, Scope(NOW, NOW - timedelta(days=2))]
    for scope in scopes:
        unfinished = [e.stage.name for e in measure_progress(stages(), scope) if not e.is_finished]
        assert unfinished == ["export"]
    build_paper()
    for scope in scopes:
        left = {each.name: count for each, count in count_waiting(stages(), scope)}
        assert left["open"] == left["embed"] == left["gather terms"] == left["index authors"] == 1


def test_a_sweep_looks_at_two_days_or_at_everything():
    assert changed_since(False, NOW) == NOW - timedelta(days=2)
    assert changed_since(True, NOW) is None


def test_the_table_in_the_docs_matches_the_stages(tmp_path):
    written = ARCHITECTURE.read_text(encoding="utf-8")
    assert with_table(written, table(stages())) == written, (
        "Run: manage.py stages --write docs/architecture.md"
    )
    copy = tmp_path / "architecture.md"
    copy.write_text(with_table(written, "old"), encoding="utf-8")
    call_command("stages", write=copy)
    assert copy.read_text(encoding="utf-8") == written
