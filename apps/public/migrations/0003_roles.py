from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from apps.review.roles import make_roles


def make(apps: Apps, editor: Any) -> None:
    make_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("public", "0002_first_notices"), ("review", "0003_roles")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
