"""When somebody has taken part becomes data. Activities there are have no rule; what was said in words stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_material_of_a_session")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="certificate",
            field=models.CharField(
                choices=[("none", "none"), ("participation", "participation"), ("completion", "completion")],
                db_default="none",
                default="none",
                max_length=15,
                verbose_name="certificate",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="certificate_percent",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="at least, in percent"),
        ),
        migrations.AddField(
            model_name="activity",
            name="certificate_percent_of",
            field=models.CharField(
                choices=[("meetings", "meetings"), ("minutes", "minutes")],
                db_default="meetings",
                default="meetings",
                max_length=10,
                verbose_name="percent of",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="leaves_out_excused",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="excused meetings are not counted"
            ),
        ),
        *(
            migrations.AlterField(
                model_name="activity",
                name=f"certificate_rule{suffix}",
                field=models.CharField(
                    blank=True, max_length=300, verbose_name="certificate, in words", **null
                ),
            )
            for suffix, null in [
                ("", {}),
                ("_en", {"null": True}),
                ("_es", {"null": True}),
                ("_fr", {"null": True}),
            ]
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(certificate="none", certificate_percent__isnull=True)
                | ~models.Q(certificate="none")
                & models.Q(certificate_percent__isnull=False, certificate_percent__range=(1, 100)),
                name="activity_rule_is_whole",
            ),
        ),
    ]
