from django.db import migrations
from django.utils import timezone

from wijkverbond.kernel import jobs


def mail_what_was_entered(apps, schema_editor):
    """Ask, once, about what was entered for a partner before it got a mail about that."""
    now = timezone.now()
    entered = apps.get_model("decisions", "Position").objects.filter(
        decision__state="open", confirmed_at=None, mailed_at=None
    )
    mandates = apps.get_model("coalition", "Mandate").objects.exclude(until__lte=now)
    for position in entered.order_by("pk"):
        deciding = mandates.filter(party=position.party_id, sort="decide", person__isnull=False)
        for person in deciding.order_by("person").values_list("person", flat=True).distinct():
            jobs.defer(
                "decisions.ask_about_entered",
                position=position.pk,
                person=str(person),
                entered_at=position.taken_at.isoformat(),
            )


class Migration(migrations.Migration):

    dependencies = [
        ("decisions", "0007_entered_for_a_party"),
        ("coalition", "0008_two_of_one_name"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [migrations.RunPython(mail_what_was_entered, migrations.RunPython.noop)]
