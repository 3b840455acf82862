"""Reports of meeting platforms: what was read, whose traces they are, and under what names people come to calls."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0015_certificate_rule_as_data'),
        ('registrations', '0004_on_what_ground'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlatformReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('platform', models.CharField(choices=[('zoom', 'Zoom'), ('teams', 'Microsoft Teams'), ('webex', 'Webex'), ('other', 'another platform'), ('list', 'pasted list')], max_length=10, verbose_name='platform')),
                ('kind', models.CharField(choices=[('joins', 'each join with its times'), ('people', 'one line for each person, with times'), ('lengths', 'one line for each person, without times'), ('actions', 'who joined and left when'), ('webinar', 'webinar'), ('names', 'names or addresses only')], max_length=10, verbose_name='kind')),
                ('zone', models.CharField(max_length=64, verbose_name='clock of the report')),
                ('date_order', models.CharField(blank=True, max_length=12, verbose_name='order of the dates')),
                ('has_times', models.BooleanField(default=False, verbose_name='has times')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='file')),
                ('lines', models.PositiveIntegerField(verbose_name='lines')),
                ('present_from', models.PositiveSmallIntegerField(default=1, verbose_name='present from so many minutes on')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='read')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='platform_reports', to='catalog.meeting', verbose_name='meeting')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='read by')),
            ],
            options={
                'verbose_name': 'platform report',
                'verbose_name_plural': 'platform reports',
                'ordering': ['read_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('name', models.CharField(blank=True, max_length=200)),
                ('other_names', models.CharField(blank=True, max_length=200)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('spans', models.JSONField(blank=True, default=list)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_outside', models.BooleanField(default=False)),
                ('how', models.CharField(blank=True, choices=[('email', 'by e-mail address'), ('alias', 'by a name or an address known from before'), ('name', 'by name'), ('staff', 'by staff'), ('guest', 'a guest noted at the door')], max_length=10)),
                ('set_aside_at', models.DateTimeField(blank=True, null=True)),
                ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='traces', to='registrations.registration')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='traces', to='platform_reports.platformreport')),
                ('set_aside_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(blank=True, max_length=254)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('learned_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('used_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('learned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('name', ''), _negated=True), fields=['name'], name='alias_by_name'), models.Index(fields=['used_at'], name='alias_by_age')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='alias_address_is_one_persons'), models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('person', 'name'), name='alias_name_once_of_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('email', ''), models.Q(('name', ''), _negated=True)), models.Q(models.Q(('email', ''), _negated=True), ('name', '')), _connector='OR'), name='alias_is_address_or_name')],
            },
        ),
        migrations.AddIndex(
            model_name='platformreport',
            index=models.Index(fields=['read_at'], name='platform_report_by_age'),
        ),
        migrations.AddConstraint(
            model_name='platformreport',
            constraint=models.UniqueConstraint(fields=('meeting', 'sha256'), name='platform_report_once_for_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how__in', ['', 'guest']), ('registration', None)), models.Q(('how__in', ['email', 'alias', 'name', 'staff']), ('registration__isnull', False)), _connector='OR'), name='trace_matched_says_how'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(('set_aside_at', None), models.Q(('how', ''), ('registration', None)), _connector='OR'), name='trace_set_aside_is_nobody'),
        ),
    ]
