"""The host of the site sees what was given up, and lets it try again."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.sweeps import browser
from wijkverbond.accounts import mail
from wijkverbond.accounts.models import User
from wijkverbond.kernel import backups
from wijkverbond.operations import queries

pytestmark = pytest.mark.django_db

PAGE = "/beheer/"


def given_up_mail(to: User | str) -> ProcrastinateJob:
    """A mail that could not be delivered."""
    mail.queue(to, "accounts/mail/confirmation.txt", {})
    job: ProcrastinateJob = ProcrastinateJob.objects.latest("id")
    ProcrastinateJob.objects.filter(id=job.id).update(status="failed")
    return job


def host(world: make.World) -> Client:
    """The browser of who hosts the site."""
    return browser(world.operator)


def test_a_mail_that_was_given_up_is_seen_without_whose_it_is_and_sent_again_as_the_same_mail(
    world: make.World,
) -> None:
    job = given_up_mail("voorzitter@voorbeld.example")
    page = host(world).get(PAGE).content.decode()
    assert "v…@voorbeld.example" in page
    assert "voorzitter@" not in page
    host(world).post(reverse("operations:try_again", args=[job.id]))
    [again] = ProcrastinateJob.objects.filter(args=job.args)
    assert (again.status, again.id != job.id) == ("todo", True)
    assert "v…@" not in host(world).get(PAGE).content.decode()


def test_a_mail_to_somebody_with_an_account_says_to_which_host(world: make.World) -> None:
    given_up_mail(User.objects.create(email="secretaris@elders.example"))
    assert "s…@elders.example" in host(world).get(PAGE).content.decode()


def test_the_last_good_backup_is_seen(world: make.World) -> None:
    assert "reservekopie" in host(world).get(PAGE).content.decode()
    backups.note(dt.datetime(2026, 11, 30, 3, 30, tzinfo=dt.UTC))
    assert "30 november 2026 04:30" in host(world).get(PAGE).content.decode()
    assert queries.figures().backup_age
