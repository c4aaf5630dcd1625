"""Indexes of decisions, built while the table stays open.

If that is interrupted, DROP INDEX decision_of_kind and decision_of_batch, where they are there, and
migrate again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("review", "0003_roles")]

    operations = [
        AddIndexConcurrently(
            model_name='decision',
            index=models.Index(fields=['kind', '-decided_at'], name='decision_of_kind'),
        ),
        AddIndexConcurrently(
            model_name='decision',
            index=models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch'], name='decision_of_batch'),
        ),
    ]
