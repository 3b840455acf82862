import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0014_merged_organizations'),
        ('merging', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LikelyDouble',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('email', 'the same e-mail address, written otherwise'), ('former_email', 'the address of one was the other’s before'), ('name', 'the same name, in the same organization'), ('city', 'the same name, in the same country')], max_length=20, verbose_name='why')),
                ('first_organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organization')),
                ('first_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organization')),
                ('second_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first_person__isnull', False), ('second_person__isnull', False), models.Q(('first_person', models.F('second_person')), _negated=True), ('first_organization', None), ('second_organization', None)), models.Q(('first_organization__isnull', False), ('second_organization__isnull', False), models.Q(('first_organization', models.F('second_organization')), _negated=True), ('first_person', None), ('second_person', None)), _connector='OR'), name='likely_double_two_of_a_kind'), models.UniqueConstraint(fields=('first_person', 'second_person'), name='likely_double_person_once'), models.UniqueConstraint(fields=('first_organization', 'second_organization'), name='likely_double_organization_once')],
            },
        ),
    ]
