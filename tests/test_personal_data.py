"""Somebody takes part in everything, asks for what is kept about them, and has it erased.

Afterwards no row of any table leads to them, and the register can still be checked by anyone.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import CharField
from django.test import Client
from django.test.utils import isolate_apps
from django.utils import translation

from tests import make
from wijkverbond.accounts import mail
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import Code, User
from wijkverbond.actions.services import check_ins, initiatives, obstacles, requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Coalition, Invitation, LegalForm, Organisation, Party
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.commitments.models import PledgeText
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.decisions import services as decisions
from wijkverbond.insights import services as insights
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.checks import classification_mistakes
from wijkverbond.kernel.models import Entry, EntryText
from wijkverbond.kernel.personal_fields import PERSONAL_DATA, fields_of
from wijkverbond.register import verify
from wijkverbond.urgency import services as urgencies
from wijkverbond.vision import services as visions

NAME, ADDRESS = "Guusje Testpersoon", "guusje.testpersoon@voorbeeld.example"
CAPABILITIES = {
    "coalition", "decisions", "insights", "urgency", "vision", "commitments", "actions",
    "breakthroughs", "results",
}  # fmt: skip

# Of a partner, of nobody, or under a pseudonym that leads to no account. Whoever adds a model decides
# whether a person is in it: then it is declared in `personal_data.py`; if not, it stands here.
WITHOUT_A_PERSON = {
    "actions": "action checkin facilitationrequest initiative judgement obstacle shortfall",
    "breakthroughs": "affectedresident breakthrough confirmation",
    "coalition": "coalition handover missingvoice tie",
    "commitments": "covenant decline earlierpledge pledge yearlycheck",
    "decisions": "decision legallimit objection position",
    "insights": "earlierinsight insight partyrecognition personalrecognition recognitioncount signal "
    "source",
    "kernel": "cursor head limit stream",
    "places": "boundary keyfigure place",
    "results": "measurement",
    "urgency": "answer answergiven conversation earlierwording endorsement hidingreview hosthiding "
    "participant priority reading sharedurgency statement",
    "vision": "amendment benefit earliergoal goal goalchange visionversion",
}

# By these the rows of a person are found, or the journal refuses to change them.
KEPT_AS_IT_IS = {
    "account.emailaddress.email",
    "accounts.code.address",
    "accounts.keptmail.to",
    "accounts.user.email",
    "coalition.invitation.email",
    "kernel.entrytext.text",
    "procrastinate.procrastinatejob.args",
    "sessions.session.session_data",
}
# A mail of the demonstration is kept to be read there.
NOT_HANDED_OVER = {"accounts.keptmail.body", "accounts.keptmail.subject"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(world: make.World) -> User:
    """The person of the residents' group, who may act for the three other partners too."""
    assert world.resident.person
    User.objects.filter(id=world.resident.person).update(email=ADDRESS, name=NAME)
    person = User.objects.get(id=world.resident.person)
    for other in world.parties[1:]:
        coalitions.grant(party_of(other), person, actor=other, may=[MandateType.DECIDE])
    return person


def i_for(world: make.World, me: User) -> list[Actor]:
    """The same person, acting for each of the four partners."""
    return [acting_for(me.id, party_of(other), now=other.now) for other in world.parties]


def person_of(actor: Actor) -> User:
    """The account of whoever acts."""
    assert actor.person
    return User.objects.get(id=actor.person)


def circle(world: make.World, me: User, mine: Actor) -> None:
    """Invites, gives and confirms mandates, and is asked for the secretariat."""
    coalitions.invite(world.coalition, actor=mine, addressee="De school")
    make_insights.signal(world.coalition, by=make.someone(me, coalition=world.coalition))
    make_commitments.colleague(mine, confirmed=False)
    other = world.corporation
    waiting = coalitions.grant(
        party_of(other), make.user(), actor=other, may=[MandateType.SIGN], ground="statutes"
    )
    coalitions.confirm_mandate(waiting[-1], actor=acting_for(me.id, party_of(other), now=other.now))
    coalitions.grant_secretariat(world.coalition, me, actor=world.shopkeeper)
    invitation = coalitions.invite(
        world.coalition, actor=world.shopkeeper, addressee=NAME, email=ADDRESS.title()
    )
    coalitions.decline(
        invitation, actor=make.someone(me, coalition=world.coalition), reason=f"{NAME} kan niet."
    )


