"""The host hides what is against the law; partners of two kinds review it."""

import dataclasses
import datetime as dt
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import make
from tests.html import shown
from tests.sweeps import browser
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel import journal_queries
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.models import Entry, EntryText
from wijkverbond.kernel.policy import Refused
from wijkverbond.urgency import presenters, queries, services, tasks
from wijkverbond.urgency.models import Conversation, HostHiding, Statement

pytestmark = pytest.mark.django_db

LAW = "Wetboek van Strafrecht, artikel 137c"
UNLAWFUL = "Iets wat niet mag van de wet."


@pytest.fixture
def unlawful(open_conversation: Conversation, world: make.World) -> Statement:
    """A participant's sentence that was published, answered and counted."""
    participant = services.join(
        open_conversation,
        actor=make.someone(coalition=open_conversation.coalition),
        kind="residents",
        involvement="lives",
    )
    statement = services.add_statement(
        participant, UNLAWFUL, actor=make.someone(coalition=open_conversation.coalition)
    )
    services.moderate(statement, actor=world.resident, publish=True)
    make.answers(open_conversation, "residents", 7, {statement.number: 1})
    services.publish_reading(open_conversation, actor=actors.system())
    return statement


@pytest.fixture
def hidden(unlawful: Statement, world: make.World) -> HostHiding:
    return services.hide_as_host(unlawful, actor=world.operator, law=LAW)


def review_as(hiding: HostHiding, *by: actors.Actor, upholds: bool) -> str:
    for actor in by:
        hiding = services.review_hiding(hiding, actor=actor, upholds=upholds, reason="Zie de wet.")
    return hiding.outcome


def journal_texts(world: make.World) -> str:
    entries = journal_queries.public_entries(world.coalition.id)
    return " ".join(text.text for entry in entries for text in entry.texts.all())


def html_of_pages_of(world: make.World, conversation: Conversation) -> str:
    slug = world.coalition.slug
    addresses = [
        reverse("urgency:conversation", args=[slug, conversation.id]),
        reverse("urgency:index", args=[slug]),
        reverse("register:entries", args=[slug]),
        reverse("overview:home", args=[slug]),
        reverse("overview:timeline", args=[slug]),
    ]
    return " ".join(Client().get(address).content.decode() for address in addresses)


def test_a_hidden_statement_leaves_every_page_at_once(
    open_conversation: Conversation, unlawful: Statement, world: make.World
) -> None:
    assert UNLAWFUL in html_of_pages_of(world, open_conversation)
    services.hide_as_host(unlawful, actor=world.operator, law=LAW)
    html_of_pages = html_of_pages_of(world, open_conversation)
    assert UNLAWFUL not in html_of_pages
    assert UNLAWFUL not in journal_texts(world)
    assert LAW in html_of_pages
    assert "Partners van twee soorten beoordelen dit voor" in html_of_pages


def test_a_hidden_statement_is_hidden_from_its_respondents_too(
    open_conversation: Conversation, unlawful: Statement, world: make.World
) -> None:
    slug, someone = world.coalition.slug, Client()
    someone.post(reverse("urgency:respond", args=[slug]), {"kind": "residents"})
    form_data = {"statement": str(unlawful.id), "answer": "agree"}
    someone.post(reverse("urgency:sentence", args=[slug]), form_data)
    done_url = reverse("urgency:done", args=[slug]) + "?antwoorden=ja"
    assert UNLAWFUL in someone.get(done_url).content.decode()
    services.hide_as_host(unlawful, actor=world.operator, law=LAW)
    assert UNLAWFUL not in someone.get(done_url).content.decode()


def test_the_timeline_has_no_link_to_a_hidden_first_statement(
    open_conversation: Conversation, world: make.World
) -> None:
    first = open_conversation.statements.get(number=1)
    services.hide_as_host(first, actor=world.operator, law=LAW)
    slug, visitor = world.coalition.slug, Client()
    timeline = visitor.get(reverse("overview:timeline", args=[slug])).content.decode()
    for address in re.findall(rf'href="(/w/{slug}/[^"#]*)"', timeline):
        assert visitor.get(address).status_code == 200, address


def test_a_hiding_is_recorded_with_its_ground_and_seventy_two_hours(
    hidden: HostHiding, world: make.World
) -> None:
    entry = Entry.objects.get(event="urgency.statement_hidden_by_host")
    assert hidden.review_by - hidden.hidden_at == dt.timedelta(hours=72)
    assert entry.stream_id == world.coalition.id
    assert entry.leaf is not None
    assert UNLAWFUL not in json.dumps(entry.facts)


@pytest.mark.parametrize("role", ["resident", "municipality", "coordinator", "participant"])
def test_nobody_but_the_host_hides_as_host(
    unlawful: Statement, world: make.World, role: str
) -> None:
    with pytest.raises(Refused):
        services.hide_as_host(unlawful, actor=getattr(world, role), law=LAW)


