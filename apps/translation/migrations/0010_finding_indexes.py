"""Findings are listed by check and by severity, the latest first, along an index.

The indexes are built while the table stays open. If that is interrupted, DROP INDEX
finding_of_check and finding_of_severity, where they are there, and migrate again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("translation", "0009_listing_orders")]

    operations = [
        AddIndexConcurrently(
            model_name="finding",
            index=models.Index(fields=["name", "-id"], name="finding_of_check"),
        ),
        AddIndexConcurrently(
            model_name="finding",
            index=models.Index(fields=["severity", "-id"], name="finding_of_severity"),
        ),
    ]
