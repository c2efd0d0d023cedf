"""Sources are filtered by who published them, not by each one's own file."""

from typing import Any

from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform


def _before(expression: Any, sign: str) -> models.Func:
    return models.Func(
        expression, models.Value(sign), models.Value(1), function="split_part", output_field=models.TextField()
    )


class Migration(migrations.Migration):
    dependencies = [("procedures", "0006_unmet_searches")]

    operations = [
        migrations.RemoveField("sourcerecord", "origin"),
        migrations.AddField(
            "sourcerecord",
            "origin",
            models.GeneratedField(
                expression=_before(_before(KeyTextTransform("source", "line"), "@"), ":"),
                output_field=models.TextField(null=True),
                db_persist=True,
            ),
        ),
    ]
