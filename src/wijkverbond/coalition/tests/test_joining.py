"""Starting a coalition and joining one."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Coalition, Invitation, Kind, Organisation, Party, PartyRole
from wijkverbond.coalition.queries import acting_for, invitation_links, party_of
from wijkverbond.coalition.queries.mandates import represented_organisations
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, ActorKind, MandateType
from wijkverbond.kernel.models import INSTALLATION, Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def new(name: str = "Lariks") -> Coalition:
    """A coalition that is not stored yet."""
    return Coalition(name=name, place_codes=["BU01060101"], place_year=2024)


def facts(coalition: Coalition, event: str) -> list[dict[str, object]]:
    """The facts of the events of this name, in order."""
    entries = Entry.objects.filter(stream=coalition.id, event=f"coalition.{event}").order_by("seq")
    return [entry.facts for entry in entries]


def started(sector: str = "residents_group", **how: str) -> Coalition:
    """A coalition that an organisation of this sector has just started."""
    coalition = new()
    actor = make.someone(make.user())
    services.start(coalition, make.organisation(sector), make.taking_part(**how), actor=actor)
    return coalition


def test_the_cast_is_a_coalition_of_four_kinds(world: make.World) -> None:
    assert [party.kind for party in world.coalition.parties.all()] == Kind.values
    assert all(actor.mandates == frozenset(make.EVERYTHING) for actor in world.parties)


def test_who_starts_is_the_first_party_and_may_take_part_and_grant() -> None:
    person = make.user()
    party = services.start(
        new(), make.organisation(), make.taking_part(), actor=make.someone(person)
    )
    assert party.role == PartyRole.INITIATOR
    assert acting_for(person.id, party, now=clock.now()).mandates == {MandateType.TAKE_PART}
    assert party.mandates.get().may_grant


def test_a_start_is_recorded_with_its_party() -> None:
    coalition = started()
    [start], [joined] = facts(coalition, "coalition_started"), facts(coalition, "party_joined")
    assert start["initiator"] == joined["party"]
    assert start["initiator_kind"] == joined["kind"] == "residents"
    assert start["places"] == ["BU01060101"]
    assert "hand_over_due" not in start
    assert Entry.objects.get(stream=INSTALLATION).event == "coalition.organisation_registered"


def test_what_government_starts_is_handed_over_within_180_days() -> None:
    now = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    coalition = make.coalition("municipality", now=now)
    assert coalition.hand_over_due == dt.date(2026, 8, 28)
    assert facts(coalition, "coalition_started")[0]["hand_over_due"] == "2026-08-28"
    assert started("school").hand_over_due is None


def test_two_coalitions_of_one_name_have_addresses_of_their_own() -> None:
    assert [started().slug, started().slug] == ["lariks", "lariks-2"]


def test_a_coalition_is_never_called_like_the_page_that_starts_one() -> None:
    coalition = new("Nieuw")
    actor = make.someone(make.user())
    services.start(coalition, make.organisation(), make.taking_part(), actor=actor)
    assert coalition.slug == "nieuw-2"


@pytest.mark.parametrize("sector", ["police", "water_board", "care_team", "statutory_council"])
def test_public_authorities_are_government_whatever_they_call_themselves(sector: str) -> None:
    coalition = started(sector)
    assert coalition.parties.get().kind == Kind.GOVERNMENT


@pytest.mark.parametrize("sector", ["school", "housing_corporation", "welfare", "faith", "care"])
def test_social_organisations_are_civil_society(sector: str) -> None:
    assert started(sector).parties.get().kind == Kind.CIVIL_SOCIETY


def test_a_political_party_is_refused_with_the_reason() -> None:
    organisation = Organisation(
        name="Lijst 7", sector="political_party", legal_form="association", paid=False
    )
    with pytest.raises(ValidationError, match="politieke partij") as refused:
        services.start(new(), organisation, make.taking_part(), actor=make.someone(make.user()))
    assert set(refused.value.message_dict) == {"sector"}
    assert not Coalition.objects.exists()


def test_a_public_body_cannot_join_as_residents() -> None:
    organisation = make.organisation("residents_group", legal_form="public_body")
    with pytest.raises(ValidationError) as refused:
        services.start(new(), organisation, make.taking_part(), actor=make.someone(make.user()))
    assert set(refused.value.message_dict) == {"legal_form"}


def test_who_is_at_a_distance_starts_nothing_unless_it_is_government() -> None:
    with pytest.raises(ValidationError):
        started("fund", involvement="distance")
    assert started("province", involvement="distance").parties.get().role == PartyRole.INITIATOR


def test_an_organisation_exists_once() -> None:
    started_for = make.organisation("school", "De Regenboog")
    services.start(new(), started_for, make.taking_part(), actor=make.someone(make.user()))
    again = make.organisation("school", "de regenboog")
    with pytest.raises(ValidationError) as refused:
        services.start(new(), again, make.taking_part(), actor=make.someone(make.user()))
    assert "Er is al een organisatie met deze naam." in refused.value.messages


def test_somebody_else_cannot_start_for_a_known_organisation(world: make.World) -> None:
    known = party_of(world.corporation).organisation
    with pytest.raises(Refused, match="eigen organisatie"):
        services.start(new(), known, make.taking_part(), actor=world.participant)
    party = services.start(new(), known, make.taking_part(), actor=world.corporation)
    assert party.organisation == known
    assert Entry.objects.filter(event="coalition.organisation_registered").count() == 5


def test_who_only_takes_part_brings_the_organisation_into_no_other_coalition(
    world: make.World,
) -> None:
    party, junior = party_of(world.municipality), make.user()
    services.grant(party, junior, actor=world.municipality, may=[MandateType.TAKE_PART])
    with pytest.raises(Refused, match="eigen organisatie"):
        services.start(new(), party.organisation, make.taking_part(), actor=make.someone(junior))
    with pytest.raises(Refused, match="organisatie zelf"):
        services.accept(
            invited(started()), party.organisation, make.taking_part(), actor=make.someone(junior)
        )
    assert represented_organisations(junior.id, clock.now()) == []
    services.grant(party, junior, actor=world.municipality, may=[MandateType.DECIDE])
    assert represented_organisations(junior.id, clock.now()) == [party.organisation]
    services.start(new(), party.organisation, make.taking_part(), actor=make.someone(junior))


@pytest.mark.parametrize("kind", [ActorKind.SECRETARIAT, ActorKind.OPERATOR, ActorKind.SYSTEM])
def test_secretariat_host_and_software_start_and_join_nothing(kind: ActorKind) -> None:
    actor = dataclasses.replace(make.someone(make.user()), kind=kind)
    with pytest.raises(Refused):
        services.start(new(), make.organisation(), make.taking_part(), actor=actor)
    coalition = started()
    invitation = services.invite(
        coalition, actor=make.first_actor(coalition), addressee="De school"
    )
    with pytest.raises(Refused):
        services.accept(invitation, make.organisation("school"), make.taking_part(), actor=actor)


def test_nobody_starts_or_joins_without_signing_in() -> None:
    with pytest.raises(Refused, match="Log in"):
        services.start(new(), make.organisation(), make.taking_part(), actor=make.someone())


def invited(coalition: Coalition) -> Invitation:
    """An invitation by the first party."""
    return services.invite(coalition, actor=make.first_actor(coalition), addressee="Iemand")


def accept(invitation: Invitation, sector: str = "school", actor: Actor | None = None) -> Party:
    """Somebody accepts for a new organisation of this sort."""
    return services.accept(
        invitation,
        make.organisation(sector),
        make.taking_part(),
        actor=actor or make.someone(make.user()),
    )


def test_only_the_digest_of_a_link_is_stored() -> None:
    invitation = invited(started())
    secret = invitation_links.link_token(invitation)
    assert secret not in str(Invitation.objects.values().get())
    assert invitation_links.invitation_for(secret) == invitation
    with pytest.raises(Invitation.DoesNotExist):
        invitation_links.invitation_for(secret[:-1] + ("0" if secret[-1] != "0" else "1"))


def test_accepting_makes_a_party_and_rests_on_the_invitation() -> None:
    coalition = started()
    invitation = invited(coalition)
    party = accept(invitation)
    invitation.refresh_from_db()
    assert invitation.party == party
    joined = Entry.objects.filter(stream=coalition.id, event="coalition.party_joined").last()
    assert joined
    assert joined.rests_on == [f"invitation:{invitation.id}"]
    assert joined.party == party.id


def test_nobody_has_two_open_invitations(world: make.World) -> None:
    def invited(name: str = "School", email: str = "school@voorbeeld.nl") -> Invitation:
        return services.invite(world.coalition, actor=world.resident, addressee=name, email=email)

    first = invited()
    with pytest.raises(ValidationError):
        invited(" school\r\n", "School@voorbeeld.nl")
    services.revoke_invitation(first, actor=world.resident)
    assert invited().addressee == "School"


def test_an_invitation_is_answered_once() -> None:
    invitation = invited(started())
    accept(invitation)
    with pytest.raises(ValidationError, match="al aangenomen"):
        accept(invitation)
    with pytest.raises(ValidationError, match="al aangenomen"):
        services.decline(invitation, actor=make.someone(), reason="Geen tijd.")


def test_an_invitation_runs_out_after_thirty_days() -> None:
    invitation = invited(started())
    late = make.someone(make.user(), now=invitation.expires_at)
    just = make.someone(make.user(), now=invitation.expires_at - dt.timedelta(seconds=1))
    assert invitation.expires_at - invitation.sent_at == dt.timedelta(days=30)
    with pytest.raises(ValidationError, match="verlopen"):
        accept(invitation, actor=late)
    accept(invitation, actor=just)


def test_a_withdrawn_link_no_longer_works() -> None:
    coalition = started()
    invitation = invited(coalition)
    services.revoke_invitation(invitation, actor=make.first_actor(coalition))
    with pytest.raises(ValidationError, match="ingetrokken"):
        accept(invitation)


def test_declining_needs_a_reason_and_no_account() -> None:
    coalition = started()
    invitation = invited(coalition)
    with pytest.raises(ValidationError):
        services.decline(invitation, actor=make.someone(), reason="  ")
    services.decline(invitation, actor=make.someone(), reason="Wij sluiten volgend jaar.")
    invitation.refresh_from_db()
    assert invitation.declined_reason == "Wij sluiten volgend jaar."
    [declined] = facts(coalition, "invitation_declined")
    assert str(declined["reason"]).startswith("sha256:")


def test_only_who_invited_or_the_secretariat_withdraws(world: make.World) -> None:
    invitation = services.invite(
        world.coalition, actor=world.municipality, addressee="De provincie"
    )
    for other in (world.resident, world.participant, world.operator, world.stranger):
        with pytest.raises(Refused):
            services.revoke_invitation(invitation, actor=other)
    services.revoke_invitation(invitation, actor=world.coordinator)


def test_nobody_of_another_coalition_invites_here(world: make.World) -> None:
    with pytest.raises(Refused, match="andere"):
        services.invite(world.coalition, actor=world.stranger, addressee="Iemand")


@pytest.mark.parametrize(
    ("sector", "role", "becomes"),
    [
        ("knowledge", PartyRole.PARTNER, PartyRole.ADVISER),
        ("residents_group", PartyRole.PARTNER, PartyRole.ADVISER),
        ("fund", PartyRole.FUNDER, PartyRole.FUNDER),
        ("province", PartyRole.PARTNER, PartyRole.PARTNER),
    ],
)
def test_without_a_tie_to_the_area_one_advises(
    sector: str, role: PartyRole, becomes: PartyRole
) -> None:
    party = make.party(started(), sector, involvement="distance", role=role)
    assert party.role == becomes
    decides = MandateType.DECIDE in make.actor(party).mandates
    assert decides == (becomes != PartyRole.ADVISER)


def test_an_organisation_takes_part_once_in_a_coalition(world: make.World) -> None:
    known = party_of(world.corporation).organisation
    invitation = invited(world.coalition)
    with pytest.raises(ValidationError, match="doet al mee"):
        services.accept(invitation, known, make.taking_part(), actor=world.corporation)


def test_government_says_within_how_many_days_it_answers() -> None:
    coalition = started()
    assert make.party(coalition, "municipality").answer_term_days == 15
    assert make.party(coalition, "school").answer_term_days is None
    assert facts(coalition, "party_joined")[1]["answer_term_days"] == 15
