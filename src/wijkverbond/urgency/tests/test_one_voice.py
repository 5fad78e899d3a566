"""One person, one voice about an urgency and a hiding; and only partners that others confirmed count."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from tests import make
from tests.html import page_html
from tests.sweeps import browser
from tests.two_hats import two_hats
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.policy import Refused
from wijkverbond.overview.my_tasks import my_tasks
from wijkverbond.urgency import policies, presenters, services
from wijkverbond.urgency.models import Conversation, HostHiding, SharedUrgency

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(open_conversation: Conversation) -> SharedUrgency:
    return make.urgency(open_conversation)


@pytest.fixture
def hidden(open_conversation: Conversation, world: make.World) -> HostHiding:
    first = open_conversation.statements.get(number=1)
    return services.hide_as_host(first, actor=world.operator, law="Wetboek, artikel 1")


def review(hiding: HostHiding, by: Actor, *, upholds: bool = True) -> str:
    reviewed = services.review_hiding(hiding, actor=by, upholds=upholds, reason="Zie de wet.")
    return reviewed.outcome


def newcomer(world: make.World) -> Actor:
    """Somebody of a shop that others did not confirm yet."""
    return make.actor(make.party(world.coalition, "shop", confirmed=False))


def tasks_of(actor: Actor) -> str:
    assert actor.person
    return " ".join(task.title for task in my_tasks(actor.person, actor.now).tasks)


def test_a_person_shares_an_urgency_for_one_partner_only(
    proposed: SharedUrgency, world: make.World
) -> None:
    for_shop, for_corporation = two_hats(world.shopkeeper, world.corporation)
    address = reverse("urgency:urgency", args=[world.coalition.slug, proposed.id])
    support = reverse("urgency:endorse", args=[world.coalition.slug, proposed.id])
    services.endorse(proposed, actor=for_corporation)
    with pytest.raises(Refused):
        services.endorse(proposed, actor=for_shop)
    page = page_html(browser(for_shop), address)
    assert support not in page
    assert "Nu doet iemand anders het" in page
    assert f"Handelt hier ook namens {party_of(for_shop).name}" in page
    assert proposed.sentence not in tasks_of(for_shop)
    assert proposed.sentence in tasks_of(world.municipality)
    services.reword(proposed, actor=world.resident, sentence="Iedereen veilig.", reason="Breder.")
    services.endorse(proposed, actor=for_shop)
    assert proposed.endorsements.filter(person=for_shop.person).count() == 2


def test_the_support_of_an_unconfirmed_partner_is_shown_and_not_counted(
    proposed: SharedUrgency, world: make.World
) -> None:
    shop = newcomer(world)
    for actor in (shop, world.shopkeeper):
        services.endorse(proposed, actor=actor)
    assert [
        (kind, counting, len(parties))
        for kind, counting, parties in presenters.urgency_card(proposed).endorsed
    ] == [("entrepreneurs", 1, 2)]
    address = reverse("urgency:urgency", args=[world.coalition.slug, proposed.id])
    assert "Nog niet bevestigd, telt nog niet mee" in page_html(browser(shop), address)


def test_a_person_reviews_for_one_partner_only(hidden: HostHiding, world: make.World) -> None:
    for_shop, for_corporation = two_hats(world.shopkeeper, world.corporation)
    review(hidden, for_corporation)
    with pytest.raises(Refused):
        review(hidden, for_shop)
    assert "verborgen" not in tasks_of(for_shop)
    assert "verborgen" in tasks_of(world.shopkeeper) + tasks_of(world.resident)
    index = page_html(browser(for_shop), reverse("urgency:index", args=[world.coalition.slug]))
    assert reverse("urgency:review", args=[world.coalition.slug, hidden.id]) not in index
    assert "Nu doet iemand anders het" in index
    page = page_html(
        browser(world.resident),
        reverse("urgency:review", args=[world.coalition.slug, hidden.id]),
    )
    assert f"Handelt hier ook namens {party_of(for_shop).name}" in page
    assert review(hidden, world.resident) == "upheld"


def test_who_hid_it_reviews_it_for_nobody_also_when_it_was_hidden_long_ago(
    hidden: HostHiding, world: make.World
) -> None:
    host, party = make.account_of(world.operator), party_of(world.shopkeeper)
    make.grant(party, host, actor=world.shopkeeper, may=[MandateType.DECIDE])
    as_partner = acting_for(host.id, party, now=world.shopkeeper.now)
    assert not policies.may_review(as_partner, hidden)
    assert "verborgen" not in tasks_of(as_partner)
    HostHiding.objects.update(person=None)
    migration = importlib.import_module("wijkverbond.urgency.migrations.0004_who_said_it")
    migration.say_who_hid_it(apps, None)
    assert HostHiding.objects.get().person == host


def test_an_unconfirmed_partner_reviews_and_settles_nothing(
    hidden: HostHiding, world: make.World
) -> None:
    shop = newcomer(world)
    assert review(hidden, shop) == ""
    assert review(hidden, world.resident) == ""
    page = page_html(
        browser(shop), reverse("urgency:review", args=[world.coalition.slug, hidden.id])
    )
    assert "Nog niet bevestigd, telt nog niet mee" in page
    Party.objects.filter(id=party_of(shop).id).update(confirmed_at=shop.now)
    assert review(hidden, shop) == "upheld"
