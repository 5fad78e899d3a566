"""Nobody acts for a partner without their own yes."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from tests import make
from tests.html import shown
from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Invitation, Mandate, MandateOffer, Party
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.coalition.tasks import send_mandate_offer
from wijkverbond.coalition.tests.pages import SignIn, page_url, readable
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.kernel.shown import Changed

pytestmark = pytest.mark.django_db


def asked(party: Party, person: User, **more: object) -> MandateOffer:
    """Somebody of the party asks this person to decide for it."""
    actor = make.actor(party)
    assert not services.grant(party, person, actor=actor, may=["decide"], **more)  # type: ignore[arg-type]
    return MandateOffer.objects.get(party=party, person=person)


def by(offer: MandateOffer, *, days: int = 0) -> Actor:
    """Who is asked, so many days later."""
    return make.later(make.someone(offer.person, coalition=offer.party.coalition), days)


def offer_page(offer: MandateOffer) -> str:
    return page_url(offer.party.coalition, "mandate_offer", offer_id=offer.id)


def test_who_was_only_asked_acts_for_their_own_partner_unhindered(world: make.World) -> None:
    offer = asked(party_of(world.municipality), make.account_of(world.resident))
    resident = make.actor(party_of(world.resident))
    assert not resident.barred
    signing = make.grant(
        party_of(world.municipality),
        make.user(),
        actor=world.municipality,
        may=["sign"],
        ground="administrative_mandate",
    )[-1]
    services.confirm_mandate(signing, actor=resident)
    services.decline_mandate(offer, actor=by(offer))
    assert not make.actor(party_of(world.resident)).barred
    assert not Mandate.objects.filter(party=offer.party, person=offer.person).exists()


def test_who_acts_for_nobody_and_was_asked_by_government_joins_for_society(
    world: make.World,
) -> None:
    person = make.user()
    asked(party_of(world.municipality), person)
    invitation = services.invite(
        world.coalition, actor=world.resident, wording=Invitation(addressee="Bewoners")
    )
    joining = make.someone(person, coalition=world.coalition)
    party = services.accept(invitation, make.organisation(), make.taking_part(), actor=joining)
    assert not make.actor(party).barred


def test_asking_says_nothing_of_whom_an_address_acts_for(
    world: make.World, sign_in: SignIn
) -> None:
    def reads(asker: Actor, other: User) -> str:
        page = page_url(world.coalition, "mandates", party_id=asker.party)
        data = {"email": other.email, "may": ["take_part"]}
        answer = sign_in(asker).post(page, data, follow=True)
        assert answer.status_code == 200
        return readable(answer.content).replace(other.email, "")

    newcomer = make.user()
    for asker, other in (
        (world.municipality, world.resident),
        (world.shopkeeper, world.municipality),
    ):
        about_somebody = reads(asker, make.account_of(other))
        MandateOffer.objects.all().delete()
        about_nobody = reads(asker, newcomer)
        MandateOffer.objects.all().delete()
        assert "Gevraagd per e-mail" in about_nobody
        without_ids = [
            [word for word in text.split() if "/terugnemen/" not in word and "value=" not in word]
            for text in (about_somebody, about_nobody)
        ]
        assert without_ids[0] == without_ids[1]


def test_who_acts_for_the_other_side_hears_so_themselves_and_can_say_no(
    world: make.World, sign_in: SignIn
) -> None:
    for asker, other, why in (
        (world.municipality, world.resident, "Stop daar eerst"),
        (world.shopkeeper, world.municipality, "wacht 90 dagen"),
    ):
        offer = asked(party_of(asker), make.account_of(other))
        browser = sign_in(other)
        assert why in readable(browser.get(offer_page(offer)).content)
        with pytest.raises(ValidationError, match=why):
            services.accept_mandate(offer, actor=by(offer))
        no = page_url(world.coalition, "decline_mandate", offer_id=offer.id)
        assert "Je zei nee" in readable(browser.post(no, follow=True).content)
        people = page_url(world.coalition, "mandates", party_id=asker.party)
        page_text = readable(sign_in(asker).get(people).content)
        assert "Nam het niet op zich" in page_text
        assert why not in page_text


def test_a_yes_to_what_was_shown_gives_what_was_asked_once(world: make.World) -> None:
    offer = asked(party_of(world.shopkeeper), make.user())
    with pytest.raises(Changed):
        services.accept_mandate(offer, actor=by(offer), shown="Iets anders")
    given = services.accept_mandate(offer, actor=by(offer), shown=offer.shown_text)
    assert [mandate.sort for mandate in given] == ["take_part", "decide"]
    assert {mandate.granted_by_id for mandate in given} == {world.shopkeeper.person}
    assert not services.accept_mandate(offer, actor=by(offer))
    entries = Entry.objects.filter(event="coalition.mandate_granted", person=offer.person_id)
    assert entries.count() == 2
    assert {entry.party for entry in entries} == {offer.party_id}
    with pytest.raises(ValidationError, match="Je zei ja"):
        services.decline_mandate(offer, actor=by(offer))


def test_who_acts_for_the_partner_gets_more_at_once(world: make.World) -> None:
    party, colleague = party_of(world.resident), make.user()
    make.grant(party, colleague, actor=world.resident, may=[])
    assert services.grant(party, colleague, actor=world.resident, may=["decide"])


def test_only_who_is_asked_answers(world: make.World, sign_in: SignIn) -> None:
    offer = asked(party_of(world.shopkeeper), make.user())
    with pytest.raises(Refused):
        services.accept_mandate(offer, actor=world.resident)
    assert sign_in(world.shopkeeper).get(offer_page(offer)).status_code == 404


def test_a_question_lapses_and_can_be_asked_again(world: make.World) -> None:
    offer = asked(party_of(world.shopkeeper), make.user())
    assert offer.person
    with pytest.raises(ValidationError, match="al gevraagd"):
        asked(offer.party, offer.person)
    with pytest.raises(ValidationError, match="verlopen"):
        services.accept_mandate(offer, actor=by(offer, days=30))
    MandateOffer.objects.update(expires_at=clock.now())
    again = asked(offer.party, offer.person)
    services.take_back_offer(again, actor=world.shopkeeper)
    with pytest.raises(ValidationError, match="teruggenomen"):
        services.accept_mandate(again, actor=by(again))
    assert services.accept_mandate(asked(offer.party, offer.person), actor=by(offer))


def test_what_somebody_asked_ends_with_their_own_right_to_ask(world: make.World) -> None:
    party, leaving = party_of(world.shopkeeper), make.user()
    [mandate] = make.grant(party, leaving, actor=world.shopkeeper, may=[], may_grant=True)
    person = make.user()
    services.grant(party, person, actor=acting_for(leaving.id, party, now=clock.now()), may=[])
    services.end_mandate(mandate, actor=world.shopkeeper)
    offer = MandateOffer.objects.get(person=person)
    with pytest.raises(ValidationError, match="teruggenomen"):
        services.accept_mandate(offer, actor=by(offer))


def test_the_question_comes_by_mail_and_is_answered_on_its_page(
    world: make.World, sign_in: SignIn
) -> None:
    party, person = party_of(world.resident), make.user()
    offer = asked(party, person, may_grant=True)
    mail.outbox.clear()
    send_mandate_offer(str(offer.id))
    [message] = mail.outbox
    assert message.to == [person.email]
    for words in (
        make.account_of(world.resident).email,
        party.name,
        "- besluiten",
        "gebeurt er niets",
    ):
        assert words in message.body
    assert offer_page(offer) in message.body
    browser = sign_in(make.someone(person))
    assert offer_page(offer) in readable(browser.get("/mijn-werk/").content)
    assert browser.post(offer_page(offer)).status_code == 409
    welcome = browser.post(offer_page(offer), shown(offer), follow=True)
    assert "Je doet nu mee namens" in readable(welcome.content)
    assert browser.post(offer_page(offer), shown(offer)).status_code == 302
    assert offer_page(offer) not in readable(browser.get("/mijn-werk/").content)
    mail.outbox.clear()
    send_mandate_offer(str(offer.id))
    assert not mail.outbox


def test_who_acted_last_asks_somebody_else_while_the_partner_sleeps(
    world: make.World, sign_in: SignIn
) -> None:
    party, first, second = party_of(world.shopkeeper), make.user(), make.user()
    page = page_url(world.coalition, "ask_successor", party_id=party.id)
    last = sign_in(world.shopkeeper)
    assert last.get(page).status_code == 403
    make.asleep(party)
    party_page = page_url(world.coalition, "party", party_id=party.id)
    assert page in readable(last.get(party_page).content)
    assert page not in readable(sign_in(world.resident).get(party_page).content)
    assert sign_in(world.resident).get(page).status_code == 403
    for person in (first, second):
        assert last.get(page).status_code == 200
        assert last.post(page, {"email": person.email}).status_code == 302
    with pytest.raises(ValidationError, match="teruggenomen"):
        make.say_yes(first, party)
    make.say_yes(second, party)
    assert make.actor(party).person == second.id
    assert last.get(page).status_code == 403
