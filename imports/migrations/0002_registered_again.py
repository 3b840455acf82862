from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_first")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="back",
            field=models.CharField(
                blank=True,
                choices=[
                    ("untold", "as if it had not been"),
                    ("told", "cancelled, and written to"),
                    ("gone", "was cancelled before"),
                    ("attended", "stays: attendance is noted"),
                    ("certified", "stays: there is a certificate"),
                    ("over", "stays: the session is over"),
                    ("anew", "stays: registered again since"),
                ],
                max_length=10,
            ),
        ),
    ]
