import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The names of data/city_names.csv come with the facts, not here: `manage.py` loads what is missing."""

    dependencies = [
        ("accounts", "0006_alphabetical_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganizationName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Its code, such as fr or ko. Leave it empty for an abbreviation.",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("short", "short: as it is shown in this language"),
                            ("official", "official"),
                            ("former", "former"),
                            ("alias", "other name"),
                        ],
                        default="short",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="accounts.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "name",
                "verbose_name_plural": "names",
                "ordering": ["kind", "language", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "short")),
                        fields=("organization", "language"),
                        name="organization_name_shown_once_per_language",
                        violation_error_message="There is a short name in this language already.",
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "language", "name"), name="organization_name_known_once"
                    ),
                ],
            },
        ),
    ]
