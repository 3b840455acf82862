"""Materials may be files that we keep, recordings, and for those who attended.

Those there are stay what they were: links to materials, of use at any time, in the letter after the session as before.
"""

import catalog.models.material
import files.store
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0015_certificate_rule_as_data'),
    ]

    operations = [
        migrations.AddField(
            model_name='material',
            name='file',
            field=models.FileField(blank=True, db_default='', max_length=200, storage=files.store.private_storage, upload_to=catalog.models.material.material_path, verbose_name='file'),
        ),
        migrations.AddField(
            model_name='material',
            name='file_name',
            field=models.CharField(blank=True, db_default='', max_length=200, verbose_name='name of the file'),
        ),
        migrations.AddField(
            model_name='material',
            name='file_size',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='size of the file'),
        ),
        migrations.AddField(
            model_name='material',
            name='kind',
            field=models.CharField(choices=[('material', 'material'), ('recording', 'recording')], db_default='material', default='material', max_length=10, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='material',
            name='meant_for',
            field=models.CharField(choices=[('any', 'any time'), ('before', 'before the session'), ('during', 'during the session'), ('after', 'after the session')], db_default='any', default='any', max_length=10, verbose_name='meant for'),
        ),
        migrations.AlterField(
            model_name='material',
            name='link',
            field=models.URLField(blank=True, max_length=500, verbose_name='link'),
        ),
        migrations.AlterField(
            model_name='material',
            name='shown_to',
            field=models.CharField(choices=[('everyone', 'everyone'), ('participants', 'people registered'), ('attended', 'people who attended')], default='everyone', max_length=20, verbose_name='shown to'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('link', ''), _negated=True), ('file', '')), models.Q(('link', ''), models.Q(('file', ''), _negated=True)), _connector='OR'), name='material_is_link_or_file'),
        ),
    ]
