"""Mails that were given up: the mail server never takes them, or was away for two days."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from wijkverbond.coalition.models import Coalition, Invitation, Mandate, MandateOffer, Party
from wijkverbond.kernel.failed_jobs import failed


def sent_for(whom: OuterRef) -> "QuerySet[ProcrastinateJob]":
    """Those that went out for a party, or for a coalition of which the secretariat hears it.

    Invitations are on a page of their own.
    """
    by = Cast(whom, TextField())
    return failed().alias(by=KT("args__by")).filter(by=by).order_by("-id")


def sent_for_any(ids: Iterable[uuid.UUID]) -> "QuerySet[ProcrastinateJob]":
    """Those that went out for one of these parties and coalitions."""
    by = [str(whom) for whom in ids]
    return failed().alias(by=KT("args__by")).filter(by__in=by).order_by("-id")


def for_whom(job: int) -> uuid.UUID | None:
    """For which party or coalition a mail went out that was given up."""
    by = failed().filter(id=job).values_list(KT("args__by"), flat=True).first()
    return uuid.UUID(by) if by else None


def with_undelivered(coalitions: Iterable[Coalition]) -> set[uuid.UUID]:
    """Those of these coalitions of which the secretariat hears that a mail was given up."""
    mails = sent_for_any(coalition.id for coalition in coalitions)
    return {uuid.UUID(job.args["by"]) for job in mails}


def with_undelivered_invitations(
    coalitions: Iterable[Coalition], at: dt.datetime
) -> set[uuid.UUID]:
    """Those of these coalitions of which an open invitation by the secretariat did not arrive."""
    invitations = Invitation.objects.open(at).filter(sent_by_party=None, coalition__in=coalitions)
    return set(invitations.filter(is_given_up()).values_list("coalition", flat=True))


def given_up_at(mails: Iterable[ProcrastinateJob]) -> dict[int, dt.datetime]:
    """When each of these was given up."""
    ended = ProcrastinateEvent.objects.filter(job__in=list(mails), type="failed")
    return dict(ended.values_list("job", "at"))


def parties_of_readers(
    coalition: Coalition, mails: Iterable[ProcrastinateJob], now: dt.datetime
) -> dict[str, list[Party]]:
    """Of each person whom these mails name, the parties of the coalition for which they act."""
    people = {job.args["person"] for job in mails if job.args.get("person")}
    mandates = Mandate.objects.current(now).present().filter(party__coalition=coalition)
    parties: dict[str, list[Party]] = {}
    for mandate in mandates.filter(person__in=people).select_related("party__organisation"):
        of_person = parties.setdefault(str(mandate.person_id), [])
        if mandate.party not in of_person:
            of_person.append(mandate.party)
    return parties


def parties_of_offers(mails: Iterable[ProcrastinateJob]) -> dict[str, Party]:
    """Of each offer that these mails name, the party for which somebody is asked to act."""
    offers = {job.args["offer"] for job in mails if job.args.get("offer")}
    found = MandateOffer.objects.filter(id__in=offers).select_related("party__organisation")
    return {str(offer.id): offer.party for offer in found}


def of_invitations() -> "QuerySet[ProcrastinateJob]":
    """The mails with an invitation that were given up."""
    return failed().filter(task_name="coalition.send_invitation")


def of_invitation(invitation: Invitation) -> "QuerySet[ProcrastinateJob]":
    """Those with this invitation."""
    return of_invitations().filter(args__invitation=str(invitation.id))


def is_on_its_way(invitation: Invitation) -> bool:
    """Whether a mail with this invitation waits for the worker."""
    waiting = ProcrastinateJob.objects.filter(status="todo", args__invitation=str(invitation.id))
    return bool(waiting.exists())


def is_given_up() -> Exists:
    """Of an invitation: whether its mail was given up."""
    mails = of_invitations().alias(invitation=KT("args__invitation"))
    return Exists(mails.filter(invitation=Cast(OuterRef("id"), TextField())))
