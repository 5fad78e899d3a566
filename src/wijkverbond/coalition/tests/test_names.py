"""Two organisations with one name, and a name that another bears with more right."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests import make
from tests.html import shown
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Access, NameReport, Organisation, Party
from wijkverbond.coalition.models.choices import WhoseName
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.tests.new_coalition import (
    recorded_events,
    recorded_facts,
    unsaved_coalition,
)
from wijkverbond.coalition.tests.pages import SignIn, page_url, readable
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused
from wijkverbond.overview.my_tasks import my_tasks

pytestmark = pytest.mark.django_db


def start(access: str = Access.PUBLIC, **more: str) -> Party:
    """A party of an organisation with the same name each time."""
    coalition = unsaved_coalition()
    coalition.access = access
    return services.start(
        coalition,
        make.organisation(name="Ons Huis", **more),
        make.taking_part(),
        actor=make.someone(make.user()),
    )


def test_two_bear_one_name_when_place_or_number_differs() -> None:
    start(place="Assen")
    start(place="Rolde")
    start(place="Assen", registration_number="12345678")
    with pytest.raises(ValidationError, match="je plaats of registratienummer"):
        start(place="assen")
    assert Organisation.objects.count() == 3


def test_a_name_does_not_tell_who_prepares_in_private() -> None:
    hidden = start(access=Access.PREPARING)
    started = start()
    assert started.name == hidden.name
    with pytest.raises(ValidationError, match="Er is een andere organisatie"):
        services.change_access(hidden.coalition, actor=deciding(hidden), access=Access.PUBLIC)
    elsewhere = start(access=Access.PREPARING)
    for party, place in ((hidden, "Rolde"), (elsewhere, "Assen")):
        actor = make.actor(party) if party == hidden else deciding(party)
        services.describe_organisation(party, Organisation(place=place, paid=False), actor=actor)
        services.change_access(party.coalition, actor=actor, access=Access.PUBLIC)
    with pytest.raises(ValidationError, match="je plaats of registratienummer"):
        start(place="Rolde")


def deciding(party: Party) -> Actor:
    """The first person of a party, who decides for it too."""
    actor = make.actor(party)
    make.grant(party, make.account_of(actor), actor=actor, may=["decide"])
    return make.actor(party)


def test_nobody_describes_themselves_as_another() -> None:
    start(place="Assen")
    other = start(place="Rolde")
    actor = make.actor(other)
    make.grant(other, make.account_of(actor), actor=actor, may=["decide"])
    with pytest.raises(ValidationError):
        services.describe_organisation(
            other, Organisation(place="Assen", paid=False), actor=make.actor(other)
        )


def reported(world: make.World, by: Actor) -> NameReport:
    """The name of the residents' group, claimed by another party."""
    return services.report_name(party_of(world.resident), actor=by, why="Wij heten zo sinds 1990.")


def test_two_of_other_kinds_give_a_name_to_whoever_claims_it(world: make.World) -> None:
    name, squatter = party_of(world.resident).name, party_of(world.resident)
    report = reported(world, world.municipality)
    services.judge_name(report, actor=world.shopkeeper, whose=WhoseName.OF_THE_REPORTER)
    assert party_of(world.resident).name == name
    for _time in range(2):
        services.judge_name(report, actor=world.corporation, whose=WhoseName.OF_THE_REPORTER)
    assert party_of(world.municipality).name == name
    assert party_of(world.resident).name.startswith(f"{name} (andere organisatie")
    [settled] = recorded_facts(world.coalition, "name_settled")
    assert settled["party"] == str(squatter.id)
    assert settled["reported_by"] == str(world.municipality.party)
    assert settled["whose"] == "of_the_reporter"
    assert set(settled["confirmed_by"]) == {
        str(world.shopkeeper.party),
        str(world.corporation.party),
    }
    assert recorded_events(world.coalition)[-4:] == [
        "name_judged", "name_settled", "party_described", "party_described",
    ]  # fmt: skip


def test_a_name_stays_when_two_say_so(world: make.World) -> None:
    name = party_of(world.resident).name
    report = reported(world, world.municipality)
    for actor in (world.shopkeeper, world.corporation):
        services.judge_name(report, actor=actor, whose=WhoseName.OF_THE_BEARER)
    assert party_of(world.resident).name == name
    report.refresh_from_db()
    assert report.outcome == WhoseName.OF_THE_BEARER
    with pytest.raises(Refused):
        services.report_name(party_of(world.resident), actor=world.resident, why="Van ons.")


def test_nobody_settles_a_name_of_their_own_kind_or_claims_it_twice(world: make.World) -> None:
    report = reported(world, world.shopkeeper)
    tenants = make.actor(make.party(world.coalition, "tenants"))
    newcomer = make.actor(make.party(world.coalition, "school", confirmed=False))
    both = make.account_of(world.corporation)
    make.grant(party_of(world.shopkeeper), both, actor=world.shopkeeper, may=[])
    later = make.later(world.corporation, 1)
    for actor in (tenants, newcomer, later, world.resident, world.shopkeeper, world.municipality):
        with pytest.raises(Refused):
            services.judge_name(report, actor=actor, whose=WhoseName.OF_THE_REPORTER)
    with pytest.raises(ValidationError, match="al"):
        reported(world, world.corporation)
    with pytest.raises(ValidationError):
        services.report_name(party_of(world.resident), actor=world.corporation, why=" ")


def test_who_can_settle_a_name_is_asked_to_and_nobody_else(world: make.World) -> None:
    report = reported(world, world.municipality)
    make.party(world.coalition, "school", confirmed=False)

    def asked() -> list[str | None]:
        """Of which kind those are whose work it is."""
        return [
            str(actor.kind)
            for actor in (*world.parties, world.coordinator)
            if actor.person
            and any(
                task.title.startswith("Van wie is deze naam?")
                for task in my_tasks(actor.person, actor.now).tasks
            )
        ]

    assert asked() == ["entrepreneurs", "civil_society"]
    services.judge_name(report, actor=world.shopkeeper, whose=WhoseName.OF_THE_BEARER)
    assert asked() == ["civil_society"]
    services.judge_name(report, actor=world.corporation, whose=WhoseName.OF_THE_BEARER)
    assert asked() == []


def test_a_name_is_claimed_and_settled_in_the_browser(world: make.World, sign_in: SignIn) -> None:
    party = party_of(world.resident)
    page = page_url(world.coalition, "name", party_id=party.id)
    browser = sign_in(world.municipality)
    assert page in readable(
        browser.get(page_url(world.coalition, "party", party_id=party.id)).content
    )
    assert browser.post(page, {"reason": ""}).status_code == 422
    assert browser.post(page, {"reason": "Wij heten zo."}).status_code == 302
    assert "Wij heten zo." in readable(Client().get(page).content)
    report = NameReport.objects.get()
    judge = page_url(world.coalition, "judge_name", report_id=report.id)
    assert (
        sign_in(world.shopkeeper).post(judge, {"whose": "nonsense", **shown(report)}).status_code
        == 302
    )
    assert not report.judgements.exists()
    for actor in (world.shopkeeper, world.corporation):
        sign_in(actor).post(judge, {"whose": "of_the_reporter", **shown(report)})
    assert "Beslist op" in readable(Client().get(page).content)
