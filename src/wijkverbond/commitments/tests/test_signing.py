"""Signing: only mandated people, for their own partner, with a code; in force exactly once."""

import dataclasses
import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import translation

from tests import make
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User
from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Mandate, Party, PartyRole
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.commitments import queries
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.services import signing
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.policy import Refused
from wijkverbond.kernel.tests.stream_check import check_stream

pytestmark = pytest.mark.django_db

NO_MANDATE = {
    "nl": "Je mag niet tekenen namens deze partner.",
    "en": "You have no mandate to sign for this partner.",
}
NOT_OPEN = {
    "nl": "Dit convenant staat niet open om te tekenen.",
    "en": "This covenant is not open for signing.",
}


@pytest.fixture
def covenant(world: make.World) -> Covenant:
    """Can be signed by all four."""
    return make_commitments.opened(world)


def mailed_code(covenant: Covenant, actor: Actor) -> tuple[User, str, str]:
    """Who asks for a code, for what, and the code from the mail."""
    person = User.objects.get(id=str(actor.person))
    purpose = queries.signing_purpose(covenant, actor)
    accounts.send_confirmation(person, purpose, about="tekenen")
    match = re.search(r"\b\d{4} \d{4}\b", str(mail.outbox[-1].body))
    assert match
    return person, purpose, match[0]


