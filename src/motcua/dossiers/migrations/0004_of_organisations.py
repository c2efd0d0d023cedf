from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0003_third_walk"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("applicant__organisation_code"),
                condition=models.Q(("applicant__has_key", "organisation_code")),
                name="dossier_of_organisation",
            ),
        ),
    ]
