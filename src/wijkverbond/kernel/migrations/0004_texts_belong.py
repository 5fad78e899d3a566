"""Refuse in the database a text that is not the one whose digest its entry recorded."""

from django.db import migrations

# A text can go, and come back; another one cannot come in its place. At the end of the statement,
# because an entry is written in the same one.
REFUSE = """
CREATE FUNCTION kernel_refuse_other_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM kernel_entry WHERE id = NEW.entry_id AND facts ->> NEW.field =
      'sha256:' || encode(sha256(NEW.salt || convert_to(NEW.text, 'UTF8')), 'hex')
  ) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'the journal is append-only (another text than entry % recorded)', NEW.entry_id;
END $$;
CREATE TRIGGER text_belongs_to_its_entry AFTER INSERT ON kernel_entrytext
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_other_text();
"""
ALLOW = """
DROP TRIGGER text_belongs_to_its_entry ON kernel_entrytext;
DROP FUNCTION kernel_refuse_other_text();
"""


class Migration(migrations.Migration):
    """A trigger on the texts of the journal."""

    dependencies = [("kernel", "0003_limits")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
