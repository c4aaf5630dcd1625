"""The index of fuzzy matching, built while the memory stays open to readers and writers.

The column is added with a constant default, which rewrites no table; the sketches of what is
there are filled in batch by batch, each a transaction of its own; the index is built CONCURRENTLY.
If that is interrupted, an index marked invalid stays: DROP INDEX memory_sketch and migrate again.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from apps.translation.sketches import sketch

BATCH = 2000


def fill_in(apps, schema_editor):
    """Compute the sketches that are missing; safe to run again."""
    entries = apps.get_model("translation", "MemoryEntry").objects.order_by("id")
    last = 0
    while batch := list(entries.filter(id__gt=last).only("id", "source")[:BATCH]):
        for entry in batch:
            entry.sketch = sketch(entry.source)
        entries.model.objects.bulk_update(batch, ["sketch"])
        last = batch[-1].id


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("translation", "0002_glossary_and_trigrams")]

    operations = [
        migrations.AddField(
            model_name="memoryentry",
            name="sketch",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop, atomic=False),
        AddIndexConcurrently(
            model_name="memoryentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sketch"], name="memory_sketch"
            ),
        ),
    ]
