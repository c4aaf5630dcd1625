"""The Celery application and the beat schedule.

The database holds the truth; Celery only brings workers to it. Every entry of the schedule is a
sweep that asks the database for pending work, so a lost broker or a killed worker loses nothing:
the next sweep finds the same rows. Entries expire, so that a site whose workers were away for a
day does not come back to a day of queued sweeps.
"""

import os

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.dev")

app = Celery("papersite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def sweep(task: str, seconds: float) -> dict[str, object]:
    """Return the schedule entry of a sweep that runs every `seconds` and never piles up."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(120.0, seconds)}}


@app.on_after_finalize.connect
def schedule_sweeps(sender: Celery, **_: object) -> None:
    """Fill the beat schedule once the settings are known."""
    every = settings.SWEEP_SECONDS
    sender.conf.beat_schedule = {
        "translation: open": sweep("translation.open_translations", every),
        "translation: translate": sweep("translation.translate_segments", every),
        "translation: finish": sweep("translation.finish_translations", every),
        "discovery: embed": sweep("discovery.embed_papers", every),
        "discovery: relate": sweep("discovery.relate_papers", every),
        "discovery: authors": sweep("discovery.index_authors", every),
        "discovery: score": sweep("discovery.score_papers", every),
        "discovery: index": sweep("discovery.index_translations", every),
        "discovery: gather": sweep("discovery.gather_terms", every),
        "discovery: trends": sweep("discovery.compute_trends", 600.0),
        "discovery: rank": sweep("discovery.rank_scores", every),
        "discovery: rank changed papers": {
            **sweep("discovery.rank_scores", 600.0),
            "kwargs": {"changed_papers": True},
        },
        "review: publish": sweep("review.publish_ready", every),
        "review: queue": sweep("review.queue", every),
        "public: record": sweep("public.record", every),
        "translation: sum up": sweep("translation.sum_up", every),
        "translation: retry": sweep("translation.retry_waiting", 3600.0),
        "review: withdrawals": sweep("review.recount_withdrawals", 600.0),
        "review: forget senders": sweep("review.forget_senders", 3600.0),
        "harvest: resume": sweep("harvest.resume_runs", 300.0),
        "harvest: daily": {
            "task": "harvest.harvest_daily",
            "schedule": crontab(hour="1,5", minute="15"),
            "options": {"expires": 3600},
        },
        "translation: full sweep": {
            "task": "translation.open_translations",
            "schedule": crontab(hour="3", minute="40"),
            "kwargs": {"everything": True},
        },
        "discovery: full index": {
            "task": "discovery.index_translations",
            "schedule": crontab(hour="4", minute="40"),
            "kwargs": {"everything": True},
        },
        "discovery: full sweep": {
            "task": "discovery.embed_papers",
            "schedule": crontab(hour="4", minute="10"),
            "kwargs": {"everything": True},
        },
        "discovery: full gathering": {
            "task": "discovery.gather_terms",
            "schedule": crontab(hour="4", minute="25"),
            "kwargs": {"everything": True},
        },
        "discovery: authors of all papers": {
            "task": "discovery.index_authors",
            "schedule": crontab(hour="4", minute="20"),
            "kwargs": {"everything": True},
        },
        "discovery: score all papers": {
            "task": "discovery.score_papers",
            "schedule": crontab(hour="4", minute="30"),
            "kwargs": {"everything": True},
        },
        "public: record everything": {
            "task": "public.record",
            "schedule": crontab(hour="5", minute="0"),
            "kwargs": {"everything": True},
        },
        # The weekly full export, or the increment of a day: the task itself knows which is due.
        "public: export": {
            "task": "public.start_export",
            "schedule": crontab(hour="2", minute="20"),
            "options": {"expires": 3600},
        },
        "public: resume exports": sweep("public.resume_exports", 600.0),
        "review: full queue": {
            "task": "review.queue",
            "schedule": crontab(hour="4", minute="50"),
            "kwargs": {"everything": True},
        },
        **{
            f"discovery: ask {source}": {
                **sweep("discovery.ask_outside", 3600.0),
                "kwargs": {"name": source},
            }
            for source in settings.OUTSIDE_SIGNALS
        },
    }
