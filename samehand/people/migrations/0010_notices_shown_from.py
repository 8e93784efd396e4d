from django.db import migrations, models

BEGAN = "UPDATE people_notice SET shown_from = starts_at WHERE shown_from IS NULL"


class Migration(migrations.Migration):
    dependencies = [("people", "0009_notices")]

    operations = [
        migrations.AddField(
            "notice",
            "shown_from",
            models.DateTimeField("on the pages from", help_text="At the latest when it begins.", null=True),
        ),
        migrations.RunSQL(BEGAN, migrations.RunSQL.noop),
        migrations.AlterField(
            "notice",
            "shown_from",
            models.DateTimeField("on the pages from", help_text="At the latest when it begins."),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=models.Q(shown_from__lte=models.F("starts_at")), name="notice_shown_by_its_start"
            ),
        ),
    ]
