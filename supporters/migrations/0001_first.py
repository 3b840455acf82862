
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0019_speakers_have_a_room'),
        ('hubs', '0007_participants_attend'),
    ]

    operations = [
        migrations.CreateModel(
            name='Supporter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As it is shown where there is no logo, and read out where there is one.', max_length=200, verbose_name='name')),
                ('link', models.URLField(blank=True, help_text='Where the name or the logo leads. It begins with https://.', max_length=500, validators=[django.core.validators.URLValidator(schemes=['https'])], verbose_name='link')),
                ('from_day', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                ('until_day', models.DateField(blank=True, help_text='The last day. Empty: until somebody changes it.', null=True, verbose_name='until')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('logo_light', models.CharField(blank=True, db_default='', default='', editable=False, max_length=40)),
                ('logo_dark', models.CharField(blank=True, db_default='', default='', editable=False, max_length=40)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='supporters', to='catalog.activity', verbose_name='activity')),
                ('agreement', models.ForeignKey(blank=True, help_text='Shown on the host’s page while it tells of this agreement.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='supporters', to='hubs.agreement', verbose_name='agreement')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='supporters', to='hubs.host', verbose_name='host')),
            ],
            options={
                'verbose_name': 'supporter',
                'verbose_name_plural': 'supporters',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_dark', models.BooleanField(default=False)),
                ('key', models.CharField(db_index=True, max_length=40)),
                ('webp', models.BinaryField()),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logos', to='supporters.supporter')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreement', None), ('host', None)), models.Q(('activity', None), ('host', None)), models.Q(('activity', None), ('agreement', None)), _connector='OR'), name='supporter_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(('until_day', None), ('until_day__gte', models.F('from_day')), _connector='OR'), name='supporter_ends_after_the_beginning'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.UniqueConstraint(fields=('supporter', 'is_dark'), name='logo_one_for_each_ground'),
        ),
    ]
