"""What could not be delivered, in words, and never at which address."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from wijkverbond.accounts import mail
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import undelivered


@dataclasses.dataclass(frozen=True)
class Undelivered:
    """A mail that was given up: what it says, to whom by the name of a party, since when."""

    job: int
    what: str
    to: str
    at: dt.datetime | None


def rows(
    coalition: Coalition, mails: Sequence[ProcrastinateJob], now: dt.datetime
) -> list[Undelivered]:
    """These mails, in three queries."""
    moments = undelivered.given_up_at(mails)
    parties = undelivered.parties_of_readers(coalition, mails, now)
    offers = undelivered.parties_of_offers(mails)
    found = []
    for job in mails:
        names = ", ".join(str(party) for party in parties.get(job.args.get("person", ""), []))
        if party := offers.get(job.args.get("offer", "")):
            names = _("whom you asked to act for %(party)s") % {"party": party}
        to = names or _("somebody who acts for no partner here")
        found.append(Undelivered(job.id, _what(job), to, moments.get(job.id)))
    return found


def _what(job: ProcrastinateJob) -> str:
    """Its subject, or what it asks."""
    if job.task_name == "coalition.send_mandate_offer":
        return _("Do you want to act for a partner?")
    if "template" not in job.args:
        return _("Is this your answer? It was entered for you.")
    register = uuid.UUID(job.args["register"]) if job.args.get("register") else None
    language, context = get_language() or "nl", job.args["context"]
    message = mail.compose("", language, job.args["template"], context, register=register)
    return str(message.subject)