def test_a_host_who_acts_for_a_partner_hides_nothing_in_its_coalition(
    unlawful: Statement, world: make.World
) -> None:
    host, shop = make.account_of(world.operator), party_of(world.shopkeeper)
    make.grant(shop, host, actor=world.shopkeeper, may=[])
    with pytest.raises(Refused, match="andere beheerder"):
        services.hide_as_host(unlawful, actor=world.operator, law=LAW)
    services.hide_as_host(unlawful, actor=make.operator(), law=LAW)


def test_nobody_keeps_a_host_from_hiding_by_a_mandate(
    unlawful: Statement, world: make.World
) -> None:
    host = make.account_of(world.operator)
    coalitions.grant(party_of(world.shopkeeper), host, actor=world.shopkeeper, may=[])
    services.hide_as_host(unlawful, actor=world.operator, law=LAW)


def test_hiding_needs_a_law(unlawful: Statement, world: make.World) -> None:
    with pytest.raises(ValidationError) as refused:
        services.hide_as_host(unlawful, actor=world.operator, law=" ")
    assert "law" in refused.value.message_dict
    unlawful.refresh_from_db()
    assert unlawful.state == "published"


def test_two_kinds_that_disagree_with_the_host_bring_it_back(
    open_conversation: Conversation, hidden: HostHiding, world: make.World
) -> None:
    assert review_as(hidden, world.resident, upholds=False) == ""
    assert review_as(hidden, world.shopkeeper, upholds=False) == "restored"
    assert UNLAWFUL in html_of_pages_of(world, open_conversation)
    assert UNLAWFUL in journal_texts(world)
    entry = Entry.objects.get(event="urgency.hiding_reviewed")
    assert entry.facts["kinds"] == ["residents", "entrepreneurs"]
    given_back = EntryText.objects.get(text=UNLAWFUL)
    digest = Text(given_back.text, bytes(given_back.salt)).digest
    assert digest == given_back.entry.facts["body"]
    with pytest.raises(ValidationError):
        services.hide_as_host(hidden.statement, actor=world.operator, law=LAW)


def test_two_kinds_that_agree_with_the_host_keep_it_hidden(
    open_conversation: Conversation, hidden: HostHiding, world: make.World
) -> None:
    assert review_as(hidden, world.shopkeeper, world.corporation, upholds=True) == "upheld"
    assert "Partners van twee soorten beoordeelden het" in html_of_pages_of(
        world, open_conversation
    )
    with pytest.raises(Refused):
        review_as(hidden, world.resident, upholds=False)


def test_two_partners_of_one_kind_settle_nothing(hidden: HostHiding, world: make.World) -> None:
    tenants = make.actor(make.party(world.coalition, "tenants"))
    assert review_as(hidden, world.resident, tenants, upholds=False) == ""
    assert review_as(hidden, world.shopkeeper, upholds=True) == ""


def test_government_does_not_review_and_nobody_reviews_their_own_hiding(
    hidden: HostHiding, world: make.World
) -> None:
    with pytest.raises(Refused):
        review_as(hidden, world.municipality, upholds=True)
    same_person = dataclasses.replace(world.resident, person=world.operator.person)
    with pytest.raises(Refused):
        review_as(hidden, same_person, upholds=True)


def test_partners_find_the_review_on_the_page_of_urgencies(
    hidden: HostHiding, world: make.World
) -> None:
    index = reverse("urgency:index", args=[world.coalition.slug])
    review = reverse("urgency:review", args=[world.coalition.slug, hidden.id])
    assert review in browser(world.shopkeeper).get(index).content.decode()
    page = Client().get(index).content.decode()
    assert "heeft een zin verborgen" in page
    assert review not in page
    review_as(hidden, world.resident, world.shopkeeper, upholds=True)
    assert "heeft een zin verborgen" not in Client().get(index).content.decode()


def test_an_overdue_review_is_shown_as_overdue(
    open_conversation: Conversation, hidden: HostHiding, world: make.World
) -> None:
    HostHiding.objects.filter(id=hidden.id).update(
        review_by=hidden.review_by - dt.timedelta(hours=73)
    )
    assert "De beoordeling moest klaar zijn voor" in html_of_pages_of(world, open_conversation)


def test_a_shared_urgency_does_not_repeat_a_hidden_statement(
    open_conversation: Conversation, unlawful: Statement, world: make.World
) -> None:
    urgency = services.propose_urgency(
        world.coalition, actor=world.resident, sentence="Rust op straat.",
        statements=[unlawful], reading=open_conversation.readings.first(),
    )  # fmt: skip
    services.hide_as_host(unlawful, actor=world.operator, law=LAW)
    urgency.refresh_from_db()
    assert [
        statement.text == UNLAWFUL for statement in presenters.urgency_card(urgency).statements
    ] == [False]
    reading = queries.reading_of(open_conversation)
    assert reading
    assert UNLAWFUL not in str(presenters.reading_page(reading))


