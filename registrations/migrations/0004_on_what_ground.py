"""On what ground staff registered somebody, and whether the host sees who it is. Rows of today stay as they are shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0003_texts_without_what_no_format_holds")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="discloses",
            field=models.BooleanField(
                default=True,
                editable=False,
                help_text="Somebody registered by staff by an address alone has to agree first.",
                verbose_name="the host sees who it is",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("asked", "the person asked us to: by mail, by telephone or in the room"),
                    ("named", "their organization named them, and told them so"),
                ],
                editable=False,
                max_length=10,
                verbose_name="on what ground staff registered the person",
            ),
        ),
    ]
