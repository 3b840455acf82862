from django.db import migrations, models

import desk.alphabet


class Migration(migrations.Migration):
    """Names stand in one order wherever they are listed. The function is that of desk/alphabet.py."""

    dependencies = [
        ("accounts", "0005_texts_without_what_no_format_holds"),
    ]

    operations = [
        migrations.RunSQL(desk.alphabet.CREATE_FUNCTION, desk.alphabet.DROP_FUNCTION),
        migrations.AlterModelOptions(
            name="organization",
            options={
                "ordering": [desk.alphabet.Alphabetical("name"), "id"],
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
            },
        ),
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": [desk.alphabet.Alphabetical("name"), "email"],
                "permissions": [("give_role", "May give people their roles")],
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(desk.alphabet.Alphabetical("name"), models.F("email"), name="user_by_name"),
        ),
    ]
