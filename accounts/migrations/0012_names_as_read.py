"""Only words change: a name is no longer said to stand on a certificate, for there are none yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_sensible_years")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="name",
            field=models.CharField(
                blank=True, help_text="As the host should read it.", max_length=200, verbose_name="name"
            ),
        ),
    ]
