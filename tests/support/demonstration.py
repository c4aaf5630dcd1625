"""The demonstration of seeds/, published by the stages of the pipeline."""

from django.core.management import call_command

from apps.core.stages import stages
from papersite.celery import app


def sweep_stages() -> list[tuple[str, int]]:
    """Run every sweeping stage once, in order; return each with its number of rows."""
    app.loader.import_default_modules()
    return [
        (stage.name, app.tasks[stage.task]())
        for stage in stages()
        if stage.pending is not None and not stage.has_fixed_hours
    ]


def publish_demonstration() -> None:
    """Harvest seeds/, fill the memory, and run the stages."""
    call_command("seed", verbosity=0)
    sweep_stages()
