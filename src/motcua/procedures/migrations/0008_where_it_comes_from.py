"""A published version keeps who published the file that it was imported from."""

from django.db import migrations, models

# Of what was published before, it is known of the newest version of each source. Its content stays as it was.
FILL = """
ALTER TABLE procedures_procedureversion DISABLE TRIGGER procedures_version_stays;
UPDATE procedures_procedureversion v SET source_name = left(s.origin, 200)
    FROM procedures_sourcerecord s WHERE s.version_id = v.id AND v.origin = 'nhap' AND s.origin IS NOT NULL;
ALTER TABLE procedures_procedureversion ENABLE TRIGGER procedures_version_stays;
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0007_origin")]

    operations = [
        migrations.AddField(
            "procedureversion", "source_name", models.CharField(blank=True, max_length=200, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            "procedureversion",
            "origin",
            models.CharField(
                choices=[("bien-tap", "Biên tập tại Cổng"), ("nhap", "Nhập từ nguồn")],
                default="bien-tap",
                max_length=10,
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]  # fmt: skip
