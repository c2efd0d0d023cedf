"""The whole catalogue: short records, fees as published, agencies by part, imports and their doubts, what search keeps.

Life events move from the published versions to the procedures: staff arrange them, the law doesn't. The end of a version
may be moved while it lies in the future: a publication that was planned may be taken back.
"""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


ENDS = """
CREATE OR REPLACE FUNCTION procedures_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'procedure version % is published: it stays', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.effective_to {condition}
       OR to_jsonb(NEW) - 'effective_to' IS DISTINCT FROM to_jsonb(OLD) - 'effective_to' THEN
        RAISE EXCEPTION 'procedure version % is published: it stays', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
ONCE = "IS NOT NULL"
UNTIL_IT_CAME = "<= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


def move_life_events(apps: Any, schema_editor: Any) -> None:
    """Each procedure gets the life events of its newest published version."""
    versions = apps.get_model("procedures", "ProcedureVersion").objects.exclude(published_at=None)
    for version in versions.order_by("procedure", "-number").distinct("procedure"):
        version.procedure.life_events.set(version.life_events.all())


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0003_fee_reliefs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("files", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("by_name", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said", models.CharField(max_length=100, unique=True)),
                (
                    "meant",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None),
                ),
            ],
            options={
                "ordering": ["said"],
            },
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="fields",
            field=models.ManyToManyField(related_name="life_events", to="procedures.field"),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="procedures",
            field=models.ManyToManyField(related_name="life_events", to="procedures.procedure"),
        ),
        migrations.AddField(
            model_name="method",
            name="fee_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mien-phi", "Miễn phí"),
                    ("co-muc", "Có mức phí, lệ phí"),
                    ("mo-ta", "Theo mô tả"),
                    ("chua-ro", "Chưa công bố"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="method",
            name="fees",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="agencies",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="change_note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="editor",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="forms",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="is_short",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="origin",
            field=models.CharField(
                choices=[("bien-tap", "Biên tập tại Cổng"), ("nhap", "Nhập từ cơ sở dữ liệu quốc gia")],
                default="bien-tap",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="portal_url",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="requirement",
            name="form_files",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AlterField(
            model_name="method",
            name="fee_text",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="method",
            name="limit_text",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="procedureversion",
            name="agency_text",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="procedureversion",
            name="decision_no",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AlterField(
            model_name="procedureversion",
            name="issuing_body",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="requirement",
            name="group",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="requirement",
            name="name",
            field=models.TextField(),
        ),
        migrations.CreateModel(
            name="SourceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True)),
                ("line", models.JSONField()),
                ("content_hash", models.CharField(max_length=64)),
                ("is_short", models.BooleanField(default=False)),
                ("imported_at", models.DateTimeField(auto_now=True)),
                (
                    "procedure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="procedures.importrun"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoredIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField()),
                ("day", models.DateField()),
                ("layout", models.CharField(max_length=20)),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("token", "day", "layout"), name="stored_index_once")],
            },
        ),
        migrations.CreateModel(
            name="PinnedResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("typed", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="procedures.procedure"
                    ),
                ),
            ],
            options={
                "ordering": ["typed", "position"],
                "constraints": [models.UniqueConstraint(fields=("typed", "procedure"), name="pinned_once")],
            },
        ),
        migrations.CreateModel(
            name="Doubt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("khong-ma", "Không có mã thủ tục"),
                            ("da-bien-tap", "Nguồn khác với bản đã biên tập tại Cổng"),
                            ("thieu-phi", "Nguồn không công bố phí, lệ phí"),
                            ("phi-nghi-ngo", "Mức phí, lệ phí đáng ngờ"),
                            ("thieu-thoi-han", "Không có thời hạn giải quyết"),
                            ("thoi-han-nghi-ngo", "Thời hạn đáng ngờ"),
                            ("giay-to-nghi-ngo", "Không rõ là giấy tờ hay ghi chú"),
                            ("ten-nghi-ngo", "Tên thủ tục đáng ngờ"),
                            ("thieu-phan", "Thiếu phần bắt buộc"),
                            ("het-danh-muc", "Không còn trong danh mục quốc gia"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=100)),
                ("text", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, max_length=200)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="doubts", to="procedures.sourcerecord"
                    ),
                ),
            ],
            options={
                "ordering": ["source", "kind", "place"],
                "constraints": [models.UniqueConstraint(fields=("source", "kind", "place"), name="doubt_once")],
            },
        ),
        migrations.RunPython(move_life_events, migrations.RunPython.noop),
        migrations.RemoveField(model_name="procedureversion", name="life_events"),
        migrations.RunSQL(ENDS.replace("{condition}", UNTIL_IT_CAME), ENDS.replace("{condition}", ONCE)),
    ]
