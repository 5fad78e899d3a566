"""Somebody who takes part in everything, and where in the database something of them stands."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import database, make
from tests.ready_world import ReadyWorld
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import Session, User
from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.actions.services import check_ins, initiatives, obstacles, requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.breakthroughs.queries import resident_purpose
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Coalition, Handover, Invitation, Party
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.commitments.services import signing
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import LaterAnswer
from wijkverbond.decisions.services import afterwards
from wijkverbond.decisions.tests import make as make_decisions
from wijkverbond.insights import services as insights
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.tests import make as make_urgency
from wijkverbond.vision import services as visions

NAME, ADDRESS = "Guusje Testpersoon", "guusje.testpersoon@voorbeeld.example"


def name_person(world: make.World) -> User:
    """The person of the residents' group, who may act for the two other partners of society too."""
    assert world.resident.person
    User.objects.filter(id=world.resident.person).update(email=ADDRESS, name=NAME)
    person = User.objects.get(id=world.resident.person)
    for other in world.parties[1:3]:
        make.grant(party_of(other), person, actor=other, may=[MandateType.DECIDE])
    return person


def acting_for_each_partner(world: make.World, person: User) -> list[Actor]:
    """The same person, acting for each of these three partners."""
    return [acting_for(person.id, party_of(other), now=other.now) for other in world.parties[:3]]


def take_part(world: make.World, person: User, resident: Actor) -> None:
    """Invites, gives and confirms mandates, proposes a chair, and is asked for the secretariat."""
    coalitions.invite(world.coalition, actor=resident, wording=Invitation(addressee="De school"))
    make_insights.signal(world.coalition, by=make.someone(person, coalition=world.coalition))
    make_commitments.colleague(resident, confirmed=False)
    other = world.corporation
    waiting = make.grant(
        party_of(other), make.user(), actor=other, may=[MandateType.SIGN], ground="statutes"
    )
    coalitions.confirm_mandate(
        waiting[-1], actor=acting_for(person.id, party_of(other), now=other.now)
    )
    newcomer = make.party(world.coalition, "school", confirmed=False)
    coalitions.confirm_party(newcomer, actor=resident)
    for asker in (resident, world.shopkeeper):
        coalitions.grant_secretariat(world.coalition, person, actor=asker)
    sleeping = make.asleep(make.party(world.coalition, "sport"))
    coalitions.name_successor(sleeping, person, at=resident.now)
    library = make.party(world.coalition, "culture")
    claimed = coalitions.report_name(newcomer, actor=make.actor(library), why="Wij heten zo.")
    coalitions.judge_name(claimed, actor=resident, whose="of_the_bearer")
    coalitions.propose_handover(
        world.coalition,
        actor=resident,
        chair_and_rules=Handover(
            chair=party_of(resident), fallback="withdraw", rules="Vier keer per jaar bij elkaar."
        ),
    )
    for coalition, host in (
        (world.coalition, world.operator),
        (party_of(world.stranger).coalition, make.operator(person)),
    ):
        Coalition.objects.filter(id=coalition.id).update(listed_at=resident.now)
        coalitions.unlist(coalition, actor=host, ground="law", law="Wetboek, artikel 1")
    coalitions.review_unlisting(
        world.coalition.unlistings.get(), actor=resident, upholds=False, reason="Wij blijven."
    )
    invitation = coalitions.invite(
        world.coalition,
        actor=world.shopkeeper,
        wording=Invitation(addressee=NAME, email=ADDRESS.title()),
    )
    coalitions.decline(
        invitation,
        actor=make.someone(person, coalition=world.coalition),
        reason=f"{NAME} kan niet.",
    )


def share_what_is_known_and_urgent(
    world: make.World, person: User, resident: Actor, shop: Actor
) -> None:
    """Reads signals, shares and recognises an insight, asks, answers, hides and reviews."""
    insight = make_insights.insight(world.coalition, by=resident)
    insights.recognise(insight, actor=shop, view="differs", because="Wij zien minder auto's.")
    read = insights.moderate_signal(
        make_insights.signal(world.coalition), actor=resident, publish=True
    )
    insights.answer_signal(read, actor=resident, outcome="taken_up", reason="Wij doen er iets aan.")
    conversation = make.conversation(world.coalition, by=resident)
    somebody = urgencies.join(
        conversation,
        actor=make.someone(coalition=world.coalition),
        kind="residents",
        involvement="lives",
    )
    statement = urgencies.add_statement(
        somebody, "Meer bomen.", actor=make.someone(coalition=world.coalition)
    )
    urgencies.moderate(statement, actor=resident, publish=True)
    hiding = urgencies.hide_as_host(statement, actor=world.operator, law="Wetboek, artikel 1")
    urgencies.review_hiding(hiding, actor=shop, upholds=True, reason="Ja.")
    urgencies.endorse(make.urgency(conversation, by=resident), actor=shop)
    make_urgency.set_apart(conversation, by=shop)
    elsewhere = make.conversation(party_of(world.stranger).coalition, by=world.stranger)
    urgencies.hide_as_host(
        elsewhere.statements.get(number=1), actor=make.operator(person), law="Wetboek, artikel 1"
    )


