"""A denser index of the vectors, built beside the old one while the table stays open.

If that is interrupted, DROP INDEX embedding_denser, where it is there, and migrate again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from pgvector.django import HnswIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("discovery", "0006_related")]

    operations = [
        AddIndexConcurrently(
            model_name="embedding",
            index=HnswIndex(
                name="embedding_denser",
                fields=["vector"],
                m=24,
                ef_construction=128,
                opclasses=["halfvec_cosine_ops"],
            ),
        ),
        RemoveIndexConcurrently(model_name="embedding", name="embedding_cosine"),
        migrations.RenameIndex(
            model_name="embedding", new_name="embedding_cosine", old_name="embedding_denser"
        ),
    ]
