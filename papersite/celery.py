"""The Celery application and the beat schedule.

Every entry of the schedule is a sweep that asks the database for pending work. A lost broker or a
killed worker loses nothing: the next sweep finds the same rows.
"""

import os

import django.apps
from celery import Celery
from django.conf import settings

from apps.core.stages import beat_schedule, stages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.dev")

app = Celery("papersite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def schedule_sweeps(sender: Celery, **_: object) -> None:
    """Fill the beat schedule from the stages that the apps declare."""
    if not django.apps.apps.ready:
        django.setup()
    sender.conf.beat_schedule = beat_schedule(stages(), every=settings.SWEEP_SECONDS)
