import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0002_facts_stay"),
        ("registrations", "0004_on_what_ground"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="rule",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="rule"),
        ),
        migrations.CreateModel(
            name="Nameless",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nameless",
                        to="registrations.registration",
                        verbose_name="registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "person without a name",
                "verbose_name_plural": "people without a name",
            },
        ),
    ]
