"""Blank forms that the portal holds: a part of the version, which stays once it is published."""

import django.db.models.deletion
from django.db import migrations, models

STAYS = (
    "CREATE TRIGGER procedures_part_stays BEFORE INSERT OR UPDATE OR DELETE ON procedures_heldform"
    " FOR EACH ROW EXECUTE FUNCTION procedures_part_stays('version_id');"
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_form_files"), ("procedures", "0009_ends_are_not_in_the_past")]

    operations = [
        migrations.AddField("procedureversion", "forms_held", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="HeldForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.TextField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_forms",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
            options={"ordering": ["position"]},
        ),
        migrations.AddConstraint(
            "heldform", models.UniqueConstraint(fields=("version", "name"), name="held_form_once")
        ),
        migrations.RunSQL(STAYS, "DROP TRIGGER procedures_part_stays ON procedures_heldform;"),
    ]
