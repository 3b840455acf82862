from django.db import migrations, models


class Migration(migrations.Migration):
    """What is indexed by an older rule is indexed anew when all is migrated (catalog/listing/indexing.py)."""

    dependencies = [
        ("accounts", "0007_organization_names"),
        ("catalog", "0010_texts_without_what_no_format_holds"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="indexed_by",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