def knowing_and_urgent(world: make.World, me: User, mine: Actor, shop: Actor) -> None:
    """Reads signals, shares and recognises an insight, asks, answers, hides and reviews."""
    insight = make_insights.insight(world.coalition, by=mine)
    insights.recognise(insight, actor=shop, view="differs", because="Wij zien minder auto's.")
    read = insights.moderate_signal(make_insights.signal(world.coalition), actor=mine, publish=True)
    insights.answer_signal(read, actor=mine, outcome="taken_up", reason="Wij doen er iets aan.")
    conversation = make.conversation(world.coalition, by=mine)
    somebody = urgencies.join(
        conversation,
        actor=make.someone(coalition=world.coalition),
        kind="residents",
        involvement="lives",
    )
    own = urgencies.add_statement(
        somebody, "Meer bomen.", actor=make.someone(coalition=world.coalition)
    )
    urgencies.moderate(own, actor=mine, publish=True)
    hiding = urgencies.hide_as_host(own, actor=world.operator, law="Wetboek, artikel 1")
    urgencies.review_hiding(hiding, actor=shop, upholds=True, reason="Ja.")
    urgencies.endorse(make.urgency(conversation, by=mine), actor=shop)


def course(world: make.World, mine: Actor, shop: Actor) -> None:
    """Objects, answers an objection, writes a vision and a goal, says what the partner gains."""
    decision = make.decision(world.coalition, by=mine)
    objection = make.objection(decision, by=shop, argument="Dit kan de winkel niet dragen.")
    decisions.answer_objection(objection, actor=mine, answer="Dan doen we het kleiner.")
    make.amendment(make.version(world.coalition, by=mine), by=shop)
    goal = make.goal(world.coalition, by=mine)
    visions.confirm_benefit(make.benefit(goal, party_of(mine), by=mine), actor=mine)
    make.measurement(goal, by=mine)


def doing_it(world: make.World, mine: Actor, shop: Actor, government: Actor) -> None:
    """Signs, reports and judges a promise, is stuck, asks, answers, claims and disputes."""
    make_commitments.sign(make_commitments.opened(world), mine)
    checked = make_actions.check_in(make_actions.pledge(world, by=mine), by=mine)
    check_ins.announce(checked, actor=shop, remark="Wij zagen niemand.")
    check_ins.judge(checked, actor=shop, verdict="kept", remark="Wij waren erbij.")
    initiatives.join(make_actions.initiative(world, by=mine), actor=shop)
    stuck = make_actions.obstacle(world, by=mine)
    obstacles.resolve_obstacle(stuck, actor=mine, how="De sleutel ligt bij de balie.")
    request = make.request(world, by=mine)
    requests.answer(request, actor=government, verdict="granted", text="Ja.", role="facilitate")
    claimed = make.breakthrough(world.coalition, by=mine)
    breakthroughs.confirm(claimed, actor=shop, confirms=False, remark="Nog niet elke avond.")


@pytest.fixture
def story(world: make.World, me: User) -> User:
    """The person, after they did something in every capability."""
    mine, shop, _corporation, government = i_for(world, me)
    circle(world, me, mine)
    knowing_and_urgent(world, me, mine, shop)
    course(world, mine, shop)
    doing_it(world, mine, shop, government)
    Client().force_login(me)
    accounts.send_confirmation(me, "tests", about="Een test")
    accounts.keep_mail(EmailMessage(f"Dag {NAME}", "Tekst", to=[ADDRESS.title()]))
    return me


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


def test_the_person_of_this_story_did_something_in_every_capability(story: User) -> None:
    events = Entry.objects.filter(person=story.id).values_list("event", flat=True)
    assert {event.split(".")[0] for event in events} == CAPABILITIES
    assert tables_with(NAME, ADDRESS, str(story.id)) == {
        "accounts_code", "accounts_keptmail", "accounts_user", "coalition_invitation",
        "coalition_mandate", "coalition_secretariat", "commitments_signature", "django_session",
        "kernel_entry", "kernel_entrytext",
    }  # fmt: skip


def test_every_model_is_declared_or_known_to_have_no_person_in_it() -> None:
    declared = {label for kind in PERSONAL_DATA for label in kind.models}
    ours = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("wijkverbond.")
    }
    without_a_person = {
        f"{app}.{name}" for app, names in WITHOUT_A_PERSON.items() for name in names.split()
    }
    assert ours - declared == without_a_person


