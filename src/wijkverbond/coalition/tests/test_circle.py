"""Who is missing, listing, ties, leaving and the handover."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import (
    Access,
    Coalition,
    Fallback,
    Involvement,
    Kind,
    MissingVoice,
    PartyRole,
)
from wijkverbond.coalition.presenters import network
from wijkverbond.coalition.queries import (
    acting_for,
    circle,
    missing_voice_suggestions,
    party_of,
)
from wijkverbond.coalition.queries.handover import handover_reminder
from wijkverbond.coalition.queries.ties import tie_rows
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.places import services as places

pytestmark = pytest.mark.django_db


def names(coalition: Coalition) -> list[str]:
    """The events of a coalition, in order."""
    entries = Entry.objects.filter(stream=coalition.id).order_by("seq")
    return [entry.event.removeprefix("coalition.") for entry in entries]


def voice(world: make.World, sector: str = "school") -> MissingVoice:
    """A voice that the residents miss."""
    return services.suggest_missing(
        world.coalition, actor=world.resident, sector=sector, what="Er zijn hier 340 leerlingen."
    )


def test_a_missing_society_kind_is_named_and_government_is_never_missing() -> None:
    coalition = make.coalition("school", may=[])
    assert circle.circle(coalition).missing_kinds == [Kind.RESIDENTS, Kind.ENTREPRENEURS]
    make.party(coalition, "shop", may=[])
    make.party(coalition, "tenants", may=[])
    assert circle.circle(coalition).missing_kinds == []


def test_the_street_shows_open_places_for_kinds_and_voices(world: make.World) -> None:
    voice(world)
    table = circle.circle(world.coalition)
    assert [house.name for house in table.facades if house.is_open] == ["School"]
    assert len(table.facades) == 5


def test_a_missing_voice_is_named_once_and_not_while_its_sector_takes_part(
    world: make.World,
) -> None:
    voice(world)
    with pytest.raises(ValidationError, match="al op de lijst"):
        voice(world)
    with pytest.raises(ValidationError, match="doet al mee"):
        voice(world, "housing_corporation")


def test_joining_fills_the_missing_voice_of_its_sector(world: make.World) -> None:
    missing = voice(world)
    school = make.party(world.coalition, "school", may=[])
    missing.refresh_from_db()
    assert missing.filled_by == school
    assert not circle.circle(world.coalition).missing


def test_an_invitation_for_a_voice_fills_it_whatever_the_sector(world: make.World) -> None:
    missing = voice(world)
    invitation = services.invite(
        world.coalition, actor=world.resident, addressee="Peuterspeelzaal", missing_voice=missing
    )
    party = services.accept(
        invitation,
        make.organisation("childcare"),
        make.taking_part(),
        actor=make.someone(make.user()),
    )
    missing.refresh_from_db()
    assert missing.filled_by == party


def test_society_takes_a_voice_off_the_list_with_a_reason(world: make.World) -> None:
    missing = voice(world)
    for other in (world.municipality, world.coordinator, world.participant, world.stranger):
        with pytest.raises(Refused):
            services.dismiss_missing(missing, actor=other, reason="Niet nodig.")
    with pytest.raises(ValidationError):
        services.dismiss_missing(missing, actor=world.shopkeeper, reason=" ")
    services.dismiss_missing(missing, actor=world.shopkeeper, reason="De school is gesloten.")
    with pytest.raises(ValidationError):
        services.dismiss_missing(missing, actor=world.shopkeeper, reason="Nog eens.")
    assert not circle.circle(world.coalition).missing


JOINING = st.tuples(
    st.sampled_from(["tenants", "shop", "school", "province"]), st.sampled_from(Involvement.values)
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(joining=st.lists(JOINING, max_size=5))
def test_a_coalition_is_listed_with_its_third_party_from_the_area(
    db: None, joining: list[tuple[str, str]]
) -> None:
    coalition = make.coalition(may=[])
    confirmed = 1
    for sector, involvement in joining:
        make.party(coalition, sector, involvement=involvement, may=[])
        confirmed += involvement != Involvement.DISTANCE
        coalition.refresh_from_db()
        assert bool(coalition.listed_at) == (confirmed >= 3)
    assert names(coalition).count("coalition_listed") == (confirmed >= 3)


def test_what_prepares_in_private_is_listed_once_it_opens() -> None:
    coalition = make.coalition(access=Access.PREPARING)
    make.party(coalition, "shop")
    make.party(coalition, "school")
    coalition.refresh_from_db()
    assert coalition.listed_at is None
    gemeente = make.actor(make.party(coalition, "municipality"))
    with pytest.raises(Refused):
        services.change_access(coalition, actor=gemeente, access=Access.PUBLIC)
    services.change_access(coalition, actor=make.first_actor(coalition), access=Access.PUBLIC)
    coalition.refresh_from_db()
    assert coalition.listed_at


def test_a_tie_is_said_by_the_party_itself_once_a_year(world: make.World) -> None:
    own, other = world.coalition.parties.all()[:2]
    with pytest.raises(Refused):
        services.report_tie(own, other, actor=world.shopkeeper, strength="together")
    services.report_tie(own, other, actor=world.resident, strength="informs")
    services.report_tie(own, other, actor=world.resident, strength="together")
    [bond] = tie_rows(world.coalition, world.resident.now)
    assert (bond.one, bond.other) == (own, other)
    later = world.resident.now + dt.timedelta(days=366 * 2)
    assert tie_rows(world.coalition, later) == []


def test_the_drawing_names_connectors_and_who_is_alone(world: make.World) -> None:
    residents, shops, homes, gemeente = world.coalition.parties.all()
    services.report_tie(residents, shops, actor=world.resident, strength="together")
    services.report_tie(residents, homes, actor=world.resident, strength="informs")
    services.report_tie(homes, residents, actor=world.corporation, strength="none")
    bonds = tie_rows(world.coalition, world.resident.now)
    drawn = network.network([residents, shops, homes, gemeente], bonds)
    assert list(drawn.connectors) == [residents]
    assert list(drawn.alone) == [gemeente]
    assert [edge.width for edge in drawn.edges] == [5, 1]
    assert len({(node.x, node.y) for node in drawn.nodes}) == 4


def test_nobody_reports_a_tie_with_another_coalition(world: make.World) -> None:
    own = world.coalition.parties.all()[0]
    elsewhere = party_of(world.stranger)
    with pytest.raises(ValidationError):
        services.report_tie(own, elsewhere, actor=world.resident, strength="together")


def test_only_the_party_itself_leaves_and_says_why(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    everyone_else = [
        world.resident, world.corporation, world.municipality, world.coordinator,
        world.participant, world.operator, world.stranger,
    ]  # fmt: skip
    for other in everyone_else:
        with pytest.raises(Refused, match=r"Niemand wordt eruit gezet|andere"):
            services.leave(party, actor=other, reason="Weg ermee.")
    with pytest.raises(ValidationError):
        services.leave(party, actor=world.shopkeeper, reason="")
    services.leave(party, actor=world.shopkeeper, reason="De winkels gaan dicht.")
    assert Kind.ENTREPRENEURS in circle.circle(world.coalition).missing_kinds
    with pytest.raises(ValidationError):
        services.leave(party, actor=world.shopkeeper, reason="Nog eens.")


def test_leaving_needs_a_mandate_to_decide(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    junior = dataclasses.replace(world.shopkeeper, mandates=frozenset({MandateType.TAKE_PART}))
    with pytest.raises(Refused, match="besluiten"):
        services.leave(party, actor=junior, reason="Geen zin meer.")


@pytest.mark.parametrize("why", ["adviser", "suspended"])
def test_who_takes_no_position_can_leave_too(world: make.World, why: str) -> None:
    party = party_of(world.corporation)
    if why == "adviser":
        away = make.taking_part(involvement="distance")
        services.describe_party(party, away, actor=world.corporation)
    else:
        services.suspend(party, at=world.corporation.now, reason="Besloten op de wijkavond.")
    colleague = make.user()
    services.grant(party, colleague, actor=make.actor(party), may=[MandateType.TAKE_PART])
    junior = acting_for(colleague.id, party, now=world.corporation.now)
    with pytest.raises(Refused, match="besluiten"):
        services.leave(party, actor=junior, reason="Geen zin meer.")
    services.leave(party, actor=make.actor(party), reason="Wij zijn klaar.")
    party.refresh_from_db()
    assert party.left_at


def test_who_left_can_come_back(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    services.leave(party, actor=world.shopkeeper, reason="Even pauze.")
    invitation = services.invite(world.coalition, actor=world.resident, addressee="De winkels")
    again = services.accept(
        invitation, party.organisation, make.taking_part(), actor=world.shopkeeper
    )
    assert again.id != party.id
    assert again.organisation == party.organisation


def test_the_role_follows_the_tie_to_the_area(world: make.World) -> None:
    party = party_of(world.corporation)
    away = make.taking_part(involvement="distance")
    services.describe_party(party, away, actor=world.corporation)
    assert party.role == PartyRole.ADVISER
    assert MandateType.DECIDE not in make.actor(party).mandates
    with pytest.raises(Refused):
        services.describe_party(party, make.taking_part(), actor=make.actor(party))


def test_a_suspended_party_decides_and_signs_nothing_until_it_ends(world: make.World) -> None:
    party = party_of(world.corporation)
    services.suspend(party, at=world.corporation.now, reason="Besloten op de wijkavond.")
    assert make.actor(party).mandates == {MandateType.TAKE_PART}
    services.end_suspension(party)
    assert MandateType.DECIDE in make.actor(party).mandates


def propose(coalition: Coalition, actor: Actor) -> None:
    """The first society party proposes itself as the chair."""
    services.propose_handover(
        coalition,
        actor=actor,
        chair=coalition.parties.society()[0],
        fallback=Fallback.WITHDRAW,
        rules="Vier keer per jaar bij elkaar.",
    )


def test_the_reminder_stands_until_all_three_kinds_confirmed() -> None:
    coalition = make.coalition("municipality")
    gemeente = make.first_actor(coalition)
    school, shop = (make.actor(make.party(coalition, sector)) for sector in ("school", "shop"))
    with pytest.raises(Refused):
        propose(coalition, gemeente)
    propose(coalition, school)
    with pytest.raises(Refused):
        services.confirm_handover(coalition, actor=gemeente)
    services.confirm_handover(coalition, actor=shop)
    coalition.refresh_from_db()
    reminder = handover_reminder(coalition, gemeente.now)
    assert reminder
    assert not reminder.late
    after = handover_reminder(coalition, gemeente.now + dt.timedelta(days=181))
    assert after
    assert after.late
    residents = make.actor(make.party(coalition, "tenants"))
    services.confirm_handover(coalition, actor=residents)
    coalition.refresh_from_db()
    assert handover_reminder(coalition, gemeente.now + dt.timedelta(days=181)) is None
    assert names(coalition).count("chair_and_rules_confirmed") == 1
    assert coalition.chair
    with pytest.raises(ValidationError):
        services.confirm_handover(coalition, actor=school)


def test_another_proposal_starts_the_confirming_again(world: make.World) -> None:
    propose(world.coalition, world.resident)
    services.confirm_handover(world.coalition, actor=world.shopkeeper)
    propose(world.coalition, world.corporation)
    services.confirm_handover(world.coalition, actor=world.shopkeeper)
    world.coalition.refresh_from_db()
    assert world.coalition.handed_over_at is None


def test_government_is_never_the_chair(world: make.World) -> None:
    with pytest.raises(ValidationError) as refused:
        services.propose_handover(
            world.coalition,
            actor=world.resident,
            chair=party_of(world.municipality),
            fallback=Fallback.WITHDRAW,
            rules="De gemeente zit voor.",
        )
    assert set(refused.value.message_dict) == {"chair"}


def test_the_figures_point_at_who_is_missing_until_it_is_weighed(world: make.World) -> None:
    places.load_assen(actor=world.operator)
    coalition = make.coalition("residents_group", places=["WK010604"], name="Pittelo")
    actor = make.first_actor(coalition)
    suggestions = {
        suggestion.sector.code: suggestion
        for suggestion in missing_voice_suggestions.suggestions(coalition)
    }
    assert {"school", "care", "housing_corporation"} <= set(suggestions)
    school = suggestions["school"]
    assert school.figures == ["figure:WK010604/2024/a_00_14"]
    voice = services.suggest_missing(
        coalition, actor=actor, sector="school", what=school.why, figures=school.figures
    )
    suggested = Entry.objects.get(stream=coalition.id, event="coalition.missing_voice_suggested")
    assert suggested.facts["source"] == "figures"
    assert suggested.rests_on == school.figures
    services.dismiss_missing(voice, actor=actor, reason="De school verhuist.")
    make.party(coalition, "care", may=[])
    remaining = {
        suggestion.sector.code for suggestion in missing_voice_suggestions.suggestions(coalition)
    }
    assert remaining == set(suggestions) - {"school", "care"}


def test_without_figures_nothing_is_pointed_at(world: make.World) -> None:
    assert missing_voice_suggestions.suggestions(world.coalition) == []
