from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index on a table that the pipeline writes to is built beside its work.
    atomic = False

    dependencies = [
        ('discovery', '0007_denser_vectors'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='score',
            index=models.Index(fields=['scored_at'], name='score_scored'),
        ),
    ]
