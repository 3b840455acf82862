"""Files that came with a form wait for it to be saved."""

import django.db.models.deletion
import django.utils.timezone
import files.models
import files.store
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_files_to_delete'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20)),
                ('file', models.FileField(max_length=200, storage=files.store.private_storage, upload_to=files.models.kept_path)),
                ('file_name', models.CharField(max_length=200)),
                ('file_size', models.PositiveIntegerField()),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('waits_for', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('waits_for', 'key'), name='kept_file_waits_once')],
            },
        ),
    ]
