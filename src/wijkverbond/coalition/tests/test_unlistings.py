"""The host takes a coalition off the list; its partners of two kinds review it within 72 hours."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import make
from tests.html import shown
from tests.mails import send_queued
from tests.sweeps import browser
from wijkverbond.coalition import services, tasks
from wijkverbond.coalition.models import Coalition, Party, Unlisting
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.coalition.tests.service_cases import listed
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db
LAW = "Wetboek van Strafrecht, artikel 137c"


@pytest.fixture
def on_the_list(world: make.World) -> Coalition:
    return listed(world)


def take_off(world: make.World, ground: str = "law") -> Unlisting:
    return services.unlist(world.coalition, actor=world.operator, ground=ground, law=LAW)


def is_found(coalition: Coalition) -> list[bool]:
    """Whether visitors find it on the front page, by searching, and among the registers."""
    visitor, portal = Client(), reverse("overview:portal")
    return [
        f"/w/{coalition.slug}/" in visitor.get(place).content.decode()
        for place in (portal, f"{portal}?wijk={coalition.name}", reverse("register:index"))
    ]


def outcome_after_the_term(unlisting: Unlisting) -> str:
    Unlisting.objects.filter(id=unlisting.id).update(review_by=unlisting.unlisted_at)
    tasks.keep_unlisting_times(0)
    unlisting.refresh_from_db()
    return unlisting.outcome


def test_off_the_list_nobody_finds_it_and_everything_in_it_goes_on(
    on_the_list: Coalition, world: make.World
) -> None:
    assert is_found(on_the_list) == [True] * 3
    unlisting = take_off(world)
    assert is_found(on_the_list) == [False] * 3
    assert unlisting.review_by - unlisting.unlisted_at == dt.timedelta(hours=72)
    visitor, slug = Client(), on_the_list.slug
    for name in ("overview:home", "register:entries", "coalition:who"):
        assert visitor.get(reverse(name, args=[slug])).status_code == 200
    home = visitor.get(reverse("overview:home", args=[slug])).content.decode()
    why = reverse("coalition:off_the_list", args=[slug])
    assert why in home
    assert LAW in visitor.get(why).content.decode()
    make.decision(on_the_list, by=world.corporation)
    assert Entry.objects.get(event="coalition.taken_off_the_list").leaf is not None


def test_all_partners_and_the_secretariat_hear_of_it(
    on_the_list: Coalition, world: make.World
) -> None:
    take_off(world)
    mails = send_queued("coalition/mail/off_the_list.txt")
    assert all(LAW in mail.body for mail in mails)
    addressed = {address for mail in mails for address in mail.to}
    for actor in (*world.parties, world.coordinator):
        assert make.account_of(actor).email in addressed
        work = browser(actor).get(reverse("overview:my_work")).content.decode()
        assert reverse("coalition:off_the_list", args=[on_the_list.slug]) in work


def test_two_kinds_put_it_back_and_the_host_needs_another_ground(
    on_the_list: Coalition, world: make.World
) -> None:
    unlisting = take_off(world)
    review = reverse("coalition:review_unlisting", args=[on_the_list.slug, unlisting.id])
    for actor in (world.resident, world.shopkeeper):
        assert is_found(on_the_list)[0] is False
        typed = {"upholds": "no", "reason": "Wij doen niets verkeerd.", **shown(unlisting)}
        assert browser(actor).post(review, typed).status_code == 302
    assert is_found(on_the_list)[0] is True
    assert Entry.objects.get(event="coalition.unlisting_reviewed").facts["kinds"] == [
        "residents",
        "entrepreneurs",
    ]
    assert Entry.objects.get(event="coalition.listed_again").facts["why"] == "restored"
    with pytest.raises(ValidationError, match="half jaar"):
        take_off(world)
    take_off(world, ground="personal")
    page = Client().get(reverse("coalition:off_the_list", args=[on_the_list.slug]))
    assert "2 keer van de lijst" in page.content.decode()


def test_the_host_begins_no_second_review_by_putting_it_back_for_a_moment(
    on_the_list: Coalition, world: make.World
) -> None:
    services.list_again(take_off(world), actor=world.operator)
    assert is_found(on_the_list)[0] is True
    with pytest.raises(ValidationError, match="half jaar"):
        take_off(world)


def test_two_kinds_uphold_it_and_the_host_can_still_put_it_back(
    on_the_list: Coalition, world: make.World
) -> None:
    unlisting = take_off(world)
    for actor in (world.resident, world.shopkeeper):
        services.review_unlisting(unlisting, actor=actor, upholds=True, reason="Terecht.")
    assert outcome_after_the_term(unlisting) == "upheld"
    assert is_found(on_the_list)[0] is False
    host = browser(world.operator)
    assert str(on_the_list) in host.get(reverse("operations:look_after")).content.decode()
    again = reverse("operations:list_again", args=[unlisting.id])
    for _twice in range(2):
        assert host.post(again).status_code == 302
    assert is_found(on_the_list)[0] is True
    assert Entry.objects.filter(event="coalition.listed_again").count() == 1


@pytest.mark.parametrize(
    ("ground", "reviewers", "outcome"),
    [
        ("doubt", False, "returned"),
        ("law", False, ""),
        ("personal", False, ""),
        ("doubt", True, ""),
    ],
)
def test_what_nobody_can_review_comes_back_unless_a_ground_was_named(
    on_the_list: Coalition, world: make.World, ground: str, reviewers: bool, outcome: str
) -> None:
    if not reviewers:
        newcomers = [party_of(actor).id for actor in (world.shopkeeper, world.corporation)]
        Party.objects.filter(id__in=newcomers).update(confirmed_at=None)
    assert outcome_after_the_term(take_off(world, ground)) == outcome
    assert is_found(on_the_list)[0] is (outcome == "returned")


def test_who_hosts_the_site_neither_takes_off_their_own_nor_reviews(
    on_the_list: Coalition, world: make.World
) -> None:
    unlisting, other = take_off(world), make.operator()
    shop = party_of(world.shopkeeper)
    make.grant(shop, make.account_of(other), actor=world.shopkeeper, may=[])
    assert other.person
    hosting = acting_for(other.person, shop, now=other.now)
    with pytest.raises(Refused, match="beheert"):
        services.review_unlisting(unlisting, actor=hosting, upholds=True, reason="Terecht.")
    with pytest.raises(Refused, match="andere beheerder"):
        services.list_again(unlisting, actor=other)


def test_the_host_takes_it_off_from_the_page_of_the_host(
    on_the_list: Coalition, world: make.World
) -> None:
    host, page = browser(world.operator), reverse("operations:unlist")
    typed = {"coalition": str(on_the_list.id), "ground": "doubt", "law": LAW}
    assert page in host.get(reverse("operations:look_after")).content.decode()
    assert host.post(page, {**typed, "law": ""}).status_code == 422
    assert host.post(page, typed).status_code == 302
    assert host.post(page, typed).status_code == 422
