"""Who speaks stands in the room `speakers` now; its migration has taken the rows along before this one.

Web servers that still run the code of before show no page of an activity from here on, until they are replaced.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0018_practical_notes"),
        ("speakers", "0002_speakers_of_activities"),
    ]

    operations = [migrations.DeleteModel(name="Speaker")]