def test_what_they_ask_for_has_everything_about_them(story: User, world: make.World) -> None:
    exported = accounts.export(story, actor=make.someone(story))
    kinds = {kind["name"]: kind["data"] for kind in exported["kinds"]}  # type: ignore[attr-defined]
    assert json.loads(json.dumps(kinds)) == kinds
    assert kinds["account"]["email"] == ADDRESS
    assert kinds["account"]["name"] == NAME
    assert len(kinds["mandates"]["partners"]) == story.mandates.count()
    assert [entry["coalition"] for entry in kinds["mandates"]["secretariat"]] == [
        str(world.coalition)
    ]
    assert [(invitation["to"], invitation["reason"]) for invitation in kinds["invitations"]] == [
        (NAME, f"{NAME} kan niet.")
    ]
    assert len(kinds["signatures"]) == 1
    assert len(kinds["journal"]) == Entry.objects.filter(person=story.id).count()
    texts = {text for entry in kinds["journal"] for text in entry["texts"].values()}
    assert texts >= {"Dit kan de winkel niet dragen.", "Wij waren erbij.", "Nog niet elke avond."}


def test_after_an_erasure_no_row_of_any_table_leads_to_the_person(story: User) -> None:
    texts = list(EntryText.objects.filter(entry__person=story.id).values_list("id", flat=True))
    assert len(texts) > 20
    erase(story)
    assert tables_with(NAME, ADDRESS, str(story.id), story.id.hex) == set()
    assert not EntryText.objects.filter(id__in=texts).exists()
    assert not Code.objects.filter(purpose="tests").exists()


def test_the_sessions_of_others_go_on(story: User, world: make.World) -> None:
    other = Client()
    other.force_login(person_of(world.shopkeeper))
    erase(story)
    assert other.get("/mijn-gegevens/").status_code == 200


def test_after_an_erasure_the_register_says_the_same_and_can_be_checked(
    story: User, world: make.World, client: Client, tmp_path: Path
) -> None:
    file, address = tmp_path / "register.json", f"/w/{world.coalition.slug}/register.json"
    before = json.loads(b"".join(client.get(address).streaming_content))["entries"]  # type: ignore[attr-defined]
    erase(story)
    file.write_bytes(b"".join(client.get(address).streaming_content))  # type: ignore[attr-defined]
    assert json.loads(file.read_bytes())["entries"][: len(before)] == before
    checked = subprocess.run([sys.executable, verify.__file__, file], capture_output=True)
    assert checked.returncode == 0, checked.stdout


def mark_everything_of(person: User) -> dict[str, str]:
    """Writes a word of its own into every field that is theirs; the words by the name of the field."""
    marks: dict[str, str] = {}
    for rows in (rows for kind in PERSONAL_DATA for rows in kind.rows):
        ids = list(rows.of(person.id).values_list("pk", flat=True))
        assert ids, f"the story has nothing of {rows.model._meta.label_lower}"
        for name in fields_of(rows.model).of_someone:
            label = f"{rows.model._meta.label_lower}.{name}"
            if label not in KEPT_AS_IT_IS:
                marks[label] = f"mark-{len(marks)}-of-{person.id.hex[:4]}"[:20]
                rows.model._default_manager.filter(pk__in=ids).update(**{name: marks[label]})
    return marks


def test_every_personal_field_is_handed_over_and_erased(story: User, world: make.World) -> None:
    shop_of(story, world.coalition, "Bakkerij op de hoek")
    EmailAddress.objects.create(user=story, email=ADDRESS)
    mail.queue(story, "accounts/mail/confirmation.txt", {})
    mail.queue(ADDRESS, "accounts/mail/confirmation.txt", {})
    marks = mark_everything_of(story)
    exported = json.dumps(accounts.export(story, actor=make.someone(story)))
    assert {label for label, mark in marks.items() if mark not in exported} == NOT_HANDED_OVER
    erase(story)
    assert tables_with(*marks.values(), ADDRESS, str(story.id), story.id.hex) == set()


@isolate_apps()
def test_a_field_added_to_a_pledge_is_named_until_it_is_classified() -> None:
    class Pledge(PledgeText):
        contact_phone = CharField(max_length=20, blank=True)

        class Meta:
            app_label = "commitments"

    [mistake] = classification_mistakes(Pledge)
    assert mistake.startswith("commitments.pledge.contact_phone is not classified")
    assert "commitments/personal_data.py" in mistake


