"""`manage.py pipeline --wait` with a real worker and no beat: it brings every stage to its end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.core.stages import Scope, measure_progress, stages
from apps.discovery.models import PaperTerms
from apps.public.models import ExportRun, ExportStatus, PublicRecord
from apps.translation.models import Translation
from papersite.embedded.valkey import ValkeyServer
from tests.support.processes import PROJECT, Celery, database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]


def test_it_ends_when_every_stage_is_done(tmp_path: Path, broker: ValkeyServer, notices) -> None:
    call_command("seed", verbosity=0)
    environment = {
        "DJANGO_SETTINGS_MODULE": "papersite.settings.test",
        "DATABASE_URL": database_url(),
        "REDIS_URL": broker.url,
    }
    worker = Celery("worker", "--concurrency", "2", log=tmp_path / "w", environment=environment)
    try:
        command = subprocess.run(
            [sys.executable, "manage.py", "pipeline", "--wait", "--timeout", "180"],
            cwd=PROJECT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
        )
    finally:
        worker.stop()
    assert command.returncode == 0, f"{command.stdout}{command.stderr}{worker.tail()}"
    found = measure_progress(stages(), Scope(timezone.now(), None))
    assert [each.stage.name for each in found if not each.is_finished] == []
    assert Translation.objects.published().count() == PublicRecord.objects.count() == 10
    assert PaperTerms.objects.count() == 10
    (export,) = ExportRun.objects.all()
    assert export.status == ExportStatus.COMPLETE
    assert export.parts.filter(rows=10).exists(), "it was made before the papers were published"
    assert "export" in command.stdout
