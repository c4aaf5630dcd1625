from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index on a table that editors write to is built beside their work.
    atomic = False

    dependencies = [
        ('translation', '0004_fixes_costs_and_model_summaries'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='translation',
            index=models.Index(fields=['updated_at'], name='translation_updated'),
        ),
    ]
