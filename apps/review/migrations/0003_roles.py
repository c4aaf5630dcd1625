from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from apps.review.roles import make_roles


def make(apps: Apps, editor: Any) -> None:
    make_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("discovery", "0006_related"),
        ("harvest", "0001_initial"),
        ("papers", "0001_initial"),
        ("review", "0002_claims_and_rights"),
        ("translation", "0005_updated"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
