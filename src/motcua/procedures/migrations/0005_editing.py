"""Records being written, withdrawals, and what the editors' list of sources is filtered by."""

import django.db.models.deletion
import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0004_catalogue"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["-changed_at"],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("reason", models.TextField()),
                ("decision_no", models.CharField(blank=True, max_length=100)),
                ("by_name", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-made_at"],
            },
        ),
        migrations.AddField(
            model_name="sourcerecord",
            name="field_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.fields.json.KeyTextTransform("field", "line"),
                output_field=models.TextField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="sourcerecord",
            name="name",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.fields.json.KeyTextTransform("name", "line"),
                output_field=models.TextField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="sourcerecord",
            name="origin",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.fields.json.KeyTextTransform("source", "line"),
                output_field=models.TextField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="doubt",
            index=models.Index(condition=models.Q(("settled_at", None)), fields=["kind", "source"], name="doubt_open"),
        ),
        migrations.AddField(
            model_name="draft",
            name="base",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedureversion",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="procedure",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="procedures.procedure"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="procedures.procedureversion"
            ),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="withdrawals", to="procedures.procedure"
            ),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="procedures.procedureversion"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)), fields=("version",), name="withdrawn_once"
            ),
        ),
    ]
