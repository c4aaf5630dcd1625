"""The history of terms; and a function that keeps any history from being changed.

A later migration that has to change rows of a history switches its trigger off and on again:
ALTER TABLE ... DISABLE TRIGGER only_added.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are history: they are only ever added, never changed or deleted.',
        TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation',
        HINT = 'Add a row that says what is so from now on.';
END
$$;
"""
TRIGGER = """
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON translation_termrevision
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('translation', '0006_approved_segments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TermRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(null=True, verbose_name='before')),
                ('after', models.JSONField(null=True, verbose_name='after')),
                ('origin', models.CharField(blank=True, help_text="for imports: the file's name", max_length=64, verbose_name='file')),
                ('reason', models.TextField(blank=True, verbose_name='why')),
                ('changed_at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'change of a term',
                'verbose_name_plural': 'changes of terms',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='termrevision',
            name='actor',
            field=models.ForeignKey(help_text='empty: an import by a command', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='termrevision',
            name='term',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='translation.glossaryterm', verbose_name='glossary term'),
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_to_change_history()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER only_added ON translation_termrevision"),
    ]
