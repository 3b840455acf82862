import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from accounts.followed import follows_merges


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_quiet_hours'),
    ]

    operations = [
        migrations.AlterModelManagers(
            name='organization',
            managers=[
                ('every', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='organization',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='accounts.organization', verbose_name='merged into'),
        ),
        follows_merges("accounts_user", "organization_id"),
    ]
