"""What people could read until yesterday stays what was in force: no end is set to a day that is over."""

from django.db import migrations, models

ENDS = """
CREATE OR REPLACE FUNCTION procedures_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'procedure version % is published: it stays', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.effective_to <= today{condition}
       OR to_jsonb(NEW) - 'effective_to' IS DISTINCT FROM to_jsonb(OLD) - 'effective_to' THEN
        RAISE EXCEPTION 'procedure version % is published: it stays', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
NOT_BEFORE_TODAY = "\n       OR (NEW.effective_to IS DISTINCT FROM OLD.effective_to AND NEW.effective_to < today)"
KINDS = [
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
    ("ngay-da-qua", "Ngày có hiệu lực của nguồn đã qua"),
]


class Migration(migrations.Migration):
    dependencies = [("procedures", "0008_where_it_comes_from")]

    operations = [
        migrations.AlterField("doubt", "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.RunSQL(ENDS.replace("{condition}", NOT_BEFORE_TODAY), ENDS.replace("{condition}", "")),
    ]
