"""Materials may belong to one session; when they were given is known from now on. Those there are belong to every session."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_sensible_years")]

    operations = [
        migrations.AddField(
            model_name="material",
            name="session",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="materials",
                to="catalog.session",
                verbose_name="session",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="given_at",
            field=models.DateTimeField(auto_now_add=True, null=True, verbose_name="given"),
        ),
    ]
