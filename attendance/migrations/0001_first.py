"""Who was there. Nothing is known of meetings before today: figures count registrations for them, and say so."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import registrations.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0014_material_of_a_session'),
        ('registrations', '0004_on_what_ground'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('staff', 'noted by staff or a helper'), ('report', 'from the meeting platform’s report'), ('check_in', 'checked in by the person'), ('closing', 'not there when the list was closed')], max_length=10, verbose_name='how it is known')),
                ('state', models.CharField(choices=[('present', 'present'), ('excused', 'excused'), ('absent', 'absent')], max_length=10, verbose_name='state')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='remark')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                ('counts', models.BooleanField(default=False, editable=False, verbose_name='counts')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='catalog.meeting', verbose_name='meeting')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='registrations.registration', verbose_name='registration')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
                'ordering': ['meeting', 'registration'],
                'permissions': [('take_attendance', 'May note attendance and close meetings')],
                'constraints': [models.UniqueConstraint(fields=('registration', 'meeting', 'source'), name='attendance_once_by_source'), models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('meeting', 'registration'), name='attendance_one_counts'), models.CheckConstraint(condition=models.Q(models.Q(('source', 'closing'), ('state', 'absent')), models.Q(('source', 'closing'), _negated=True), _connector='OR'), name='attendance_closing_tells_absence_alone')],
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken', models.BooleanField(default=True, verbose_name='attendance was taken')),
                ('closed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='closed')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='opened again')),
                ('why_opened', models.CharField(blank=True, max_length=300, verbose_name='why it was opened again')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='catalog.meeting', verbose_name='meeting')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened again by')),
            ],
            options={
                'verbose_name': 'closed list',
                'verbose_name_plural': 'closed lists',
                'ordering': ['closed_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('opened_at', None)), fields=('meeting',), name='closing_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('why_opened', '')), models.Q(('opened_at__isnull', False), models.Q(('why_opened', ''), _negated=True)), _connector='OR'), name='closing_opened_again_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=500, verbose_name='what is wrong')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('corrected', models.BooleanField(blank=True, null=True, verbose_name='corrected')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='catalog.meeting', verbose_name='meeting')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='registrations.registration', verbose_name='registration')),
            ],
            options={
                'verbose_name': 'correction asked for',
                'verbose_name_plural': 'corrections asked for',
                'ordering': ['asked_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('registration', 'meeting'), name='correction_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('corrected', None)), models.Q(('answered_at__isnull', False), ('corrected__isnull', False)), _connector='OR'), name='correction_answered_says_how')],
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=registrations.models.new_code, editable=False, max_length=12, unique=True)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('beyond_places', models.BooleanField(default=False, verbose_name='also when all places are taken')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='catalog.meeting', verbose_name='meeting')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came_as', to='registrations.registration', verbose_name='registration')),
            ],
            options={
                'verbose_name': 'guest',
                'verbose_name_plural': 'guests',
                'ordering': ['noted_at', 'id'],
                'constraints': [models.UniqueConstraint(models.F('meeting'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='guest_once_at_a_meeting'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('email', ''), ('name', '')), _connector='OR'), name='guest_erased_has_no_name')],
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('post', models.CharField(choices=[('trainer', 'trainer'), ('assistant', 'assistant')], default='assistant', max_length=10, verbose_name='helps as')),
                ('named_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='named')),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='named by')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helpers', to='catalog.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'helper',
                'verbose_name_plural': 'helpers',
                'ordering': ['email'],
                'constraints': [models.UniqueConstraint(models.F('session'), django.db.models.functions.text.Lower('email'), name='helper_once_in_a_session')],
            },
        ),
        migrations.CreateModel(
            name='Tap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('state', models.CharField(blank=True, max_length=10)),
                ('done', models.BooleanField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taps', to='catalog.meeting')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taps', to='registrations.registration')),
                ('tapped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['received_at'], name='tap_by_age')],
            },
        ),
    ]
