"""The secretariat: two partners ask somebody together, and end it together."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import make
from tests.html import page_html
from tests.mails import send_queued
from tests.sweeps import browser
from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Mandate, Party, Secretariat
from wijkverbond.coalition.queries import acting_for, actors, party_of
from wijkverbond.coalition.tests.new_coalition import recorded_events, recorded_facts
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import Refused
from wijkverbond.overview.my_tasks import my_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def current(world: make.World) -> Secretariat:
    """Who organises for the world's coalition."""
    return Secretariat.objects.get(coalition=world.coalition)


def ask(world: make.World, person: User, *askers: Actor) -> Secretariat:
    """Ask a person for the secretariat, for each of these parties."""
    assert askers
    for asker in askers:
        asked = services.grant_secretariat(world.coalition, person, actor=asker)
    return asked


def test_two_parties_of_two_kinds_appoint_together(world: make.World) -> None:
    person, tenants = make.user(), make.actor(make.party(world.coalition, "tenants"))
    with pytest.raises(Refused, match="uitlenen"):
        ask(world, person, world.municipality)
    assert not ask(world, person, world.resident, tenants).since
    asked = ask(world, person, world.corporation)
    assert asked.since
    assert recorded_facts(world.coalition, "secretariat_granted")[-1]["agreed"] == [
        str(actor.party) for actor in (world.resident, world.corporation, tenants)
    ]
    possible = list(actors(person.id, world.coalition, now=clock.now()))
    assert [actor.kind for actor in possible] == [ActorKind.SECRETARIAT, ActorKind.PARTICIPANT]
    assert possible[0].mandates == frozenset()


def test_where_one_kind_takes_part_two_of_it_appoint() -> None:
    coalition = make.coalition("tenants")
    make.party(coalition, "residents_group")
    assert make.secretariat(coalition)
    assert Secretariat.objects.current().filter(coalition=coalition).exists()


def test_one_person_for_two_parties_appoints_nobody(world: make.World) -> None:
    person, asked = make.account_of(world.resident), make.user()
    make.grant(party_of(world.shopkeeper), person, actor=world.shopkeeper, may=["decide"])
    ask(world, asked, world.resident)
    as_shop = acting_for(person.id, party_of(world.shopkeeper), now=clock.now())
    with pytest.raises(Refused, match="andere partner"):
        ask(world, asked, as_shop)
    with pytest.raises(ValidationError, match="al mee ingestemd"):
        ask(world, asked, world.resident)


def test_parties_that_are_not_confirmed_appoint_nobody(world: make.World) -> None:
    Party.objects.filter(id=party_of(world.shopkeeper).id).update(confirmed_at=None)
    assert not ask(world, make.user(), world.resident, world.shopkeeper).since
    assert ask(world, make.user(), world.resident, world.corporation).since


def test_it_ends_as_it_began_and_the_person_stops_when_they_like(
    world: make.World, current: Secretariat
) -> None:
    for other in (world.municipality, world.participant, world.operator, world.stranger):
        with pytest.raises(Refused):
            services.revoke_secretariat(current, actor=other)
    services.revoke_secretariat(current, actor=world.corporation)
    current.refresh_from_db()
    assert current.until is None
    services.revoke_secretariat(current, actor=world.shopkeeper)
    current.refresh_from_db()
    assert current.until
    again = make.secretariat(world.coalition)
    services.step_down(Secretariat.objects.get(person=again.person), actor=again)
    assert not Secretariat.objects.current().filter(coalition=world.coalition).exists()
    assert recorded_events(world.coalition).count("secretariat_revoked") == 2


@pytest.mark.parametrize("who", ["municipality", "resident", "participant"])
def test_who_organises_stops_also_while_they_act_for_somebody(
    world: make.World, current: Secretariat, who: str
) -> None:
    """Also for government; and a partner's hat makes it no voice of that partner."""
    hat: Actor = getattr(world, who)
    Secretariat.objects.filter(id=current.id).update(person=hat.person)
    visitor = browser(hat)
    ending = reverse("coalition:end_secretariat", args=[world.coalition.slug, current.id])
    who_takes_part = page_html(visitor, reverse("coalition:who", args=[world.coalition.slug]))
    assert ending in who_takes_part
    assert visitor.post(ending, follow=True).status_code == 200
    current.refresh_from_db()
    assert current.until
    assert not current.voices.filter(about="end").exists()


def test_a_proposal_is_taken_back_by_who_made_it(world: make.World) -> None:
    proposal = ask(world, make.user(), world.resident)
    with pytest.raises(ValidationError):
        services.revoke_secretariat(proposal, actor=world.shopkeeper)
    services.revoke_secretariat(proposal, actor=world.resident)
    assert not Secretariat.objects.proposed().exists()


def test_who_asked_to_end_it_takes_that_back_and_the_others_are_asked_meanwhile(
    world: make.World, current: Secretariat
) -> None:
    services.revoke_secretariat(current, actor=world.resident)
    words = "werk van iemand in het secretariaat beëindigen"
    asked = [actor.kind for actor in world.parties if words in " ".join(titles(actor))]
    assert asked == [ActorKind.ENTREPRENEURS, ActorKind.CIVIL_SOCIETY]
    with pytest.raises(ValidationError, match="niet gevraagd dit werk"):
        services.keep_secretariat(current, actor=world.shopkeeper)
    services.keep_secretariat(current, actor=world.resident)
    assert words not in " ".join(titles(world.shopkeeper))
    services.revoke_secretariat(current, actor=world.shopkeeper)
    current.refresh_from_db()
    assert current.until is None


def test_the_person_and_everyone_with_a_mandate_hear_of_it(world: make.World) -> None:
    begins, ends = (f"coalition/mail/secretariat_{what}.txt" for what in ("begins", "ends"))
    already = len(send_queued(begins))
    person = make.user("aaa.nieuw@voorbeeld.example")
    ask(world, person, world.resident)
    assert len(send_queued(begins)) == already
    asked = ask(world, person, world.shopkeeper)
    mandates = Mandate.objects.current(clock.now()).filter(party__coalition=world.coalition)
    people = set(mandates.values_list("person__email", flat=True)) | {person.email}
    told, *others = send_queued(begins)[: len(people)]
    services.step_down(asked, actor=acting_as_secretariat(person, world))
    assert {message.to[0] for message in send_queued(ends)} == people
    assert told.to == [person.email]
    assert told.subject.startswith("Je bent gevraagd")
    assert {message.subject for message in others} == {others[0].subject} != {told.subject}
    assert f"/w/{world.coalition.slug}/wie-doet-mee/" in others[0].body
    assert person.email not in others[0].body
    assert "zegel van het register" in others[0].body


def acting_as_secretariat(person: User, world: make.World) -> Actor:
    """The person as secretariat."""
    return next(iter(actors(person.id, world.coalition, now=clock.now())))


def test_the_others_are_asked_to_agree(world: make.World) -> None:
    ask(world, make.user(), world.resident)
    words = "voorgesteld voor het secretariaat"
    asked = [actor.kind for actor in world.parties if words in " ".join(titles(actor))]
    assert asked == [ActorKind.ENTREPRENEURS, ActorKind.CIVIL_SOCIETY]


def titles(actor: Actor) -> list[str]:
    """What waits for the person behind this actor."""
    assert actor.person
    return [task.title for task in my_tasks(actor.person, actor.now).tasks]
