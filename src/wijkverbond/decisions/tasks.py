"""Tasks of the worker."""

import uuid

from django.utils import translation
from procrastinate.contrib.django import app

from wijkverbond.accounts import mail
from wijkverbond.accounts import queries as accounts
from wijkverbond.accounts.delivery import ForTwoDays
from wijkverbond.decisions import queries, services
from wijkverbond.decisions.models import Position
from wijkverbond.decisions.services import afterwards
from wijkverbond.kernel import actor, clock


@app.periodic(cron="*/5 * * * *")
@app.task(name="decisions.close_due")
def close_due(timestamp: int) -> None:
    """Close the proposals whose day has come."""
    software = actor.system()
    for decision in queries.due(software.now):
        services.close(decision, actor=software)


@app.periodic(cron="*/5 * * * *")
@app.task(name="decisions.ask_newcomers")
def ask_newcomers(timestamp: int) -> None:
    """Ask who came later about what was carried without its kind."""
    software = actor.system()
    for decision, party in afterwards.newcomers():
        afterwards.ask_afterwards(decision, party, actor=software)


@app.task(name="decisions.ask_about_entered", retry=ForTwoDays())
def ask_about_entered(position: int, person: str, entered_at: str, by: str = "") -> None:
    """Mail somebody who decides for a party what was entered for it; not when it changed meanwhile.

    A mail that the mail server refuses is tried again, and then given up: nothing was answered. `by` is
    for whom it goes out (`mail.queue`).
    """
    entered = Position.objects.filter(pk=position, taken_at=entered_at, confirmed_at=None)
    waiting = entered.select_related("decision__coalition", "party__organisation").first()
    reader = accounts.person(uuid.UUID(person))
    if waiting is None or reader is None or not waiting.decision.is_open:
        return
    with translation.override(reader.language):
        stance, via = waiting.get_stance_display(), waiting.get_via_display()
    about = {
        "party": waiting.party.name,
        "party_id": waiting.party_id,
        "proposal": waiting.decision.title,
        "stance": stance,
        "via": via,
        "argument": waiting.argument,
        "slug": waiting.decision.coalition.slug,
        "decision": waiting.decision_id,
    }
    same = uuid.uuid5(reader.id, f"{position} {entered_at}")
    text = "decisions/mail/entered.txt"
    mail.compose(reader.email, reader.language, text, about, mail_id=same).send()
    services.note_mailed(waiting, entered_at=waiting.taken_at, now=clock.now())
