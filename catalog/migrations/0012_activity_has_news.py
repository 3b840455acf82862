"""An activity knows when it last had news for those who follow it. Of the past only cancellations are known."""

from django.db import migrations, models

CANCELLED = """
UPDATE catalog_activity AS activity SET news_at = cancelled.at
FROM (SELECT activity_id, max(cancelled_at) AS at FROM catalog_session WHERE cancelled_at IS NOT NULL GROUP BY activity_id)
    AS cancelled
WHERE cancelled.activity_id = activity.id
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_activity_indexed_by")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="news_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(CANCELLED, migrations.RunSQL.noop),
    ]
