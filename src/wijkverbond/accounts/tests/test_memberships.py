"""For whom people act, as coalition declares it, and the host of the site."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests import make
from wijkverbond.accounts import memberships, queries
from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.kernel.actor import Actor, MandateType


def membership_of(actor: Actor) -> memberships.Membership:
    """The one membership of a person."""
    assert actor.person
    [membership] = memberships.memberships_by_person()[actor.person]
    return membership


def test_a_representative_stands_for_their_party_with_their_mandates(world: make.World) -> None:
    representative = membership_of(world.municipality)
    assert representative.kind == "government"
    assert f"({world.coalition})" in representative.whom
    assert representative.may == tuple(mandate_type.label for mandate_type in MandateType)


def test_the_secretariat_stands_for_the_coalition(world: make.World) -> None:
    assert membership_of(world.coordinator).whom == str(world.coalition)


def test_whoever_acts_for_nobody_has_no_membership(world: make.World) -> None:
    assert world.participant.person not in memberships.memberships_by_person()
    assert world.operator.person not in memberships.memberships_by_person()


def test_a_mandate_that_ended_is_no_membership(world: make.World) -> None:
    party = world.coalition.parties.all()[1]
    colleague = make.user()
    make.grant(party, colleague, actor=world.shopkeeper, may=[MandateType.TAKE_PART])
    assert colleague.id in memberships.memberships_by_person()
    services.end_mandate(party.mandates.get(person=colleague), actor=world.shopkeeper)
    assert colleague.id not in memberships.memberships_by_person()


def test_the_cast_is_everyone_with_a_membership_and_the_host(world: make.World) -> None:
    cast = {member.person.id: member for member in queries.cast()}
    assert world.operator.person in cast
    assert world.resident.person in cast
    assert world.participant.person not in cast


def test_whoever_may_do_most_comes_first(world: make.World) -> None:
    weights = [member.weight for member in queries.cast()]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == len(MandateType)


@pytest.mark.django_db
def test_the_command_makes_and_unmakes_a_host() -> None:
    stderr = io.StringIO()
    call_command("operator", "Beheer@Example.org", stderr=stderr)
    assert User.objects.get(email="beheer@example.org").is_operator
    call_command("operator", "beheer@example.org", "--revoke", stderr=stderr)
    assert not User.objects.get().is_operator
    assert stderr.getvalue().splitlines() == [
        "beheer@example.org hosts the site now.",
        "The site asks them for a second step, a passkey or an app, before they act as host.",
        "beheer@example.org does not host the site any more.",
    ]


@pytest.mark.django_db
def test_the_command_refuses_what_is_no_address() -> None:
    with pytest.raises(CommandError):
        call_command("operator", "beheer")
    assert not User.objects.exists()
