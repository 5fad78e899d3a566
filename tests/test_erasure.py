"""Somebody takes part in everything, asks for what is kept about them, and has it erased.

Afterwards no row of any table leads to them, and the register can still be checked by anyone.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests import make
from tests.personal_story import ADDRESS, NAME, erase, join_with_shop_of_one, tables_with
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import Code, User
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import (
    Coalition,
    Invitation,
    LegalForm,
    Mandate,
    Organisation,
    Party,
)
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.kernel.actor import MandateType
from wijkverbond.kernel.models import Entry, EntryText
from wijkverbond.kernel.personal_fields import PARTY_TEXTS
from wijkverbond.register import verify
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.models import Participant

CAPABILITIES = {
    "coalition", "decisions", "insights", "urgency", "vision", "commitments", "actions",
    "breakthroughs", "results",
}  # fmt: skip
pytestmark = pytest.mark.django_db


def test_the_active_person_did_something_in_every_capability(active_person: User) -> None:
    events = Entry.objects.filter(person=active_person.id).values_list("event", flat=True)
    assert {event.split(".")[0] for event in events} == CAPABILITIES
    assert tables_with(NAME, ADDRESS, str(active_person.id)) == {
        "accounts_code", "accounts_keptmail", "accounts_knownfromorganisation", "accounts_user", "actions_judgement",
        "breakthroughs_affectedresident", "breakthroughs_confirmation",
        "coalition_handoverconfirmation", "coalition_invitation",
        "coalition_mandate", "coalition_mandateoffer", "coalition_namejudgement", "coalition_party",
        "coalition_partyconfirmation",
        "coalition_secretariat", "coalition_secretariatvoice", "coalition_successor",
        "coalition_unlisting", "coalition_unlistingreview",
        "commitments_decline",
        "commitments_signature", "decisions_lateranswer", "decisions_objection", "decisions_position", "django_session",
        "insights_partyrecognition", "kernel_entry", "kernel_entrytext", "mfa_authenticator",
        "procrastinate_jobs",
        "urgency_apartvoice", "urgency_endorsement", "urgency_hidingreview", "urgency_hosthiding",
    }  # fmt: skip


def test_an_export_has_everything_about_the_person(active_person: User, world: make.World) -> None:
    exported = accounts.export(active_person, actor=make.someone(active_person))
    kinds = {kind["name"]: kind["data"] for kind in exported["kinds"]}  # type: ignore[attr-defined]
    assert json.loads(json.dumps(kinds)) == kinds
    assert kinds["account"]["email"] == ADDRESS
    assert kinds["account"]["name"] == NAME
    assert len(kinds["mandates"]["partners"]) == active_person.mandates.count()
    assert [entry["coalition"] for entry in kinds["mandates"]["secretariat"]] == [
        str(world.coalition)
    ]
    assert [(invitation["to"], invitation["reason"]) for invitation in kinds["invitations"]] == [
        (NAME, f"{NAME} kan niet.")
    ]
    assert len(kinds["signatures"]) == 1
    assert len(kinds["journal"]) == Entry.objects.filter(person=active_person.id).count()
    texts = {text for entry in kinds["journal"] for text in entry["texts"].values()}
    assert texts >= {"Dit kan de winkel niet dragen.", "Wij waren erbij.", "Nog niet elke avond."}


def test_after_an_erasure_no_row_of_any_table_leads_to_the_person(active_person: User) -> None:
    erase(active_person)
    assert tables_with(NAME, ADDRESS, str(active_person.id), active_person.id.hex) == set()
    assert not Code.objects.filter(purpose="tests").exists()


def test_what_was_written_for_a_partner_stays_in_its_record(active_person: User) -> None:
    entered = EntryText.objects.filter(entry__person=active_person.id)
    own = entered.filter(entry__event="coalition.invitation_declined")
    for_partners = [*entered.exclude(id__in=own).values_list("id", flat=True)]
    said_for_oneself = [*own.values_list("id", flat=True)]
    assert len(for_partners) > 20
    erase(active_person)
    assert EntryText.objects.filter(id__in=for_partners).count() == len(for_partners)
    assert not EntryText.objects.filter(id__in=said_for_oneself).exists()


def only_person_of_the_shop(person: User, world: make.World) -> Party:
    """The shop, as one that is this person and for whom nobody else acts."""
    shop = party_of(world.shopkeeper)
    Organisation.objects.filter(id=shop.organisation_id).update(legal_form=LegalForm.PERSON)
    others = Mandate.objects.filter(party=shop).exclude(person=person)
    others.update(until=world.shopkeeper.now)
    return shop


def words_of(party: Party) -> list[str]:
    """What stands in the records of a party as its own words."""
    return [
        word
        for texts in PARTY_TEXTS
        for row in texts.model._default_manager.filter(**{texts.by: party}).values_list(
            *texts.fields
        )
        for word in row
        if word
    ]


def test_the_words_of_a_partner_that_was_one_person_go_with_them(
    active_person: User, world: make.World
) -> None:
    shop, group = only_person_of_the_shop(active_person, world), party_of(world.resident)
    said_by_others = words_of(group)
    assert len(words_of(shop)) > 5
    assert EntryText.objects.filter(entry__party=shop.id).exists()
    erase(active_person)
    assert {*words_of(shop)} == {"(verwijderd)"}
    assert not EntryText.objects.filter(entry__party=shop.id).exists()
    assert words_of(group) == said_by_others


def test_who_published_the_words_of_others_does_not_take_them_along(
    active_person: User, world: make.World
) -> None:
    shop = only_person_of_the_shop(active_person, world)
    sentence = urgencies.add_statement(
        Participant.objects.get(entry="phone"),
        "Minder auto's.",
        actor=make.someone(coalition=world.coalition),
    )
    acting = acting_for(active_person.id, shop, now=world.shopkeeper.now)
    urgencies.moderate(sentence, actor=acting, publish=True)
    erase(active_person)
    assert EntryText.objects.filter(entry__party=shop.id).get().text == "Minder auto's."


def test_an_erasure_leaves_the_sessions_of_others_alone(
    active_person: User, world: make.World
) -> None:
    other = Client()
    other.force_login(make.account_of(world.shopkeeper))
    erase(active_person)
    assert other.get("/mijn-gegevens/").status_code == 200


def test_after_an_erasure_the_register_says_the_same_and_can_be_checked(
    active_person: User, world: make.World, client: Client, tmp_path: Path
) -> None:
    file, address = tmp_path / "register.json", f"/w/{world.coalition.slug}/register.json"
    before = json.loads(b"".join(client.get(address).streaming_content))["entries"]  # type: ignore[attr-defined]
    erase(active_person)
    file.write_bytes(b"".join(client.get(address).streaming_content))  # type: ignore[attr-defined]
    assert json.loads(file.read_bytes())["entries"][: len(before)] == before
    checked = subprocess.run([sys.executable, verify.__file__, file], capture_output=True)
    assert checked.returncode == 0, checked.stdout


def test_what_a_partner_agreed_outlives_its_person(active_person: User, world: make.World) -> None:
    party = party_of(world.resident)
    erase(active_person)
    party.refresh_from_db()
    assert party.left_at is None
    assert party.signatures.get().person is None
    assert party.pledges.exists()
    assert party.requests_asked.get().answer_text == "Ja."
    assert [objection.argument for objection in party_of(world.shopkeeper).objections.all()] == [
        "Dit kan de winkel niet dragen."
    ]


def test_a_party_of_one_person_goes_on_without_their_name(coalition: Coalition) -> None:
    person = make.user(ADDRESS)
    party = join_with_shop_of_one(person, coalition, NAME)
    assert party.organisation.legal_form == LegalForm.PERSON
    erase(person)
    party.refresh_from_db()
    assert tables_with(NAME, "12345678", "guusje.example") == set()
    assert party.left_at is None
    assert str(party)


def test_a_name_that_somebody_else_recorded_is_erased_too(coalition: Coalition) -> None:
    person, helper = make.user(ADDRESS), make.user()
    party = join_with_shop_of_one(person, coalition, NAME)
    mine = acting_for(person.id, party, now=make.someone().now)
    granted = make.grant(party, helper, actor=mine, may=[MandateType.DECIDE])
    helping = acting_for(helper.id, party, now=make.someone().now)
    coalitions.describe_party(party, make.taking_part(), actor=helping)
    coalitions.describe_organisation(party, Organisation(), actor=helping)
    coalitions.end_mandate(granted[0], actor=mine)
    erase(person)
    assert tables_with(NAME) == set()


def test_an_export_has_the_party_of_one_person(coalition: Coalition) -> None:
    person = make.user(ADDRESS)
    join_with_shop_of_one(person, coalition, NAME)
    exported = accounts.export(person, actor=make.someone(person))
    kinds = {kind["name"]: kind["data"] for kind in exported["kinds"]}  # type: ignore[attr-defined]
    [alone] = kinds["alone"]
    assert (alone["name"], alone["registration_number"]) == (NAME, "12345678")
    assert alone["ground"] == f"{NAME} werkt hier."


def test_a_party_of_one_person_keeps_its_name_while_another_acts_for_it(
    coalition: Coalition,
) -> None:
    person, other = make.user(ADDRESS), make.user()
    party = join_with_shop_of_one(person, coalition, "Bakkerij op de hoek")
    mine = acting_for(person.id, party, now=make.someone().now)
    make.grant(party, other, actor=mine, may=[MandateType.TAKE_PART])
    erase(person)
    party.organisation.refresh_from_db()
    assert str(party) == "Bakkerij op de hoek"


def test_whoever_invited_an_erased_person_still_sees_that_they_did(
    active_person: User, world: make.World
) -> None:
    erase(active_person)
    invitation = Invitation.objects.get(sent_by_party=world.shopkeeper.party, party=None)
    assert (invitation.addressee, invitation.email, invitation.declined_reason) == ("", "", "")
    browser = Client()
    browser.force_login(make.account_of(world.shopkeeper))
    page = browser.get(f"/w/{world.coalition.slug}/wie-doet-mee/uitnodigen/").content.decode()
    assert "(verwijderd)" in page
