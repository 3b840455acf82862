
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0018_practical_notes'),
        ('hubs', '0007_participants_attend'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words_as_of', models.JSONField(blank=True, db_default={}, default=dict, editable=False)),
                ('name', models.CharField(help_text='Says on the page of each activity who speaks there, once the person agreed.', max_length=200, verbose_name='name')),
                ('organization', models.CharField(blank=True, help_text='On whose behalf the person speaks.', max_length=200, verbose_name='organization')),
                ('words', models.TextField(blank=True, help_text='Two or three sentences for those who decide whether to come. Shown beside the name.', max_length=600, verbose_name='a few words')),
                ('words_en', models.TextField(blank=True, help_text='Two or three sentences for those who decide whether to come. Shown beside the name.', max_length=600, null=True, verbose_name='a few words')),
                ('words_fr', models.TextField(blank=True, help_text='Two or three sentences for those who decide whether to come. Shown beside the name.', max_length=600, null=True, verbose_name='a few words')),
                ('words_es', models.TextField(blank=True, help_text='Two or three sentences for those who decide whether to come. Shown beside the name.', max_length=600, null=True, verbose_name='a few words')),
                ('link', models.URLField(blank=True, help_text='Where one reads more of the person. It begins with https://.', max_length=500, validators=[django.core.validators.URLValidator(schemes=['https'])], verbose_name='link')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, verbose_name='languages')),
                ('consented_on', models.DateField(blank=True, null=True, verbose_name='agreed on')),
                ('consent_how', models.CharField(blank=True, help_text='As in “by letter, 3 March”. It shows later that the person agreed to be named.', max_length=200, verbose_name='how the person agreed')),
                ('portrait_key', models.CharField(blank=True, db_default='', default='', editable=False, max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('consent_noted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                ('host', models.ForeignKey(blank=True, help_text='Whose staff look after what is said here. Empty: the Secretariat.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='known_speakers', to='hubs.host', verbose_name='host')),
            ],
            options={
                'verbose_name': 'speaker',
                'verbose_name_plural': 'speakers',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Portrait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('webp', models.BinaryField()),
                ('speaker', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='portrait', to='speakers.speaker')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, help_text='What the person does there: speaker, moderator …', max_length=200, verbose_name='role')),
                ('role_en', models.CharField(blank=True, help_text='What the person does there: speaker, moderator …', max_length=200, null=True, verbose_name='role')),
                ('role_fr', models.CharField(blank=True, help_text='What the person does there: speaker, moderator …', max_length=200, null=True, verbose_name='role')),
                ('role_es', models.CharField(blank=True, help_text='What the person does there: speaker, moderator …', max_length=200, null=True, verbose_name='role')),
                ('organization', models.CharField(blank=True, help_text='Only where it is another than usual.', max_length=200, verbose_name='organization')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='catalog.activity', verbose_name='activity')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appearances', to='speakers.speaker', verbose_name='speaker')),
            ],
            options={
                'verbose_name': 'speaker',
                'verbose_name_plural': 'speakers',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent_how', ''), ('consented_on__isnull', True)), models.Q(('consented_on__isnull', False), models.Q(('consent_how', ''), _negated=True)), _connector='OR'), name='speaker_consent_is_whole'),
        ),
    ]
