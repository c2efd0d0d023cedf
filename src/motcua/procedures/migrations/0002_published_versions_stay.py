"""A published record never changes.

What the law was on the day a dossier was handed in must be provable: the database itself refuses to edit a published
version or its parts. Only its end may be set, once, when the next version replaces it.
"""

from django.db import migrations

PARTS = {
    "procedures_method": "version_id",
    "procedures_requirement": "version_id",
    "procedures_feeline": "version_id",
    "procedures_procedureversion_life_events": "procedureversion_id",
    "procedures_procedureversion_related": "procedureversion_id",
}

VERSION_TRIGGER = """
CREATE FUNCTION procedures_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'procedure version % is published: it stays', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.effective_to IS NOT NULL
       OR to_jsonb(NEW) - 'effective_to' IS DISTINCT FROM to_jsonb(OLD) - 'effective_to' THEN
        RAISE EXCEPTION 'procedure version % is published: it stays', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_version_stays BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_version_stays();
"""

PART_FUNCTION = """
CREATE FUNCTION procedures_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    changed := ARRAY[]::bigint[];
    IF TG_OP <> 'INSERT' THEN
        changed := changed || (to_jsonb(OLD) ->> TG_ARGV[0])::bigint;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        changed := changed || (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    END IF;
    IF EXISTS (SELECT FROM procedures_procedureversion v WHERE v.id = ANY (changed) AND v.published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a part of a published procedure version stays: %', changed
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


def _part_triggers() -> str:
    return "\n".join(
        f"CREATE TRIGGER procedures_part_stays BEFORE INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION procedures_part_stays('{column}');"
        for table, column in PARTS.items()
    )


def _drop_part_triggers() -> str:
    return "\n".join(f"DROP TRIGGER procedures_part_stays ON {table};" for table in PARTS)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.RunSQL(
            VERSION_TRIGGER,
            "DROP TRIGGER procedures_version_stays ON procedures_procedureversion; DROP FUNCTION procedures_version_stays();",
        ),
        migrations.RunSQL(PART_FUNCTION, "DROP FUNCTION procedures_part_stays();"),
        migrations.RunSQL(_part_triggers(), _drop_part_triggers()),
    ]
