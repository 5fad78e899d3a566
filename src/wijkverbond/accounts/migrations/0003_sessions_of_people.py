from django.contrib.auth import SESSION_KEY
from django.db import migrations, models

from wijkverbond.accounts.sessions import SessionStore

# Sessions stay in the table that Django made for them, so that nobody is signed out. A new
# installation has none yet: `django.contrib.sessions` is not among its apps.
TABLE = """
CREATE TABLE IF NOT EXISTS django_session (
    session_key varchar(40) NOT NULL PRIMARY KEY,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS django_session_session_key_c0390e0f_like
    ON django_session (session_key varchar_pattern_ops);
CREATE INDEX IF NOT EXISTS django_session_expire_date_a5c62663 ON django_session (expire_date);
"""


def say_whose(apps, schema_editor):
    """Whose a session is stood only inside it."""
    store = SessionStore()
    sessions = apps.get_model('accounts', 'Session').objects
    for session in sessions.iterator():
        if person := store.decode(session.session_data).get(SESSION_KEY):
            sessions.filter(pk=session.pk).update(person=person)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_codes'),
    ]

    operations = [
        migrations.RunSQL(
            TABLE,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                        ('session_data', models.TextField(verbose_name='session data')),
                        ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                    ],
                    options={
                        'verbose_name': 'session',
                        'verbose_name_plural': 'sessions',
                        'db_table': 'django_session',
                        'abstract': False,
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='session',
            name='person',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.RunPython(say_whose, migrations.RunPython.noop),
    ]
