"""Commands of the terminal that ask services."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.refusals import Refusal


class ServiceCommand(BaseCommand):
    """A command for which a refusal of a service is an error with the message of the refusal."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command. Raises CommandError where a service refuses."""
        try:
            return super().execute(*args, **options)
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