def test_the_host_hides_and_partners_review_on_the_pages(
    open_conversation: Conversation, unlawful: Statement, world: make.World
) -> None:
    host, slug = browser(world.operator), world.coalition.slug
    conversation_url = reverse("urgency:conversation", args=[slug, open_conversation.id])
    hide = reverse("urgency:hide", args=[slug, unlawful.id])
    assert hide in host.get(conversation_url).content.decode()
    assert hide not in browser(world.resident).get(conversation_url).content.decode()
    assert host.post(hide, {"ground": "law", "law": "x" * 301}).status_code == 422
    assert host.post(hide, {"ground": "law", "law": LAW, **shown(unlawful)}).status_code == 302
    review = reverse("urgency:review", args=[slug, HostHiding.objects.get().id])
    partner, hiding = browser(world.resident), HostHiding.objects.get()
    assert review in partner.get(conversation_url).content.decode()
    assert UNLAWFUL in partner.get(review).content.decode()
    assert partner.post(review, {"upholds": "no", "reason": "", **shown(hiding)}).status_code == 422
    for actor in (world.resident, world.shopkeeper):
        typed = {"upholds": "no", "reason": "Het is een mening.", **shown(hiding)}
        browser(actor).post(review, typed)
    unlawful.refresh_from_db()
    assert unlawful.state == "published"


def in_doubt(statement: Statement, world: make.World) -> HostHiding:
    return services.hide_as_host(
        statement, actor=world.operator, ground="doubt", law="Misschien een belediging."
    )


def not_confirmed(*by: actors.Actor) -> None:
    """These partners are newcomers, whom nobody confirmed yet."""
    Party.objects.filter(id__in=[actor.party for actor in by]).update(confirmed_at=None)


def after_the_term(hiding: HostHiding) -> str:
    """What it came to when the term was over and the clock had come by."""
    HostHiding.objects.filter(id=hiding.id).update(review_by=hiding.hidden_at)
    tasks.keep_review_times(0)
    hiding.refresh_from_db()
    return hiding.outcome


def test_what_was_hidden_in_doubt_comes_back_when_nobody_can_review_it(
    open_conversation: Conversation, unlawful: Statement, world: make.World
) -> None:
    not_confirmed(world.shopkeeper, world.corporation)
    hiding = in_doubt(unlawful, world)
    tasks.keep_review_times(0)
    assert UNLAWFUL not in html_of_pages_of(world, open_conversation)
    assert after_the_term(hiding) == "returned"
    assert UNLAWFUL in html_of_pages_of(world, open_conversation)
    assert UNLAWFUL in journal_texts(world)
    assert Entry.objects.filter(event="urgency.statement_returned").count() == 1
    with pytest.raises(ValidationError, match="twijfel"):
        in_doubt(unlawful, world)
    services.hide_as_host(unlawful, actor=world.operator, law=LAW)
    assert UNLAWFUL not in html_of_pages_of(world, open_conversation)


@pytest.mark.parametrize("ground", ["law", "personal"])
def test_on_a_ground_it_stays_hidden_though_nobody_can_review_it(
    unlawful: Statement, world: make.World, ground: str
) -> None:
    not_confirmed(world.shopkeeper, world.corporation)
    hiding = services.hide_as_host(unlawful, actor=world.operator, ground=ground, law=LAW)
    assert after_the_term(hiding) == ""


def test_what_was_hidden_in_doubt_waits_for_two_kinds_that_can_review_it(
    unlawful: Statement, world: make.World
) -> None:
    assert after_the_term(in_doubt(unlawful, world)) == ""


def test_one_person_who_acts_for_both_kinds_is_nobody_who_can_review_it(
    unlawful: Statement, world: make.World
) -> None:
    not_confirmed(world.corporation)
    hiding = in_doubt(unlawful, world)
    for actor in (world.resident, world.shopkeeper):
        mandates = party_of(actor).mandates
        mandates.exclude(sort="take_part", person=actor.person).delete()
        mandates.update(person=world.resident.person)
    assert after_the_term(hiding) == "returned"


@pytest.mark.parametrize(("upholds", "outcome"), [(True, "upheld"), (False, "restored")])
def test_the_review_of_a_partner_that_is_confirmed_later_settles_it(
    hidden: HostHiding, world: make.World, upholds: bool, outcome: str
) -> None:
    not_confirmed(world.shopkeeper)
    assert review_as(hidden, world.resident, world.shopkeeper, upholds=upholds) == ""
    tasks.keep_review_times(0)
    hidden.refresh_from_db()
    assert hidden.outcome == ""
    Party.objects.filter(confirmed_at=None).update(confirmed_at=world.shopkeeper.now)
    tasks.keep_review_times(0)
    hidden.refresh_from_db()
    assert hidden.outcome == outcome