def test_a_signature_names_who_for_whom_on_what_ground_and_what_was_signed(
    world: make.World, covenant: Covenant
) -> None:
    signature = make_commitments.sign(covenant, world.shopkeeper).signatures.get()
    assert (signature.party_id, signature.person_id) == (
        world.shopkeeper.party, world.shopkeeper.person,
    )  # fmt: skip
    assert (signature.ground, signature.digest) == ("statutes", covenant.digest)
    (facts,) = make_commitments.recorded(covenant, "signed")
    assert facts == {
        "covenant": str(covenant.id), "party": str(world.shopkeeper.party),
        "kind": "entrepreneurs", "document": covenant.digest, "method": "code",
        "assurance": "simple", "jointly": "no", "signed": 1, "asked": 4,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_a_mandate_to_sign_nobody_signs(
    world: make.World, covenant: Covenant, language: str
) -> None:
    helper = dataclasses.replace(
        world.corporation, mandates=frozenset({MandateType.TAKE_PART, MandateType.DECIDE})
    )
    with translation.override(language):
        with pytest.raises(Refused) as refused:
            make_commitments.sign(covenant, helper)
        assert str(refused.value.reason) == NO_MANDATE[language]
    assert not covenant.signatures.exists()


def test_a_mandate_that_no_second_person_confirmed_does_not_sign(
    world: make.World, covenant: Covenant
) -> None:
    with pytest.raises(Refused, match="niet tekenen namens"):
        make_commitments.sign(
            covenant, make_commitments.colleague(world.corporation, confirmed=False)
        )


def test_a_mandate_that_ended_does_not_sign(world: make.World, covenant: Covenant) -> None:
    actor = make_commitments.colleague(world.corporation)
    mandate = Mandate.objects.get(person=actor.person, sort=MandateType.SIGN)
    coalitions.end_mandate(mandate, actor=world.corporation)
    assert actor.person
    again = acting_for(actor.person, mandate.party, now=actor.now + dt.timedelta(seconds=1))
    with pytest.raises(Refused, match="niet tekenen namens"):
        make_commitments.sign(covenant, again)


@pytest.mark.parametrize("role", ["coordinator", "operator", "participant", "stranger"])
def test_nobody_signs_for_another(world: make.World, covenant: Covenant, role: str) -> None:
    actor = getattr(world, role)
    confirmation = CodeConfirmation(
        actor.person, queries.signing_purpose(covenant, world.corporation), actor.now
    )
    with pytest.raises(Refused):
        signing.sign(covenant, actor=actor, confirmation=confirmation)
    assert not covenant.signatures.exists()


def test_a_suspended_partner_and_an_adviser_do_not_sign(
    world: make.World, covenant: Covenant
) -> None:
    shopkeepers, corporation = party_of(world.shopkeeper), party_of(world.corporation)
    Party.objects.filter(id=shopkeepers.id).update(suspended_at=world.shopkeeper.now)
    Party.objects.filter(id=corporation.id).update(role=PartyRole.ADVISER)
    for actor in (world.shopkeeper, world.corporation):
        with pytest.raises(Refused, match="niet tekenen namens"):
            make_commitments.sign(covenant, make.actor(party_of(actor)))


def test_a_confirmation_by_another_person_or_of_something_else_signs_nothing(
    world: make.World, covenant: Covenant
) -> None:
    own = queries.signing_purpose(covenant, world.corporation)
    others = queries.signing_purpose(covenant, world.resident)
    assert world.corporation.person
    assert world.resident.person
    for person, purpose in (
        (world.resident.person, own),
        (world.corporation.person, others),
        (world.corporation.person, "commitments.sign:0:0"),
    ):
        with pytest.raises(ValidationError, match="code die we je mailden"):
            signing.sign(
                covenant,
                actor=world.corporation,
                confirmation=CodeConfirmation(person, purpose, world.corporation.now),
            )
    assert not covenant.signatures.exists()


def test_the_mailed_code_confirms_once(world: make.World, covenant: Covenant) -> None:
    person, purpose, code = mailed_code(covenant, world.corporation)
    with pytest.raises(ValidationError, match="nog 4 keer"):
        accounts.confirm(person, purpose, "0000 0000")
    confirmation = accounts.confirm(person, purpose, code)
    signing.sign(covenant, actor=world.corporation, confirmation=confirmation)
    with pytest.raises(ValidationError, match="niet meer geldig"):
        accounts.confirm(person, purpose, code)
    assert covenant.signatures.count() == 1


def test_a_code_is_valid_for_ten_minutes(world: make.World, covenant: Covenant) -> None:
    with time_machine.travel(world.corporation.now, tick=False) as clock:
        person, purpose, code = mailed_code(covenant, world.corporation)
        clock.shift(600)
        with pytest.raises(ValidationError, match="niet meer geldig"):
            accounts.confirm(person, purpose, code)


def test_a_code_for_one_partner_does_not_sign_for_another(
    world: make.World, covenant: Covenant
) -> None:
    person, _purpose, code = mailed_code(covenant, world.corporation)
    with pytest.raises(ValidationError):
        accounts.confirm(person, queries.signing_purpose(covenant, world.resident), code)


def test_a_partner_signs_once(world: make.World, covenant: Covenant) -> None:
    make_commitments.sign(covenant, world.corporation)
    with pytest.raises(ValidationError, match="al getekend"):
        make_commitments.sign(covenant, make_commitments.colleague(world.corporation))
    assert len(make_commitments.recorded(covenant, "signed")) == 1


def test_a_joint_mandate_needs_a_second_signature(world: make.World, covenant: Covenant) -> None:
    first, second = (make_commitments.colleague(world.corporation, jointly=True) for _ in range(2))
    make_commitments.sign(covenant, first)
    assert make_commitments.recorded(covenant, "signed") == []
    with pytest.raises(ValidationError, match="tweede persoon"):
        make_commitments.sign(covenant, first)
    make_commitments.sign(covenant, second)
    (facts,) = make_commitments.recorded(covenant, "signed")
    assert (facts["jointly"], facts["signed"]) == ("yes", 1)
    assert covenant.signatures.filter(party=world.corporation.party).count() == 2


def test_the_last_signature_of_society_brings_it_into_force(
    world: make.World, covenant: Covenant
) -> None:
    states = [
        make_commitments.sign(covenant, actor).state
        for actor in (world.resident, world.shopkeeper, world.corporation)
    ]
    assert states == ["signing", "signing", "in_force"]
    (facts,) = make_commitments.recorded(covenant, "covenant_in_force")
    assert (facts["signed"], facts["asked"], facts["document"]) == (3, 4, covenant.digest)
    assert facts["checks_due"] == ["2028-01-01", "2029-01-01", "2030-01-01"]
    assert check_stream(world.coalition.id) > 0


def test_government_neither_blocks_nor_carries_a_covenant(
    world: make.World, covenant: Covenant
) -> None:
    signing.decline(covenant, actor=world.municipality, reason="Het college moet nog.")
    make_commitments.sign(covenant, world.resident)
    assert make_commitments.sign(covenant, world.shopkeeper).state == "signing"
    assert make_commitments.sign(covenant, world.corporation).state == "in_force"


def test_government_alone_brings_nothing_into_force(world: make.World, covenant: Covenant) -> None:
    for actor in (world.resident, world.shopkeeper, world.corporation):
        signing.decline(covenant, actor=actor, reason="Zo niet.")
    assert make_commitments.sign(covenant, world.municipality).state == "signing"
    assert make_commitments.recorded(covenant, "covenant_in_force") == []


def test_a_party_that_declines_says_why_and_is_not_waited_for(
    world: make.World, covenant: Covenant
) -> None:
    schools = [make.actor(make.party(world.coalition, "school")) for _ in range(3)]
    covenant.asked.add(*(party_of(other) for other in schools))
    for actor in (world.resident, world.shopkeeper, *schools):
        make_commitments.sign(covenant, actor)
    covenant = signing.decline(covenant, actor=world.corporation, reason="Te duur voor ons.")
    assert covenant.state == "in_force"
    assert len(make_commitments.recorded(covenant, "signature_declined")) == 1
    with pytest.raises(ValidationError, match="al gezegd"):
        signing.decline(covenant, actor=world.corporation, reason="Nog steeds.")


def test_a_party_that_declined_can_still_sign_later(world: make.World, covenant: Covenant) -> None:
    signing.decline(covenant, actor=world.shopkeeper, reason="Nu nog niet.")
    make_commitments.sign(covenant, world.resident)
    covenant = make_commitments.sign(
        make_commitments.sign(covenant, world.corporation), world.shopkeeper
    )
    assert not covenant.declines.exists()
    assert [facts["signed"] for facts in make_commitments.recorded(covenant, "signed")] == [1, 2, 3]
    assert len(make_commitments.recorded(covenant, "covenant_in_force")) == 1


def test_a_reason_is_needed_to_decline(world: make.World, covenant: Covenant) -> None:
    with pytest.raises(ValidationError) as refused:
        signing.decline(covenant, actor=world.shopkeeper, reason="  ")
    assert list(refused.value.message_dict) == ["reason"]


def test_a_partner_that_joins_later_signs_what_is_in_force(
    world: make.World, covenant: Covenant
) -> None:
    for actor in world.parties:
        covenant = make_commitments.sign(covenant, actor)
    school = make.actor(make.party(world.coalition, "school"))
    make_commitments.sign(covenant, school)
    last = make_commitments.recorded(covenant, "signed")[-1]
    assert (last["signed"], last["asked"]) == (5, 5)
    assert len(make_commitments.recorded(covenant, "covenant_in_force")) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_draft_cannot_be_signed(world: make.World, language: str) -> None:
    covenant = make_commitments.draft(world)
    with translation.override(language):
        with pytest.raises(Refused) as refused:
            make_commitments.sign(covenant, world.resident)
        assert str(refused.value.reason) == NOT_OPEN[language]
