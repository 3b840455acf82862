from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # So that people go on registering meanwhile.
    atomic = False

    dependencies = [
        ("catalog", "0021_found_at_once"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="session",
            index=models.Index(
                condition=models.Q(("places_taken__gt", models.F("places"))),
                fields=["starts_at", "id"],
                name="session_over_places",
            ),
        ),
        RemoveIndexConcurrently(model_name="session", name="session_overbooked"),
    ]