def set_course(world: make.World, resident: Actor, shop: Actor) -> None:
    """Objects, answers an objection and what came before, writes a vision and a goal, says what the partner gains."""
    decision = make.decision(world.coalition, by=resident)
    objection = make.objection(decision, by=shop, argument="Dit kan de winkel niet dragen.")
    decisions.answer_objection(objection, actor=resident, answer="Dan doen we het kleiner.")
    later = make_decisions.later_answer(world, party_of(shop))
    wording = LaterAnswer(stance="concern", argument="Wij kwamen later.")
    afterwards.answer_afterwards(later, actor=shop, wording=wording)
    make.amendment(make.version(world.coalition, by=resident), by=shop)
    goal = make.goal(world.coalition, by=resident)
    visions.confirm_benefit(make.benefit(goal, party_of(resident), by=resident), actor=resident)
    make.measurement(goal, by=resident)


def act_together(world: make.World, resident: Actor, shop: Actor) -> None:
    """Signs and declines, reports and judges a promise, is stuck, asks, claims and disputes."""
    make_commitments.sign(make_commitments.opened(world), resident)
    signing.decline(make_commitments.opened(world), actor=resident, reason="Dit is te veel.")
    make_actions.check_in(make_actions.pledge(world, by=resident), by=resident)
    others = make.actor(make.party(world.coalition, "school"))
    checked = make_actions.check_in(make_actions.pledge(world, by=others), by=others)
    check_ins.announce(checked, actor=shop, remark="Wij zagen niemand.")
    check_ins.judge(checked, actor=shop, verdict="kept", remark="Wij waren erbij.")
    initiatives.join(make_actions.initiative(world, by=resident), actor=shop)
    stuck = make_actions.obstacle(world, by=resident)
    obstacles.resolve_obstacle(stuck, actor=resident, how="De sleutel ligt bij de balie.")
    request = make.request(world, by=resident)
    requests.answer(
        request, actor=world.municipality, verdict="granted", text="Ja.", role="facilitate"
    )
    make.breakthrough(world.coalition, by=resident)
    claimed = make.breakthrough(world.coalition, by=others)
    breakthroughs.confirm(claimed, actor=shop, confirms=False, remark="Nog niet elke avond.")
    assert resident.person
    assert world.stranger.coalition
    elsewhere = make.breakthrough(
        Coalition.objects.get(id=world.stranger.coalition), by=world.stranger
    )
    code = CodeConfirmation(resident.person, resident_purpose(elsewhere, ""), resident.now)
    breakthroughs.confirm_as_resident(
        elsewhere, actor=make.someone(coalition=elsewhere.coalition), confirmation=code
    )


def live(world: make.World) -> User:
    """The person, after they did something in every capability."""
    person = name_person(world)
    resident, shop, _corporation = acting_for_each_partner(world, person)
    take_part(world, person, resident)
    share_what_is_known_and_urgent(world, person, resident, shop)
    set_course(world, resident, shop)
    act_together(world, resident, shop)
    Client().force_login(person)
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": NAME})
    accounts.know_from_organisation(person, NAME)
    accounts.send_confirmation(person, "tests", about="Een test")
    accounts.keep_mail(EmailMessage(f"Dag {NAME}", "Tekst", to=[ADDRESS.title()]))
    return person


@pytest.fixture(scope="session")
def story(ready_world: ReadyWorld, django_db_blocker: DjangoDbBlocker) -> database.Snapshot:
    """The rows of the world with all that the person did, which takes a second to tell."""
    with django_db_blocker.unblock(), transaction.atomic():
        filled = database.filled_tables()
        live(ready_world.put_back())
        rows = database.Snapshot.since(filled)
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def active_person(world: make.World, story: database.Snapshot) -> User:
    """The person, after they did something in every capability of this world."""
    database.empty()
    story.put_back()
    return make.account_of(world.resident)


def erase(person: User) -> None:
    """Let somebody erase themselves."""
    accounts.erase(person, typed=person.email, actor=make.someone(person))


def tables_with(*needles: str) -> set[str]:
    """The tables with one of these somewhere in a row, in whatever column."""
    tables = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            for needle in needles:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" AS stored WHERE stored::text ILIKE %s',
                    [f"%{needle}%"],
                )
                tables |= {table} if cursor.fetchone() != (0,) else set()
    if any(str(session.get_decoded().get("_auth_user_id")) in needles for session in sessions()):
        tables.add("django_session")
    return tables


def sessions() -> list[Session]:
    """Every session that is kept, also one that has ended."""
    return list(Session.objects.all())


def join_with_shop_of_one(person: User, coalition: Coalition, name: str) -> Party:
    """A shop of one person, under their own name, that accepted an invitation."""
    invitation = coalitions.invite(
        coalition, actor=make.first_actor(coalition), wording=Invitation(addressee=name)
    )
    shop = make.organisation(
        "shop", name, registration_number="12345678", website="https://guusje.example"
    )
    taking_part = make.taking_part(ground=f"{name} werkt hier.")
    return coalitions.accept(
        invitation, shop, taking_part, actor=make.someone(person, coalition=coalition)
    )
