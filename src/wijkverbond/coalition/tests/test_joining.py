"""Starting a coalition, and which organisation may."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import (
    Access,
    Coalition,
    Invitation,
    Kind,
    Organisation,
    PartyRole,
)
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.coalition.queries.mandates import represented_organisations
from wijkverbond.coalition.tests.new_coalition import (
    pending_invitation,
    recorded_facts,
    started_coalition,
    unsaved_coalition,
)
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import ActorKind, MandateType
from wijkverbond.kernel.models import INSTALLATION, Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def test_the_cast_is_a_coalition_of_four_kinds(world: make.World) -> None:
    assert [party.kind for party in world.coalition.parties.all()] == Kind.values
    assert all(actor.mandates == frozenset(make.EVERYTHING) for actor in world.parties)


def test_the_starter_is_the_first_party_and_may_take_part_and_grant() -> None:
    person = make.user()
    party = services.start(
        unsaved_coalition(), make.organisation(), make.taking_part(), actor=make.someone(person)
    )
    assert party.role == PartyRole.INITIATOR
    assert acting_for(person.id, party, now=clock.now()).mandates == {MandateType.TAKE_PART}
    assert party.mandates.get().may_grant


def test_a_start_is_recorded_with_its_party() -> None:
    coalition = started_coalition()
    [start], [joined] = (
        recorded_facts(coalition, "coalition_started"),
        recorded_facts(coalition, "party_joined"),
    )
    assert start["initiator"] == joined["party"]
    assert start["initiator_kind"] == joined["kind"] == "residents"
    assert start["places"] == ["BU01060101"]
    assert "hand_over_due" not in start
    assert Entry.objects.get(stream=INSTALLATION).event == "coalition.organisation_registered"


def test_a_coalition_of_government_is_handed_over_within_180_days() -> None:
    now = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    coalition = make.coalition("municipality", now=now)
    assert coalition.hand_over_due == dt.date(2026, 8, 28)
    assert recorded_facts(coalition, "coalition_started")[0]["hand_over_due"] == "2026-08-28"
    assert started_coalition("school").hand_over_due is None


def test_two_coalitions_of_one_name_have_addresses_of_their_own() -> None:
    assert [started_coalition().slug, started_coalition().slug] == ["lariks", "lariks-2"]


def test_no_address_tells_that_a_coalition_prepares_in_private() -> None:
    private = unsaved_coalition()
    private.access = Access.PREPARING
    actor = make.someone(make.user())
    services.start(private, make.organisation(), make.taking_part(), actor=actor)
    assert private.slug.startswith("lariks-")
    assert started_coalition().slug == "lariks"
    # From before this rule: a private one under the name alone.
    Coalition.objects.filter(slug="lariks").update(access=Access.PREPARING)
    assert started_coalition().slug not in {"lariks", "lariks-2"}


def test_a_coalition_never_gets_the_address_of_the_start_page() -> None:
    coalition = unsaved_coalition("Nieuw")
    actor = make.someone(make.user())
    services.start(coalition, make.organisation(), make.taking_part(), actor=actor)
    assert coalition.slug == "nieuw-2"


@pytest.mark.parametrize("sector", ["police", "water_board", "care_team", "statutory_council"])
def test_public_authorities_are_government_whatever_they_call_themselves(sector: str) -> None:
    coalition = started_coalition(sector)
    assert coalition.parties.get().kind == Kind.GOVERNMENT


@pytest.mark.parametrize("sector", ["school", "housing_corporation", "welfare", "faith", "care"])
def test_social_organisations_are_civil_society(sector: str) -> None:
    assert started_coalition(sector).parties.get().kind == Kind.CIVIL_SOCIETY


def test_a_political_party_is_refused_with_the_reason() -> None:
    organisation = Organisation(
        name="Lijst 7", sector="political_party", legal_form="association", paid=False
    )
    with pytest.raises(ValidationError, match="politieke partij") as refused:
        services.start(
            unsaved_coalition(), organisation, make.taking_part(), actor=make.someone(make.user())
        )
    assert set(refused.value.message_dict) == {"sector"}
    assert not Coalition.objects.exists()


def test_only_government_starts_a_coalition_from_a_distance() -> None:
    with pytest.raises(ValidationError):
        started_coalition("fund", involvement="distance")
    assert (
        started_coalition("province", involvement="distance").parties.get().role
        == PartyRole.INITIATOR
    )


def test_an_organisation_exists_once() -> None:
    started_for = make.organisation("school", "De Regenboog")
    services.start(
        unsaved_coalition(), started_for, make.taking_part(), actor=make.someone(make.user())
    )
    again = make.organisation("school", "de regenboog")
    with pytest.raises(ValidationError) as refused:
        services.start(
            unsaved_coalition(), again, make.taking_part(), actor=make.someone(make.user())
        )
    assert "Er is al een organisatie met deze naam." in refused.value.messages[0]


def test_somebody_else_cannot_start_for_a_known_organisation(world: make.World) -> None:
    organisation = party_of(world.corporation).organisation
    with pytest.raises(Refused, match="eigen organisatie"):
        services.start(
            unsaved_coalition(), organisation, make.taking_part(), actor=world.participant
        )
    party = services.start(
        unsaved_coalition(), organisation, make.taking_part(), actor=world.corporation
    )
    assert party.organisation == organisation
    assert Entry.objects.filter(event="coalition.organisation_registered").count() == 5


def test_a_mandate_to_take_part_does_not_bring_the_organisation_elsewhere(
    world: make.World,
) -> None:
    party, junior = party_of(world.municipality), make.user()
    make.grant(party, junior, actor=world.municipality, may=[MandateType.TAKE_PART])
    with pytest.raises(Refused, match="eigen organisatie"):
        services.start(
            unsaved_coalition(), party.organisation, make.taking_part(), actor=make.someone(junior)
        )
    with pytest.raises(Refused, match="organisatie zelf"):
        services.accept(
            pending_invitation(started_coalition()),
            party.organisation,
            make.taking_part(),
            actor=make.someone(junior),
        )
    assert represented_organisations(junior.id, clock.now()) == []
    make.grant(party, junior, actor=world.municipality, may=[MandateType.DECIDE])
    assert represented_organisations(junior.id, clock.now()) == [party.organisation]
    services.start(
        unsaved_coalition(), party.organisation, make.taking_part(), actor=make.someone(junior)
    )


@pytest.mark.parametrize("kind", [ActorKind.SECRETARIAT, ActorKind.OPERATOR, ActorKind.SYSTEM])
def test_secretariat_host_and_software_start_and_join_nothing(kind: ActorKind) -> None:
    actor = dataclasses.replace(make.someone(make.user()), kind=kind)
    with pytest.raises(Refused):
        services.start(unsaved_coalition(), make.organisation(), make.taking_part(), actor=actor)
    coalition = started_coalition()
    invitation = services.invite(
        coalition, actor=make.first_actor(coalition), wording=Invitation(addressee="De school")
    )
    with pytest.raises(Refused):
        services.accept(invitation, make.organisation("school"), make.taking_part(), actor=actor)


def test_nobody_starts_or_joins_without_signing_in() -> None:
    with pytest.raises(Refused, match="Log in"):
        services.start(
            unsaved_coalition(), make.organisation(), make.taking_part(), actor=make.someone()
        )