def register_of_personal_data() -> str:
    """What is kept about people, as a table of the documentation."""
    lines = ["| what | fields | why | how long |", "|---|---|---|---|"]
    with translation.override("en"):
        for kind in PERSONAL_DATA:
            fields = ", ".join(
                f"`{rows.model._meta.label_lower}.{name}`"
                for rows in kind.rows
                for name in (*fields_of(rows.model).people, *fields_of(rows.model).of_someone)
            )
            lines.append(f"| {kind.title} | {fields} | {kind.why} | {kind.kept} |")
    return "\n".join(lines)


def test_administrators_read_every_personal_field_with_why_and_how_long() -> None:
    page = (CHECKOUT / "docs/administrators/personal-data.md").read_text()
    assert register_of_personal_data() in page


def test_what_a_partner_agreed_stays_the_partners(story: User, world: make.World) -> None:
    party = party_of(world.resident)
    erase(story)
    party.refresh_from_db()
    assert party.left_at is None
    assert party.signatures.get().person is None
    assert party.pledges.exists()
    assert party.requests_asked.get().answer_text == "Ja."
    assert [objection.argument for objection in party_of(world.shopkeeper).objections.all()] == [
        "Dit kan de winkel niet dragen."
    ]


def shop_of(me: User, coalition: Coalition, name: str) -> Party:
    """A shop of one person, under their own name, that accepted an invitation."""
    invitation = coalitions.invite(coalition, actor=make.first_actor(coalition), addressee=name)
    shop = make.organisation(
        "shop", name, registration_number="12345678", website="https://guusje.example"
    )
    taking_part = make.taking_part(ground=f"{name} werkt hier.")
    return coalitions.accept(
        invitation, shop, taking_part, actor=make.someone(me, coalition=coalition)
    )


def test_a_party_of_one_person_goes_on_without_their_name(coalition: Coalition) -> None:
    person = make.user(ADDRESS)
    party = shop_of(person, coalition, NAME)
    assert party.organisation.legal_form == LegalForm.PERSON
    erase(person)
    party.refresh_from_db()
    assert tables_with(NAME, "12345678", "guusje.example") == set()
    assert party.left_at is None
    assert str(party)


def test_a_name_that_somebody_else_had_recorded_goes_too(coalition: Coalition) -> None:
    person, helper = make.user(ADDRESS), make.user()
    party = shop_of(person, coalition, NAME)
    mine = acting_for(person.id, party, now=make.someone().now)
    granted = coalitions.grant(party, helper, actor=mine, may=[MandateType.DECIDE])
    helping = acting_for(helper.id, party, now=make.someone().now)
    coalitions.describe_party(party, make.taking_part(), actor=helping)
    coalitions.describe_organisation(party, Organisation(), actor=helping)
    coalitions.end_mandate(granted[0], actor=mine)
    erase(person)
    assert tables_with(NAME) == set()


def test_what_they_ask_for_has_the_partner_that_is_they_alone(coalition: Coalition) -> None:
    person = make.user(ADDRESS)
    shop_of(person, coalition, NAME)
    exported = accounts.export(person, actor=make.someone(person))
    kinds = {kind["name"]: kind["data"] for kind in exported["kinds"]}  # type: ignore[attr-defined]
    [alone] = kinds["alone"]
    assert (alone["name"], alone["registration_number"]) == (NAME, "12345678")
    assert alone["ground"] == f"{NAME} werkt hier."


def test_a_party_of_one_person_keeps_its_name_while_another_acts_for_it(
    coalition: Coalition,
) -> None:
    person, other = make.user(ADDRESS), make.user()
    party = shop_of(person, coalition, "Bakkerij op de hoek")
    mine = acting_for(person.id, party, now=make.someone().now)
    coalitions.grant(party, other, actor=mine, may=[MandateType.TAKE_PART])
    erase(person)
    party.organisation.refresh_from_db()
    assert str(party) == "Bakkerij op de hoek"


def test_who_invited_an_erased_person_still_sees_that_they_did(
    story: User, world: make.World
) -> None:
    erase(story)
    invitation = Invitation.objects.get(sent_by_party=world.shopkeeper.party, party=None)
    assert (invitation.addressee, invitation.email, invitation.declined_reason) == ("", "", "")
    browser = Client()
    browser.force_login(person_of(world.shopkeeper))
    page = browser.get(f"/w/{world.coalition.slug}/wie-doet-mee/uitnodigen/").content.decode()
    assert "(verwijderd)" in page
