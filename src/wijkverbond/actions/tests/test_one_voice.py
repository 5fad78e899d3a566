"""One person, one voice about a promise; and only partners that others confirmed count."""

import pytest
from django.urls import reverse

from tests import make
from tests.html import page_html
from tests.sweeps import browser
from tests.two_hats import two_hats
from wijkverbond.actions import policies
from wijkverbond.actions.models import CheckIn, Judgement
from wijkverbond.actions.queries import pledges
from wijkverbond.actions.services import check_ins
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.coalition.models import Mandate, Party, PartyRole
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused
from wijkverbond.overview.my_tasks import my_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(world: make.World) -> CheckIn:
    """What the residents' group says of its own promise."""
    return make_actions.check_in(make_actions.pledge(world), by=world.resident)


def judge(check_in: CheckIn, by: Actor, verdict: str = "kept") -> Judgement:
    return check_ins.judge(check_in, actor=by, verdict=verdict, remark="Wij waren erbij.")


def asked_to_judge(actor: Actor) -> bool:
    assert actor.person
    return any("gedaan" in task.title for task in my_tasks(actor.person, actor.now).tasks)


def test_a_person_judges_a_report_for_one_partner_only(
    reported: CheckIn, world: make.World
) -> None:
    for_shop, for_corporation = two_hats(world.shopkeeper, world.corporation)
    second = make_actions.check_in(reported.pledge, by=world.resident)
    judge(reported, for_shop)
    judge(reported, for_shop, "partly")
    with pytest.raises(Refused):
        judge(reported, for_corporation)
    with pytest.raises(Refused):
        check_ins.announce(reported, actor=for_corporation, remark="Niet gezien.")
    assert reported.judgements.get().person_id == for_shop.person
    judge(second, for_corporation)


def test_who_works_for_the_owner_judges_for_nobody(reported: CheckIn, world: make.World) -> None:
    _for_owner, for_shop = two_hats(world.resident, world.shopkeeper)
    with pytest.raises(Refused):
        judge(reported, for_shop)
    assert not asked_to_judge(for_shop)
    assert asked_to_judge(world.shopkeeper)
    Mandate.objects.filter(person=for_shop.person, party=party_of(world.resident)).update(
        until=for_shop.now
    )
    assert not policies.may_judge(make.later(for_shop, 89), reported)
    assert policies.may_judge(make.later(for_shop, 91), reported)


def test_who_works_for_a_partner_that_pays_the_owner_judges_for_nobody(world: make.World) -> None:
    reported = make_actions.check_in(
        make_actions.pledge(world, by=world.corporation), by=world.corporation
    )
    Party.objects.filter(id=party_of(world.shopkeeper).id).update(role=PartyRole.FUNDER)
    _for_payer, for_group = two_hats(world.shopkeeper, world.resident)
    assert not policies.may_judge(for_group, reported)
    assert not asked_to_judge(for_group)
    assert policies.may_judge(world.resident, reported)


def test_the_page_says_of_which_report_somebody_has_spoken(
    reported: CheckIn, world: make.World
) -> None:
    for_shop, for_corporation = two_hats(world.shopkeeper, world.corporation)
    second = make_actions.check_in(reported.pledge, by=world.resident)
    judge(reported, for_corporation)
    slug = world.coalition.slug
    page = page_html(
        browser(for_shop), reverse("actions:check_ins", args=[slug, reported.pledge_id])
    )
    assert reverse("actions:judge", args=[slug, reported.id]) not in page
    assert reverse("actions:judge", args=[slug, second.id]) in page
    assert page.count("Nu doet iemand anders het") == 1
    assert f"Handelt hier ook namens {party_of(for_shop).name}" in page


def test_an_unconfirmed_partner_judges_and_is_in_no_majority(
    reported: CheckIn, world: make.World
) -> None:
    shop = make.actor(make.party(world.coalition, "shop", confirmed=False))
    judge(reported, shop)
    assert pledges.history(reported.pledge)[0].verdict is None
    assert asked_to_judge(world.corporation)
    assert not asked_to_judge(shop)
    page = page_html(
        browser(shop),
        reverse("actions:check_ins", args=[world.coalition.slug, reported.pledge_id]),
    )
    assert "Nog niet bevestigd, telt nog niet mee" in page
    judge(reported, world.corporation, "partly")
    assert pledges.history(reported.pledge)[0].verdict == "partly"
    Party.objects.filter(id=party_of(shop).id).update(confirmed_at=shop.now)
    judge(reported, world.municipality, "kept")
    assert pledges.history(reported.pledge)[0].verdict == "kept"
