"""Decisions are only ever added; what their journal is sorted and filtered by has an index.

The indexes are built while the table stays open. If that is interrupted, DROP INDEX
decision_by_time and decision_of_actor, where they are there, and migrate again.
"""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from apps.review.roles import make_roles


def make(apps, editor):
    make_roles(apps)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('axes', '0010_accessattemptexpiration'),
        ('review', '0007_suggestions_and_fixes'),
        ('translation', '0007_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='decision',
            name='actor',
            field=models.ForeignKey(blank=True, help_text="empty: the site's publishing policy", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='translation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='translation.translation'),
        ),
        migrations.CreateModel(
            name='FailedLogin',
            fields=[],
            options={
                'verbose_name': 'failed login',
                'verbose_name_plural': 'failed logins',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('axes.accessattempt',),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.RunSQL(
            "CREATE OR REPLACE TRIGGER only_added BEFORE UPDATE OR DELETE ON review_decision"
            " FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history()",
            "DROP TRIGGER only_added ON review_decision",
        ),
        AddIndexConcurrently(
            model_name='decision',
            index=models.Index(fields=['-decided_at', '-id'], name='decision_by_time'),
        ),
        AddIndexConcurrently(
            model_name='decision',
            index=models.Index(fields=['actor', '-decided_at'], name='decision_of_actor'),
        ),
    ]
