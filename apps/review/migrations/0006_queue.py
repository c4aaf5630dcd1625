from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models

from apps.review.roles import make_roles


def make(apps: Apps, editor: Any) -> None:
    """Let the roles see the queue."""
    make_roles(apps)


class Migration(migrations.Migration):

    dependencies = [
        ('review', '0005_notes'),
        ('translation', '0005_updated'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QueueEntry',
            fields=[
                ('translation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='queue_entry', serialize=False, to='translation.translation')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('category', models.CharField(blank=True, max_length=32, verbose_name='primary category')),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), size=None, verbose_name='categories')),
                ('day', models.DateField(verbose_name='day of submission')),
                ('status', models.CharField(choices=[('pending', 'being translated'), ('waiting', 'waiting for an engine'), ('held', 'held for an editor'), ('ready', 'translated'), ('published', 'published, not reviewed'), ('reviewed', 'published, reviewed'), ('unpublished', 'taken down'), ('superseded', 'replaced by a newer version')], max_length=12, verbose_name='status')),
                ('blocking', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='blocking findings')),
                ('others', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='other findings')),
                ('blocking_count', models.PositiveIntegerField(verbose_name='number of blocking findings')),
                ('other_count', models.PositiveIntegerField(verbose_name='number of other findings')),
                ('engines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), size=None, verbose_name='engines')),
                ('is_stale', models.BooleanField(verbose_name="the paper's text has changed")),
                ('open_suggestions', models.PositiveIntegerField(default=0, verbose_name="readers' open corrections")),
                ('score', models.FloatField(null=True, verbose_name='score')),
                ('scored_at', models.DateTimeField(null=True, verbose_name='scored')),
                ('priority', models.FloatField(verbose_name='priority')),
                ('translation_updated_at', models.DateTimeField(verbose_name='state of the translation')),
                ('paper_changed_at', models.DateTimeField(verbose_name='state of the paper')),
            ],
            options={
                'verbose_name': 'translation to review',
                'verbose_name_plural': 'review queue',
                'ordering': ['-priority', '-translation_id'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=1000, verbose_name='query')),
                ('saved_at', models.DateTimeField(verbose_name='saved')),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ['name'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='QueueTitle',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='title_words', serialize=False, to='review.queueentry')),
                ('words', django.contrib.postgres.search.SearchVectorField(verbose_name='words')),
            ],
            options={
                'verbose_name': 'words of a title',
                'verbose_name_plural': 'words of titles',
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(fields=['-priority', '-translation'], name='queue_order'),
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(fields=['day'], name='queue_day'),
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(condition=models.Q(('scored_at__isnull', True)), fields=['translation'], name='queue_unscored'),
        ),
        migrations.AddField(
            model_name='savedfilter',
            name='editor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='queuetitle',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='queue_title_words'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('editor', 'name'), name='one_saved_filter_per_name'),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
