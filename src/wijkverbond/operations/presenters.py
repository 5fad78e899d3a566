"""What the host of the site reads of mails and other work that was given up."""

import dataclasses
import datetime as dt
import sys
import uuid
from collections.abc import Iterable

import django
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import Invitation
from wijkverbond.operations.queries import MAIL_TASKS

WORK: dict[str, str | Promise] = {
    "accounts.send_mail": gettext_lazy("A mail"),
    "coalition.send_invitation": gettext_lazy("A mail with an invitation"),
    "coalition.send_mandate_offer": gettext_lazy("A mail that asks somebody to act for a partner"),
    "decisions.ask_about_entered": gettext_lazy("A mail about an answer that was entered"),
    "installation.fetch_places": gettext_lazy("Fetching figures and boundaries"),
    "kernel.follow": gettext_lazy("What follows from what happened"),
    "urgency.publish_closing": gettext_lazy("Counting a question that closed"),
}


@dataclasses.dataclass(frozen=True)
class GivenUp:
    """Something that the worker gave up. `to` is for a mail, as much as helps to find a mistake."""

    job: int
    what: str
    to: str
    at: dt.datetime | None


def given_up(jobs: Iterable[ProcrastinateJob]) -> list[GivenUp]:
    """Rows for the page, in four queries."""
    found = list(jobs)
    ended = ProcrastinateEvent.objects.filter(job__in=found, type="failed")
    moments = dict(ended.values_list("job", "at"))
    addresses = _addresses(found)
    return [
        GivenUp(
            job=job.id,
            what=str(WORK.get(job.task_name, job.task_name)),
            to=masked(addresses.get(job.id, "")),
            at=moments.get(job.id),
        )
        for job in found
    ]


def masked(address: str) -> str:
    """The beginning of an address and its host: enough to see a slip of the pen in the host."""
    name, at, host = address.rpartition("@")
    return f"{name[:1]}…{at}{host}" if at else ""


def versions() -> list[tuple[str, str]]:
    """What the site runs on."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [database] = cursor.fetchone()
    return [
        ("Python", sys.version.split()[0]),
        ("Django", django.get_version()),
        ("PostgreSQL", database),
    ]


def _addresses(jobs: Iterable[ProcrastinateJob]) -> dict[int, str]:
    mails = [job for job in jobs if job.task_name in MAIL_TASKS]
    people = {job.id: uuid.UUID(job.args["person"]) for job in mails if job.args.get("person")}
    invitations = {
        job.id: uuid.UUID(job.args["invitation"]) for job in mails if "invitation" in job.args
    }
    of_people = dict(User.objects.filter(id__in=people.values()).values_list("id", "email"))
    invited = Invitation.objects.filter(id__in=invitations.values()).values_list("id", "email")
    of_invited = dict(invited)
    return {
        **{job.id: job.args.get("address", "") for job in mails},
        **{job: of_people.get(person, "") for job, person in people.items()},
        **{job: of_invited.get(invitation, "") for job, invitation in invitations.items()},
    }
