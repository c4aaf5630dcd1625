"""`manage.py fetch_model`: fetch the model of the engine bergamot, once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn

from apps.translation.engines.bergamot_models import (
    ATTACHMENTS_URL,
    RECORDS_URL,
    FetchError,
    fetch_model,
)


class Command(BaseCommand):
    help = "Fetch the Firefox Translations model for the engine bergamot into its folder (49 MB)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--languages", help="such as en-ja; default: the engine's")
        parser.add_argument(
            "--models", type=Path, help="folder of the models; default: the engine's"
        )
        parser.add_argument("--records-url", help="list of models of a mirror")
        parser.add_argument("--attachments-url", help="URL of a mirror's files")

    def handle(
        self,
        *args: Any,
        languages: str | None,
        models: Path | None,
        records_url: str | None,
        attachments_url: str | None,
        **options: Any,
    ) -> None:
        given = settings.TRANSLATION_ENGINES.get("bergamot", {}).get("OPTIONS", {})
        models = models or given.get("models")
        if models is None:
            raise CommandError("The engine bergamot is off; name a folder with --models.")
        bars: dict[str, TaskID] = {}
        progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            console=Console(file=self.stdout),  # type: ignore[arg-type]
        )

        def show(name: str, done: int, total: int) -> None:
            if name not in bars:
                bars[name] = progress.add_task(name)
            progress.update(bars[name], completed=done, total=total or None)

        try:
            with progress:
                folder = fetch_model(
                    languages or given.get("languages", "en-ja"),
                    Path(models),
                    records_url=records_url or given.get("records_url", RECORDS_URL),
                    attachments_url=attachments_url
                    or given.get("attachments_url", ATTACHMENTS_URL),
                    progress=show,
                )
        except (FetchError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The model is in {folder}.")
