"""Look-alike answers: partners see how many, and two of two kinds set them apart, reversibly."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import make
from tests.html import page_html, shown
from tests.sweeps import browser
from tests.two_hats import two_hats
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.overview.my_tasks import my_tasks
from wijkverbond.urgency import queries, services
from wijkverbond.urgency.erasure_codes import code_of
from wijkverbond.urgency.models import Conversation, Participant, ReadingWithout, SetApart
from wijkverbond.urgency.tests import make as make_urgency

pytestmark = pytest.mark.django_db


def close(conversation: Conversation) -> Conversation:
    return make_urgency.closed(conversation)


@pytest.fixture
def stuffed(world: make.World) -> Conversation:
    """A closed question: 25 residents who differ, and 21 "residents" and 3 shops who are one."""
    conversation = make_urgency.conversation(world)
    make_urgency.different(conversation, "residents", 25)
    make_urgency.different(conversation, "entrepreneurs", 22)
    make_urgency.alike(conversation, "residents", 21)
    make_urgency.alike(conversation, "entrepreneurs", 3)
    return close(conversation)


def address(name: str, slug: str, *more: object) -> str:
    return reverse(f"urgency:{name}", args=[slug, *more])


def tasks_of(actor: Actor) -> str:
    assert actor.person
    return " ".join(task.title for task in my_tasks(actor.person, actor.now).tasks)


def figures_without(conversation: Conversation) -> dict[str, dict[str, object]]:
    """What is shown of the first sentence without, by kind."""
    reading = queries.reading_without(conversation)
    assert reading
    first = conversation.statements.get(number=1)
    kinds: dict[str, dict[str, object]] = reading.result["statements"][str(first.id)]["kinds"]
    return kinds


def test_partners_see_how_many_answers_look_alike_and_nothing_else_of_them(
    stuffed: Conversation, world: make.World
) -> None:
    page = page_html(
        browser(world.shopkeeper), address("look_alikes", world.coalition.slug, stuffed.id)
    )
    assert "1 keer gaven minstens twintig mensen precies dezelfde antwoorden" in page
    assert "Minstens 20 mensen: hetzelfde antwoord op elke zin" in page
    assert "24 mensen" not in page
    government = browser(world.municipality)
    hidden_from = address("look_alikes", world.coalition.slug, stuffed.id)
    assert government.get(hidden_from).status_code == 403


def test_people_who_begin_at_once_are_counted_and_paper_is_not(world: make.World) -> None:
    conversation = make_urgency.conversation(world)
    make_urgency.different(conversation, "residents", 20)
    reading = services.publish_reading(conversation, actor=actors.system())
    assert reading.clusters == []
    conversation.participants.update(entry=Participant.Entry.PHONE)
    reading = services.publish_reading(conversation, actor=actors.system())
    assert [(cluster["sort"], len(cluster["people"])) for cluster in reading.clusters] == [
        ("at_once", 20)
    ]


def test_two_partners_of_two_kinds_set_answers_apart_on_the_pages_and_one_takes_it_back(
    stuffed: Conversation, world: make.World
) -> None:
    slug, resident, shop = (
        world.coalition.slug,
        browser(world.resident),
        browser(world.shopkeeper),
    )
    result, file = address("conversation", slug, stuffed.id), address("without", slug, stuffed.id)
    sent = resident.post(
        address("look_alikes", slug, stuffed.id),
        {"cluster": make_urgency.cluster(stuffed), "reason": "Precies gelijk."},
    )
    apart = SetApart.objects.get()
    assert sent["Location"] == address("apart", slug, apart.id)
    assert "Zonder wat apart staat" not in page_html(Client(), result)
    assert Client().get(file).status_code == 404
    assert "Zet jij antwoorden" in tasks_of(world.shopkeeper)
    assert "Zet jij antwoorden" not in tasks_of(world.resident) + tasks_of(world.municipality)
    agreed = {"reason": "Dat zien wij ook.", **shown(apart)}
    assert shop.post(sent["Location"], agreed).status_code == 302
    assert shop.post(sent["Location"], agreed).status_code == 302  # from another tab
    assert apart.voices.count() == 2
    assert "Zet jij antwoorden" not in tasks_of(world.corporation)
    assert "Zonder wat apart staat" in page_html(Client(), result)
    published = json.loads(Client().get(file).content)
    first = published["statements"][0]
    assert first["with"]["kinds"]["residents"]["disagree"] == 21
    assert first["without"]["kinds"]["residents"]["disagree"] == 0
    timeline = page_html(Client(), reverse("overview:timeline", args=[slug]))
    assert "Precies gelijk." in timeline
    assert "Dat zien wij ook." in timeline
    back = {"reason": "Het was de zaal.", "take_back": "yes"}
    assert browser(world.corporation).post(sent["Location"], back).status_code == 403
    assert shop.post(sent["Location"], back).status_code == 302
    assert "Zonder wat apart staat" not in page_html(Client(), result)
    assert Client().get(file).status_code == 404


def test_a_kind_with_a_few_of_them_is_shown_with_them_only(
    stuffed: Conversation, world: make.World
) -> None:
    make_urgency.set_apart(stuffed, by=world.resident, agreed_by=world.shopkeeper)
    figures = figures_without(stuffed)
    assert "entrepreneurs" not in figures
    assert figures["residents"]["agree"] == 25
    page = page_html(Client(), address("conversation", world.coalition.slug, stuffed.id))
    assert "alleen met te zien. Zo kan niemand uitrekenen" in page


def test_who_erased_their_answers_is_not_worked_out_from_the_reading_without(
    stuffed: Conversation, world: make.World
) -> None:
    stuffed.answers.filter(
        participant=stuffed.participants.filter(kind="residents").first()
    ).delete()
    make_urgency.set_apart(stuffed, by=world.resident, agreed_by=world.shopkeeper)
    assert "residents" not in figures_without(stuffed)


def test_setting_the_same_apart_again_shows_nobody_who_came_or_went_meanwhile(
    world: make.World,
) -> None:
    conversation = make_urgency.conversation(world)
    make_urgency.different(conversation, "residents", 5)
    make_urgency.alike(conversation, "residents", 20)
    services.publish_reading(conversation, actor=actors.system())
    apart = make_urgency.set_apart(conversation, by=world.resident, agreed_by=world.shopkeeper)
    before = figures_without(conversation)
    for more, moves in ((1, False), (4, True)):
        services.take_back_apart(apart, actor=world.resident, reason=f"Toch niet {more}.")
        make.answers(conversation, "residents", more, {1: -1})
        services.publish_reading(conversation, actor=actors.system())
        apart = make_urgency.set_apart(conversation, by=world.resident, agreed_by=world.shopkeeper)
        assert (figures_without(conversation) != before) is moves
    assert ReadingWithout.objects.count() == 3


def test_while_a_question_is_open_only_margins_stand_without(world: make.World) -> None:
    conversation = make_urgency.conversation(world)
    make_urgency.different(conversation, "residents", 25)
    make_urgency.alike(conversation, "residents", 20)
    services.publish_reading(conversation, actor=actors.system())
    make_urgency.set_apart(conversation, by=world.corporation, agreed_by=world.resident)
    assert set(figures_without(conversation)["residents"]) == {"lower", "upper"}
    close(conversation)
    assert figures_without(conversation)["residents"]["agree"] == 25
    entries = Entry.objects.filter(event="urgency.counted_without")
    assert entries.count() == 2


def test_it_takes_another_kind_another_person_and_partners_that_others_confirmed(
    stuffed: Conversation, world: make.World
) -> None:
    for_shop, for_corporation = two_hats(world.shopkeeper, world.corporation)
    neighbours = make.actor(make.party(world.coalition, "tenants"))
    newcomer = make.actor(make.party(world.coalition, "school", confirmed=False))
    with pytest.raises(Refused):
        make_urgency.set_apart(stuffed, by=newcomer)
    for refused in (world.municipality, world.coordinator, world.operator):
        with pytest.raises(Refused):
            make_urgency.set_apart(stuffed, by=refused)
    apart = make_urgency.set_apart(stuffed, by=for_corporation)
    for second in (for_corporation, for_shop, newcomer, world.municipality):
        with pytest.raises(Refused):
            services.agree_apart(apart, actor=second, reason="Ja.")
    services.agree_apart(apart, actor=neighbours, reason="Ja.")
    assert SetApart.objects.standing().exists()


def test_what_changed_since_it_was_shown_is_not_set_apart(
    world: make.World,
) -> None:
    conversation = make_urgency.conversation(world)
    make_urgency.alike(conversation, "residents", 20)
    services.publish_reading(conversation, actor=actors.system())
    shown = make_urgency.cluster(conversation)
    make_urgency.alike(conversation, "residents", 5)
    services.publish_reading(conversation, actor=actors.system())
    with pytest.raises(ValidationError, match="opnieuw geteld"):
        services.propose_apart(conversation, actor=world.resident, cluster=shown, reason="Ja.")
    make_urgency.set_apart(conversation, by=world.resident)
    with pytest.raises(ValidationError, match="al voorgesteld"):
        make_urgency.set_apart(conversation, by=world.shopkeeper)


def test_who_is_set_apart_can_still_erase_their_answers(client: Client, world: make.World) -> None:
    conversation = make_urgency.conversation(world)
    make_urgency.alike(conversation, "residents", 19)
    client.post(address("respond", world.coalition.slug), {"kind": "residents"})
    someone = Participant.objects.latest("id")
    now = world.participant.now + dt.timedelta(seconds=1)
    actor = make.someone(coalition=world.coalition, now=now)
    for statement in conversation.statements.all():
        services.answer(someone, statement.id, actor=actor, value=-1)
    services.publish_reading(conversation, actor=actors.system())
    apart = make_urgency.set_apart(conversation, by=world.resident, agreed_by=world.shopkeeper)
    services.erase_answers(code_of(someone.token), actor=make.someone())
    assert apart.members.count() == 19
