"""Inviting, and accepting or declining."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Invitation, Party, PartyRole
from wijkverbond.coalition.queries import invitation_links, party_of
from wijkverbond.coalition.tests.new_coalition import (
    pending_invitation,
    recorded_facts,
    started_coalition,
)
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def accept(invitation: Invitation, sector: str = "school", actor: Actor | None = None) -> Party:
    """Somebody accepts for a new organisation of this sort."""
    return services.accept(
        invitation,
        make.organisation(sector),
        make.taking_part(),
        actor=actor or make.someone(make.user()),
    )


def test_only_the_digest_of_a_link_is_stored() -> None:
    invitation = pending_invitation(started_coalition())
    secret = invitation_links.link_token(invitation)
    assert secret not in str(Invitation.objects.values().get())
    assert invitation_links.invitation_for(secret) == invitation
    with pytest.raises(Invitation.DoesNotExist):
        invitation_links.invitation_for(secret[:-1] + ("0" if secret[-1] != "0" else "1"))


def test_accepting_makes_a_party_and_rests_on_the_invitation() -> None:
    coalition = started_coalition()
    invitation = pending_invitation(coalition)
    party = accept(invitation)
    invitation.refresh_from_db()
    assert invitation.party == party
    joined = Entry.objects.filter(stream=coalition.id, event="coalition.party_joined").last()
    assert joined
    assert joined.rests_on == [f"invitation:{invitation.id}"]
    assert joined.party == party.id


def test_nobody_has_two_open_invitations(world: make.World) -> None:
    def pending_invitation(name: str = "School", email: str = "school@voorbeeld.nl") -> Invitation:
        return services.invite(
            world.coalition, actor=world.resident, wording=Invitation(addressee=name, email=email)
        )

    first = pending_invitation()
    with pytest.raises(ValidationError):
        pending_invitation(" school\r\n", "School@voorbeeld.nl")
    services.revoke_invitation(first, actor=world.resident)
    assert pending_invitation().addressee == "School"


def test_an_invitation_is_answered_once() -> None:
    invitation = pending_invitation(started_coalition())
    accept(invitation)
    with pytest.raises(ValidationError, match="al aangenomen"):
        accept(invitation)
    with pytest.raises(ValidationError, match="al aangenomen"):
        services.decline(invitation, actor=make.someone(), reason="Geen tijd.")


def test_an_invitation_runs_out_after_thirty_days() -> None:
    invitation = pending_invitation(started_coalition())
    late = make.someone(make.user(), now=invitation.expires_at)
    just = make.someone(make.user(), now=invitation.expires_at - dt.timedelta(seconds=1))
    assert invitation.expires_at - invitation.sent_at == dt.timedelta(days=30)
    with pytest.raises(ValidationError, match="verlopen"):
        accept(invitation, actor=late)
    accept(invitation, actor=just)


def test_a_withdrawn_link_no_longer_works() -> None:
    coalition = started_coalition()
    invitation = pending_invitation(coalition)
    services.revoke_invitation(invitation, actor=make.first_actor(coalition))
    with pytest.raises(ValidationError, match="ingetrokken"):
        accept(invitation)


def test_declining_needs_a_reason_and_no_account() -> None:
    coalition = started_coalition()
    invitation = pending_invitation(coalition)
    with pytest.raises(ValidationError):
        services.decline(invitation, actor=make.someone(), reason="  ")
    services.decline(invitation, actor=make.someone(), reason="Wij sluiten volgend jaar.")
    invitation.refresh_from_db()
    assert invitation.declined_reason == "Wij sluiten volgend jaar."
    [declined] = recorded_facts(coalition, "invitation_declined")
    assert str(declined["reason"]).startswith("sha256:")


def test_only_the_inviter_or_the_secretariat_withdraws_an_invitation(world: make.World) -> None:
    invitation = services.invite(
        world.coalition, actor=world.municipality, wording=Invitation(addressee="De provincie")
    )
    for other in (world.resident, world.participant, world.operator, world.stranger):
        with pytest.raises(Refused):
            services.revoke_invitation(invitation, actor=other)
    services.revoke_invitation(invitation, actor=world.coordinator)


def test_nobody_of_another_coalition_invites_here(world: make.World) -> None:
    with pytest.raises(Refused, match="andere"):
        services.invite(
            world.coalition, actor=world.stranger, wording=Invitation(addressee="Iemand")
        )


@pytest.mark.parametrize(
    ("sector", "role", "becomes"),
    [
        ("knowledge", PartyRole.PARTNER, PartyRole.ADVISER),
        ("residents_group", PartyRole.PARTNER, PartyRole.ADVISER),
        ("fund", PartyRole.FUNDER, PartyRole.FUNDER),
        ("province", PartyRole.PARTNER, PartyRole.PARTNER),
    ],
)
def test_an_organisation_without_a_tie_to_the_area_is_an_adviser(
    sector: str, role: PartyRole, becomes: PartyRole
) -> None:
    party = make.party(started_coalition(), sector, involvement="distance", role=role)
    assert party.role == becomes
    decides = MandateType.DECIDE in make.actor(party).mandates
    assert decides == (becomes != PartyRole.ADVISER)


def test_an_organisation_takes_part_once_in_a_coalition(world: make.World) -> None:
    organisation = party_of(world.corporation).organisation
    invitation = pending_invitation(world.coalition)
    with pytest.raises(ValidationError, match="doet al mee"):
        services.accept(invitation, organisation, make.taking_part(), actor=world.corporation)


def test_government_says_within_how_many_days_it_answers() -> None:
    coalition = started_coalition()
    assert make.party(coalition, "municipality").answer_term_days == 15
    assert make.party(coalition, "school").answer_term_days is None
    assert recorded_facts(coalition, "party_joined")[1]["answer_term_days"] == 15
