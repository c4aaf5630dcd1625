"""The demonstration of seeds/, brought to publication by the pipeline's own stages."""

from celery import current_app
from django.core.management import call_command

from apps.core.stages import stages


def sweep_stages() -> list[tuple[str, int]]:
    """Run every stage that sweeps once, in order, as workers would; return what each did."""
    return [
        (stage.name, current_app.tasks[stage.task]())
        for stage in stages()
        if stage.pending is not None and not stage.has_fixed_hours
    ]


def publish_demonstration() -> None:
    """Harvest seeds/, fill the memory, and run the stages."""
    call_command("seed", verbosity=0)
    sweep_stages()
