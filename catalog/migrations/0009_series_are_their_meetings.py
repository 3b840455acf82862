"""Meetings may exchange their hours and are found by their start; a series may stay open after its first meeting.

`closes_at` follows from other columns, so it is made anew: the table is written once more, a second for 100,000 sessions.
"""

from django.db import migrations, models
from django.db.models import Case, F, Q, When


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_promised_hours")]

    operations = [
        migrations.RemoveConstraint(model_name="meeting", name="meeting_starts_once"),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable["DEFERRED"],
                fields=("session", "starts_at"),
                name="meeting_starts_once",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["starts_at"], name="meeting_by_start"),
        ),
        migrations.AddField(
            model_name="session",
            name="late_registration",
            field=models.BooleanField(
                default=False,
                help_text="For a series: people may register for the meetings to come when it has begun.",
                verbose_name="open after the start",
            ),
        ),
        migrations.RemoveField(model_name="session", name="closes_at"),
        migrations.AddField(
            model_name="session",
            name="closes_at",
            field=models.GeneratedField(
                db_persist=True,
                expression=Case(
                    When(registration_closes_at__isnull=False, then=F("registration_closes_at")),
                    When(Q(self_paced=True) | Q(late_registration=True), then=F("ends_at")),
                    default=F("starts_at"),
                ),
                output_field=models.DateTimeField(),
            ),
        ),
    ]
