"""Refuse in the database what the journal promises not to do."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'kernel_entry' AND TG_OP = 'UPDATE' AND NEW.person IS NULL
     AND to_jsonb(NEW) - 'person' = to_jsonb(OLD) - 'person' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the journal is append-only (% on %)', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER entry_does_not_change BEFORE UPDATE OR DELETE ON kernel_entry
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER head_does_not_change BEFORE UPDATE OR DELETE ON kernel_head
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER text_does_not_change BEFORE UPDATE ON kernel_entrytext
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
"""
ALLOW = """
DROP TRIGGER entry_does_not_change ON kernel_entry;
DROP TRIGGER head_does_not_change ON kernel_head;
DROP TRIGGER text_does_not_change ON kernel_entrytext;
DROP FUNCTION kernel_refuse_change();
"""


class Migration(migrations.Migration):
    """Triggers on the journal's tables."""

    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
