"""Supporters stand in the room `supporters` now; its migration has taken the names along before this one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("hubs", "0007_participants_attend"),
        ("supporters", "0002_names_of_agreements"),
    ]

    operations = [migrations.RemoveField(model_name="agreement", name="supporters")]
