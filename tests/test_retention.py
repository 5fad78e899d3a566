"""What was kept long enough goes by itself, and what is still needed stays."""

import datetime as dt
import uuid

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from tests import make
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import KeptMail, User
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Invitation
from wijkverbond.coalition.models.mandate_offers import VALID_FOR
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services import retention as terms
from wijkverbond.insights import services as insights
from wijkverbond.insights.models import PersonalRecognition
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel import clock as kernel_clock
from wijkverbond.kernel import retention
from wijkverbond.kernel.models import EntryText

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def forget(after: dt.timedelta) -> None:
    """What the worker does, so much later."""
    retention.forget(kernel_clock.now() + after)


def test_the_address_of_an_invitation_goes_first_and_the_name_later(world: make.World) -> None:
    invitation = coalitions.invite(
        world.coalition,
        actor=world.resident,
        wording=Invitation(addressee="De school", email="school@example.org"),
    )
    coalitions.decline(invitation, actor=make.someone(), reason="Geen tijd.")
    texts = EntryText.objects.filter(entry__event="coalition.invitation_declined")
    forget(terms.ADDRESS_KEPT - DAY)
    invitation.refresh_from_db()
    assert invitation.email == "school@example.org"
    forget(terms.ADDRESS_KEPT + DAY)
    invitation.refresh_from_db()
    assert (invitation.email, invitation.addressee) == ("", "De school")
    assert texts.exists()
    forget(terms.NAME_KEPT + DAY)
    invitation.refresh_from_db()
    assert (invitation.addressee, invitation.declined_reason) == ("", "")
    assert not texts.exists()


def test_an_invitation_that_nobody_answered_ends_on_its_last_day(world: make.World) -> None:
    invitation = coalitions.invite(
        world.coalition,
        actor=world.resident,
        wording=Invitation(addressee="De school", email="school@example.org"),
    )
    forget(terms.ADDRESS_KEPT + DAY)
    invitation.refresh_from_db()
    assert invitation.email == "school@example.org"
    forget(terms.ADDRESS_KEPT * 2 + DAY)
    invitation.refresh_from_db()
    assert invitation.email == ""


def test_an_account_that_nobody_used_goes_and_the_mandate_with_it(
    world: make.World, settings: Settings
) -> None:
    party = party_of(world.resident)
    User.objects.update(last_login=kernel_clock.now())
    unused, used = (coalitions.person_with(f"{name}@example.org") for name in ("un", "used"))
    for person in (unused, used):
        make.grant(party, person, actor=world.resident, may=[])
    User.objects.filter(id=used.id).update(last_login=kernel_clock.now())
    people = User.objects.count()
    forget(terms.UNUSED_KEPT - DAY)
    settings.DEMO = True
    forget(terms.UNUSED_KEPT + DAY)
    assert User.objects.count() == people
    settings.DEMO = False
    forget(terms.UNUSED_KEPT + DAY)
    assert not User.objects.filter(id=unused.id).exists()
    assert User.objects.count() == people - 1
    assert party.mandates.filter(person=None, until__isnull=False).exists()


def test_what_nobody_answered_goes_and_the_account_that_it_made(world: make.World) -> None:
    User.objects.update(last_login=kernel_clock.now())
    person = coalitions.person_with("gevraagd@example.org")
    coalitions.grant(party_of(world.resident), person, actor=world.resident, may=[])
    forget(VALID_FOR + terms.OFFER_KEPT - DAY)
    assert person.mandate_offers.exists()
    forget(VALID_FOR + terms.OFFER_KEPT + DAY)
    assert not person.mandate_offers.exists()
    forget(terms.UNUSED_KEPT + DAY)
    assert not User.objects.filter(id=person.id).exists()


def test_the_pseudonym_of_a_browser_leads_nowhere_once_its_cookie_has_expired(
    world: make.World,
) -> None:
    pseudonym = uuid.uuid4()
    insights.recognise_as_person(
        make_insights.insight(world.coalition, by=world.resident),
        actor=make.someone(coalition=world.coalition),
        pseudonym=pseudonym,
        kind="residents",
        involvement="lives",
        view="recognises",
    )
    forget(retention.COOKIE_KEPT - DAY)
    assert PersonalRecognition.objects.filter(pseudonym=pseudonym).exists()
    forget(retention.COOKIE_KEPT + DAY)
    assert PersonalRecognition.objects.exclude(pseudonym=pseudonym).count() == 1


def test_the_mails_of_the_demonstration_go() -> None:
    accounts.keep_mail(EmailMessage("Dag", "Tekst", to=["iemand@example.org"]))
    forget(accounts.MAILS_KEPT - DAY)
    assert KeptMail.objects.exists()
    forget(accounts.MAILS_KEPT + DAY)
    assert not KeptMail.objects.exists()
