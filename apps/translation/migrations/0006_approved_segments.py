"""An index of what persons approved, built while the table stays open.

If that is interrupted, DROP INDEX segment_approved and migrate again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [('translation', '0005_updated')]

    operations = [
        AddIndexConcurrently(
            model_name='segment',
            index=models.Index(condition=models.Q(('approved_at__isnull', False)), fields=['-approved_at'], name='segment_approved'),
        ),
    ]
