"""Management commands that call services."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.refusals import Refusal


class ServiceCommand(BaseCommand):
    """A command that reports the refusal of a service as an error, with its message."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; raise CommandError if a service refuses."""
        try:
            return super().execute(*args, **options)
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
