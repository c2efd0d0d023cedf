"""The database itself keeps the audit table append-only, whoever is connected."""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.position IS NOT NULL OR NEW.seal <> '' THEN
            RAISE EXCEPTION 'audit_event: an event is sealed by the sealing job, not when it is written';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.position IS NULL AND NEW.position IS NOT NULL AND NEW.seal ~ '^[0-9a-f]{64}$'
           AND (OLD.id, OLD.at, OLD.act, OLD.actor_id, OLD.actor_name, OLD.subject_kind, OLD.subject_ref, OLD.data)
               IS NOT DISTINCT FROM
               (NEW.id, NEW.at, NEW.act, NEW.actor_id, NEW.actor_name, NEW.subject_kind, NEW.subject_ref, NEW.data)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'audit_event is append-only: only an unsealed event may be sealed, once';
    END IF;
    IF current_setting('motcua.allow_audit_reset', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'audit_event is append-only: nothing is removed';
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER audit_append_only BEFORE INSERT OR UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_keep BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_guard();

-- The one way to empty the table: for the sample's reset and for tests. SECURITY DEFINER: the portal's own role may be
-- without the right to delete. The caller says in the same transaction that it means it (see audit.services).
CREATE FUNCTION audit_reset() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF current_setting('motcua.allow_audit_reset', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'audit_reset: refused, motcua.allow_audit_reset is not set';
    END IF;
    DELETE FROM audit_event;
END
$$;
-- Without a fixed path a caller could slip in a table of the same name; the path is that of the migration.
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION audit_reset() SET search_path = %I, pg_temp', current_schema());
END $$;
REVOKE ALL ON FUNCTION audit_reset() FROM PUBLIC;
"""

UNGUARD = """
DROP TRIGGER audit_keep ON audit_event;
DROP TRIGGER audit_append_only ON audit_event;
DROP FUNCTION audit_reset();
DROP FUNCTION audit_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
