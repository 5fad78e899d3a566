"""Refuse in the database what the journal promises not to do."""

from django.db import migrations

# The only change to an entry is forgetting who acted; a text can go as a whole. The triggers for
# TRUNCATE are against `manage flush`; the tests switch them off, to start from empty tables.
REFUSE = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only (% on %)', TG_OP, TG_TABLE_NAME;
END $$;
CREATE FUNCTION kernel_only_forget_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.person IS NULL AND to_jsonb(NEW) - 'person' = to_jsonb(OLD) - 'person' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the journal is append-only (% on %)', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER entry_does_not_change BEFORE UPDATE ON kernel_entry
  FOR EACH ROW EXECUTE FUNCTION kernel_only_forget_person();
CREATE TRIGGER entry_does_not_go BEFORE DELETE ON kernel_entry
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER head_does_not_change BEFORE UPDATE OR DELETE ON kernel_head
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER text_does_not_change BEFORE UPDATE ON kernel_entrytext
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER entry_is_not_emptied BEFORE TRUNCATE ON kernel_entry
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER head_is_not_emptied BEFORE TRUNCATE ON kernel_head
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
"""
ALLOW = """
DROP TRIGGER entry_does_not_change ON kernel_entry;
DROP TRIGGER entry_does_not_go ON kernel_entry;
DROP TRIGGER head_does_not_change ON kernel_head;
DROP TRIGGER text_does_not_change ON kernel_entrytext;
DROP TRIGGER entry_is_not_emptied ON kernel_entry;
DROP TRIGGER head_is_not_emptied ON kernel_head;
DROP FUNCTION kernel_refuse_change();
DROP FUNCTION kernel_only_forget_person();
"""


class Migration(migrations.Migration):
    """Triggers on the journal's tables."""

    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
