"""How often something happened. Not logged by the database: it may be forgotten when that breaks down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of limits."""

    dependencies = [("kernel", "0002_entries_do_not_change")]
    operations = [
        migrations.CreateModel(
            name="Limit",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("used", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE kernel_limit SET UNLOGGED", "ALTER TABLE kernel_limit SET LOGGED"
        ),
    ]
