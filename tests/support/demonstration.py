"""The demonstration of seeds/, brought to publication by the pipeline's own stages."""

from django.core.management import call_command

from apps.core.stages import stages
from papersite.celery import app


def sweep_stages() -> list[tuple[str, int]]:
    """Run every stage that sweeps once, in order, as workers would; return what each did."""
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
