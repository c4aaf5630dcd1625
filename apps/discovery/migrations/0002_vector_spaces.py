"""Longer names of embedders, and an index over them, built while the table stays open.

A longer limit rewrites no table. If building the index is interrupted, one marked invalid stays:
DROP INDEX embedding_by_embedder and migrate again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("discovery", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="embedding",
            name="embedder",
            field=models.CharField(max_length=128, verbose_name="embedder and its version"),
        ),
        AddIndexConcurrently(
            model_name="embedding",
            index=models.Index(fields=["embedder", "paper"], name="embedding_by_embedder"),
        ),
    ]
