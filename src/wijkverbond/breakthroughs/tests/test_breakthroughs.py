"""A breakthrough from report to confirmation."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from tests import make
from wijkverbond.accounts.models import User
from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.breakthroughs import policies, queries, services
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition.models import Mandate, Party, PartyRole
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.services import pledges
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db

State = Breakthrough.State


def confirm(breakthrough: Breakthrough, *actors: Actor) -> str:
    for actor in actors:
        breakthrough = services.confirm(breakthrough, actor=actor, confirms=True)
    return breakthrough.state


def typed_code(breakthrough: Breakthrough, person: User) -> CodeConfirmation:
    """What somebody has once they typed the code that was mailed to them for this breakthrough."""
    purpose = queries.resident_purpose(breakthrough, "browser")
    return CodeConfirmation(person.id, purpose, clock.now())


def confirm_as_residents(breakthrough: Breakthrough, world: make.World, number: int) -> str:
    anybody = dataclasses.replace(world.participant, person=None)
    for _ in range(number):
        breakthrough = services.confirm_as_resident(
            breakthrough, actor=anybody, confirmation=typed_code(breakthrough, make.user())
        )
    return breakthrough.state


def recorded_facts(event: str) -> dict[str, object]:
    facts_of_entry: dict[str, object] = Entry.objects.get(event=f"breakthroughs.{event}").facts
    return facts_of_entry


def test_the_claimant_does_not_confirm_the_breakthrough(
    claimed: Breakthrough, world: make.World
) -> None:
    with override("en"), pytest.raises(Refused) as refused:
        confirm(claimed, world.corporation)
    with override("en"):
        assert "does not confirm it" in str(refused.value.reason)
    assert not claimed.confirmations.exists()


def test_a_contributor_does_not_confirm_the_breakthrough(world: make.World) -> None:
    shared = make.breakthrough(
        world.coalition, by=world.corporation, named=[party_of(world.shopkeeper)]
    )
    services.say_worked_on(shared, actor=world.shopkeeper)
    assert shared.contributors.count() == 2
    with pytest.raises(Refused):
        confirm(shared, world.shopkeeper)


def test_partners_of_two_kinds_establish_it(claimed: Breakthrough, world: make.World) -> None:
    assert confirm(claimed, world.resident) == State.CLAIMED
    assert confirm(claimed, world.shopkeeper) == State.ESTABLISHED
    assert recorded_facts("established")["kinds"] == ["residents", "entrepreneurs"]


def test_government_is_one_of_the_kinds(claimed: Breakthrough, world: make.World) -> None:
    assert confirm(claimed, world.municipality, world.resident) == State.ESTABLISHED


def test_two_partners_of_one_kind_do_not_establish_it(
    claimed: Breakthrough, world: make.World
) -> None:
    tenants = make.actor(make.party(world.coalition, "tenants"))
    assert confirm(claimed, world.resident, tenants) == State.CLAIMED


def test_one_kind_and_five_residents_establish_it(claimed: Breakthrough, world: make.World) -> None:
    confirm(claimed, world.resident)
    assert confirm_as_residents(claimed, world, 4) == State.CLAIMED
    assert confirm_as_residents(claimed, world, 1) == State.ESTABLISHED
    assert recorded_facts("established")["people"] == 5


def test_residents_alone_do_not_establish_it(claimed: Breakthrough, world: make.World) -> None:
    assert confirm_as_residents(claimed, world, 7) == State.CLAIMED
    assert confirm(claimed, world.shopkeeper) == State.ESTABLISHED


def test_residents_are_counted_in_fives_and_without_a_person(
    claimed: Breakthrough, world: make.World
) -> None:
    confirm_as_residents(claimed, world, 11)
    entries = Entry.objects.filter(event="breakthroughs.confirmed_by_residents").order_by("seq")
    assert [entry.facts["people"] for entry in entries] == [5, 10]
    assert not any(str(world.participant.person) in str(vars(entry)) for entry in entries)


def test_the_same_resident_counts_once(claimed: Breakthrough, world: make.World) -> None:
    anybody = dataclasses.replace(world.participant, person=None)
    code = typed_code(claimed, make.user("straat12@voorbeeld.example"))
    services.confirm_as_resident(claimed, actor=anybody, confirmation=code)
    for again in (code, typed_code(claimed, make.user("straat12+2@voorbeeld.example"))):
        with pytest.raises(ValidationError):
            services.confirm_as_resident(claimed, actor=anybody, confirmation=again)
    assert claimed.residents.count() == 1


def test_a_code_for_something_else_confirms_nothing(
    claimed: Breakthrough, world: make.World
) -> None:
    other = make.breakthrough(world.coalition, by=world.corporation)
    with pytest.raises(ValidationError):
        services.confirm_as_resident(
            claimed, actor=world.participant, confirmation=typed_code(other, make.user())
        )
    assert not claimed.residents.exists()


@pytest.mark.parametrize("who", ["corporation", "shopkeeper", "resident", "municipality"])
def test_who_acts_for_a_partner_does_not_count_as_a_resident(
    claimed: Breakthrough, world: make.World, who: str
) -> None:
    """Signed in or not: the address says who it is. Also in the ninety days after it."""
    partner: Actor = getattr(world, who)
    code = typed_code(claimed, make.account_of(partner))
    anybody = dataclasses.replace(world.participant, person=None)
    Mandate.objects.filter(person=partner.person).update(until=anybody.now)
    for actor in (anybody, partner, make.later(anybody, 89)):
        with pytest.raises(Refused):
            services.confirm_as_resident(claimed, actor=actor, confirmation=code)
    services.confirm_as_resident(claimed, actor=make.later(anybody, 91), confirmation=code)
    assert claimed.residents.count() == 1


def test_who_answered_for_a_partner_does_not_count_as_a_resident_and_the_other_way_round(
    claimed: Breakthrough, world: make.World
) -> None:
    confirm(claimed, world.resident)
    anybody = dataclasses.replace(world.participant, person=None)
    Mandate.objects.filter(person=world.resident.person).update(until=anybody.now)
    code = typed_code(claimed, make.account_of(world.resident))
    with pytest.raises(Refused):
        services.confirm_as_resident(claimed, actor=make.later(anybody, 91), confirmation=code)
    neighbour = make.user()
    services.confirm_as_resident(
        claimed, actor=anybody, confirmation=typed_code(claimed, neighbour)
    )
    make.grant(
        party_of(world.shopkeeper), neighbour, actor=world.shopkeeper, may=[MandateType.TAKE_PART]
    )
    as_partner = acting_for(neighbour.id, party_of(world.shopkeeper), now=anybody.now)
    with pytest.raises(Refused):
        confirm(claimed, as_partner)
    assert not Breakthrough.objects.for_somebody_else(neighbour.id, anybody.now).exists()


def test_a_dispute_needs_a_reason_and_can_be_taken_back(
    claimed: Breakthrough, world: make.World
) -> None:
    with pytest.raises(ValidationError):
        services.confirm(claimed, actor=world.resident, confirms=False, remark=" ")
    services.confirm(claimed, actor=world.resident, confirms=False, remark="Het is nog dicht.")
    assert Entry.objects.filter(event="breakthroughs.disputed").count() == 1
    assert confirm(claimed, world.shopkeeper) == State.CLAIMED
    assert confirm(claimed, world.resident) == State.ESTABLISHED


def test_confirming_twice_is_recorded_once(claimed: Breakthrough, world: make.World) -> None:
    confirm(claimed, world.resident)
    with pytest.raises(ValidationError):
        confirm(claimed, world.resident)
    assert Entry.objects.filter(event="breakthroughs.confirmed").count() == 1


def test_only_the_claimant_withdraws_it_with_a_reason_and_once(
    claimed: Breakthrough, world: make.World
) -> None:
    with pytest.raises(Refused):
        services.withdraw(claimed, actor=world.resident, reason="Het klopt niet.")
    with pytest.raises(ValidationError):
        services.withdraw(claimed, actor=world.corporation, reason=" ")
    gone = services.withdraw(claimed, actor=world.corporation, reason="Het plein is weer dicht.")
    assert (gone.state, gone.withdrawal_reason) == (State.WITHDRAWN, "Het plein is weer dicht.")
    with pytest.raises(Refused):
        services.withdraw(claimed, actor=world.corporation, reason="Nog eens.")
    with pytest.raises(Refused):
        confirm(claimed, world.resident)


def test_a_breakthrough_lies_in_the_past_and_in_this_coalition(world: make.World) -> None:
    early = dataclasses.replace(world.resident, now=world.resident.now - dt.timedelta(days=1))
    story = Breakthrough(
        title="Open", before="Dicht", after="Open", happened_on=world.resident.today,
        evidence=["story"], evidence_text="Ga kijken.",
    )  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        services.claim(world.coalition, actor=early, story=story)
    assert "happened_on" in refused.value.message_dict
    with pytest.raises(Refused):
        services.claim(world.coalition, actor=world.stranger, story=story)
    with pytest.raises(ValidationError):
        services.claim(
            world.coalition, actor=world.resident, story=story,
            named=[party_of(world.stranger)],
        )  # fmt: skip


@pytest.mark.parametrize("resource", ["money", "hours"])
def test_payers_and_owners_of_its_pledges_do_not_confirm_it(
    world: make.World, resource: str
) -> None:
    wording = Pledge(
        what="Wij betalen de huur van de zaal", measure="De huur is betaald", effect="binding",
        resource=resource, starts=dt.date(2026, 1, 1), ends=dt.date(2028, 1, 1), rhythm="yearly",
    )  # fmt: skip
    pledge = pledges.draft_pledge(
        world.coalition,
        actor=world.municipality,
        wording=wording,
        goals=[make.goal(world.coalition)],
    )
    pledges.offer(pledge, actor=world.municipality)
    claimed = make.breakthrough(world.coalition, by=world.corporation, pledges=[pledge])
    with override("en"), pytest.raises(Refused) as refused:
        confirm(claimed, world.municipality)
    with override("en"):
        assert "paid for it" in str(refused.value.reason)
    assert confirm(claimed, world.resident, world.shopkeeper) == State.ESTABLISHED


def test_a_funder_does_not_confirm_whoever_works_for_pay_and_shuts_nobody_out(
    world: make.World,
) -> None:
    Party.objects.filter(id=party_of(world.municipality).id).update(role=PartyRole.FUNDER)
    of_paid = make.breakthrough(world.coalition, by=world.corporation)
    of_funder = make.breakthrough(world.coalition, by=world.municipality)
    of_volunteers = make.breakthrough(world.coalition, by=world.resident)
    assert not policies.may_confirm(world.municipality, of_paid)
    assert policies.may_confirm(world.corporation, of_funder)
    assert policies.may_confirm(world.resident, of_funder)
    assert policies.may_confirm(world.municipality, of_volunteers)


def test_a_partner_that_accepted_money_of_the_claimant_does_not_confirm_it(
    claimed: Breakthrough, world: make.World
) -> None:
    """Who is only offered it confirms and doubts like everybody; a signature under it accepts it."""
    offered = make_commitments.pledge(world, resource="money", together=[world.shopkeeper])
    assert policies.may_confirm(world.shopkeeper, claimed)
    covenant = make_commitments.opened(world, pledges=[offered])
    make_commitments.sign(covenant, world.resident)
    make_commitments.sign(covenant, world.shopkeeper)
    with pytest.raises(Refused):
        confirm(claimed, world.shopkeeper)
    assert confirm(claimed, world.resident) == State.CLAIMED


def test_whose_pledge_the_reporter_says_led_to_it_can_doubt_and_not_confirm(
    world: make.World,
) -> None:
    """Else a claimant keeps its critics quiet by naming their pledges."""
    of_critic = make_commitments.pledge(world, by=world.shopkeeper)
    claimed = make.breakthrough(world.coalition, by=world.corporation)
    claimed.pledges.add(of_critic)
    with pytest.raises(Refused):
        confirm(claimed, world.shopkeeper)
    services.confirm(
        claimed, actor=world.shopkeeper, confirms=False, remark="Bij ons is niets veranderd."
    )
    for involved in (world.corporation, make.colleague(world.corporation)):
        assert not policies.may_dispute(involved, claimed)


def test_money_that_was_promised_after_the_text_was_frozen_is_not_accepted_by_signing_it(
    claimed: Breakthrough, world: make.World
) -> None:
    promised = make_commitments.pledge(world, resource="money")
    covenant = make_commitments.opened(world, pledges=[promised])
    later = make.later(world.corporation, 1)
    shop = party_of(world.shopkeeper)
    pledges.change(
        promised,
        actor=later,
        wording=promised,
        goals=list(promised.goals.all()),
        with_parties=[shop],
        reason="De winkeliers krijgen het.",
    )
    make_commitments.sign(covenant, make.later(world.shopkeeper, 2))
    assert policies.may_confirm(world.shopkeeper, claimed)


def test_a_withdrawn_confirmation_counts_no_more(claimed: Breakthrough, world: make.World) -> None:
    confirm(claimed, world.resident, world.shopkeeper)
    services.confirm(claimed, actor=world.shopkeeper, confirms=False, remark="Weer dicht.")
    card = queries.breakthrough_card(world.coalition, claimed.id)
    assert card
    assert (card.established, card.waits) == (False, True)
    assert not queries.established().exists()
    confirm(claimed, world.municipality)
    card = queries.breakthrough_card(world.coalition, claimed.id)
    assert card
    assert (card.established, len(card.disputes)) == (True, 1)
    assert queries.established().get() == claimed


def test_residents_alone_do_not_establish_it_after_the_partner_withdraws(
    claimed: Breakthrough, world: make.World
) -> None:
    confirm_as_residents(claimed, world, 5)
    confirm(claimed, world.resident)
    assert queries.established().get() == claimed
    services.confirm(claimed, actor=world.resident, confirms=False, remark="Weer dicht.")
    assert not queries.established().exists()
