"""One person, one voice: who is somebody else."""

import dataclasses

import pytest

from tests import make
from tests.two_hats import put_on
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Coalition, Mandate, MissingVoice, Party
from wijkverbond.coalition.queries import acting_for, voices
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import SOCIETY, Actor, MandateType
from wijkverbond.kernel.policy import PolicyAction, allow

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Coalition:
    """A village of two partners; who founded the group also acts for the shop."""
    coalition = make.coalition("residents_group")
    shop = make.party(coalition, "shop")
    group = coalition.parties.get(organisation__sector="residents_group")
    make.grant(
        shop, make.account_of(make.actor(group)), actor=make.actor(shop), may=[MandateType.DECIDE]
    )
    return coalition


def parties_of(village: Coalition) -> tuple[Party, Party]:
    """The group and the shop."""
    group, shop = village.parties.present()
    return group, shop


def test_a_second_voice_of_one_person_is_refused(village: Coalition) -> None:
    group, shop = parties_of(village)
    person = make.actor(group).person
    assert person
    for_group, for_shop = (acting_for(person, party, now=clock.now()) for party in (group, shop))
    given = Mandate.objects.filter(party=group)  # rows with a party and a person, as voices have
    assert voices.one_voice(given, for_group)
    assert not voices.one_voice(given, for_shop)
    assert voices.one_voice(given, make.actor(shop))


def test_who_left_a_party_lately_still_acts_for_it(village: Coalition) -> None:
    group, shop = parties_of(village)
    person = make.actor(group).person
    assert person
    missing = MissingVoice(sector="school", what="Er zijn hier 340 leerlingen.")
    for_shop = acting_for(person, shop, now=clock.now())
    services.suggest_missing(village, actor=for_shop, wording=missing)
    mandate = Mandate.objects.get(party=shop, person=person, sort=MandateType.TAKE_PART)
    services.end_mandate(mandate, actor=make.actor(shop))
    after = make.later(make.actor(group), 89).now
    assert voices.acts_for(person, [shop.id], after)
    assert not voices.acts_for(person, [shop.id], make.later(make.actor(group), 91).now)
    assert not voices.acts_for(None, [shop.id], after)


def test_who_gives_back_a_mandate_that_they_never_used_is_somebody_else_again(
    village: Coalition,
) -> None:
    group, shop = parties_of(village)
    member = make.account_of(make.colleague(make.actor(group)))
    mandate = put_on(shop, member)
    assert voices.acts_for(member.id, [shop.id], clock.now())
    services.end_mandate(mandate, actor=acting_for(member.id, shop, now=clock.now()))
    assert not voices.acts_for(member.id, [shop.id], clock.now())


def test_a_party_tells_for_whom_its_people_act_too(village: Coalition) -> None:
    group, shop = parties_of(village)
    make.party(village, "school")
    assert voices.also_act_for(village, clock.now()) == {group.id: [shop], shop.id: [group]}


def test_who_is_barred_does_only_what_makes_them_choose(village: Coalition) -> None:
    group, _shop = parties_of(village)
    barred: Actor = dataclasses.replace(make.actor(group), barred=True)
    ordinary = PolicyAction(name="x", title="x", rules=(allow(*SOCIETY),), otherwise="no")
    choosing = dataclasses.replace(ordinary, for_the_barred=True)
    assert not ordinary.permission(barred, own=True, coalition=village.id)
    assert choosing.permission(barred, own=True, coalition=village.id)
