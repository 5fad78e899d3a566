"""Mails that were given up: the mail server never takes them, or was away for two days."""

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from wijkverbond.coalition.models import Invitation


def of_invitations() -> "QuerySet[ProcrastinateJob]":
    """The mails with an invitation that were given up."""
    failed: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(status="failed")
    return failed.filter(task_name="coalition.send_invitation")


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
