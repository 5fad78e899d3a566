"""The last day to sign: a silent partner holds up nothing, and who did not sign is named."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.html import page_html
from tests.mails import send_queued
from tests.sweeps import browser
from tests.two_hats import two_hats
from wijkverbond.coalition.models import Mandate, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.services import covenants, pledges, signing
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.commitments.tests.pages import address
from wijkverbond.kernel.actor import Actor, MandateType, system
from wijkverbond.kernel.policy import Refused
from wijkverbond.overview.my_tasks import my_tasks
from wijkverbond.urgency.services import conversations
from wijkverbond.vision.models import VisionVersion

pytestmark = pytest.mark.django_db

WEEKS = dt.timedelta(weeks=1)


@pytest.fixture
def covenant(world: make.World) -> Covenant:
    """Can be signed by all four, for six weeks."""
    return make_commitments.opened(world)


def passed(covenant: Covenant, days: int = 1) -> Covenant:
    """The covenant so many days after its last day to sign."""
    actor = make_commitments.after_last_day(covenant, days)
    return covenants.keep_time(covenant, actor=actor)


def page_of(world: make.World, covenant: Covenant, visitor: Client | None = None) -> str:
    return " ".join(page_html(visitor or Client(), address(world, "covenant", covenant)).split())


def test_opening_sets_a_last_day_six_weeks_on_unless_chosen(
    world: make.World, covenant: Covenant
) -> None:
    today = world.corporation.today
    assert covenant.sign_until == today + 6 * WEEKS
    (facts,) = make_commitments.recorded(covenant, "covenant_opened_for_signing")
    assert facts["sign_until"] == str(covenant.sign_until)
    draft = make_commitments.draft(world)
    form = page_html(browser(world.corporation), address(world, "open", draft))
    assert f'value="{today + 6 * WEEKS}"' in form
    chosen = {"sign_until": str(today + 3 * WEEKS)}
    browser(world.corporation).post(address(world, "open", draft), chosen)
    draft.refresh_from_db()
    assert (draft.state, draft.sign_until) == ("signing", today + 3 * WEEKS)


@pytest.mark.parametrize("days", [-1, 13, 183, 40000])
def test_a_last_day_leaves_time_and_has_an_end(world: make.World, days: int) -> None:
    draft = make_commitments.draft(world)
    day = world.corporation.today + dt.timedelta(days=days)
    response = browser(world.corporation).post(
        address(world, "open", draft), {"sign_until": str(day)}
    )
    assert response.status_code == 422
    assert "id_sign_until_error" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_it_comes_into_force_without_the_kind_that_was_silent(
    world: make.World, covenant: Covenant
) -> None:
    make_commitments.sign(covenant, world.resident)
    make_commitments.sign(covenant, world.corporation)
    assert passed(covenant, 0).state == "signing"
    covenant = passed(covenant)
    assert (covenant.state, covenant.without) == ("in_force", ["entrepreneurs"])
    (facts,) = make_commitments.recorded(covenant, "covenant_in_force")
    assert (facts["without"], facts["signed"], facts["asked"]) == (["entrepreneurs"], 2, 4)
    page = page_of(world, covenant)
    assert "Zonder ondernemers" in page
    assert f"Niet getekend: {party_of(world.shopkeeper).name}" in page
    home = page_html(Client(), reverse("overview:home", args=[world.coalition.slug]))
    assert home.count("onder ondernemers") == 2
    covenant = make_commitments.sign(covenant, world.shopkeeper)
    assert "3 van 4 getekend" in page_of(world, covenant)
    assert covenant.without == ["entrepreneurs"]


def test_a_group_of_volunteers_that_did_not_sign_is_counted_and_not_named(
    world: make.World, covenant: Covenant
) -> None:
    question = make.conversation(world.coalition)
    conversations.close(question, actor=system(question.closes_at))
    for actor in (world.shopkeeper, world.corporation, world.municipality):
        make_commitments.sign(covenant, actor)
    page = page_of(world, passed(covenant))
    assert "1 groep vrijwilligers tekende niet" in page
    assert "Niet getekend:" not in page


def test_without_residents_only_once_the_neighbourhood_was_asked(
    world: make.World, covenant: Covenant
) -> None:
    make_commitments.sign(covenant, world.shopkeeper)
    make_commitments.sign(covenant, world.corporation)
    covenant = passed(covenant)
    assert covenant.state == "unsigned"
    assert "een vraag aan de wijk" in page_of(world, covenant)


def test_too_few_signatures_end_the_signing_and_the_page_says_why_kind_by_kind(
    world: make.World, covenant: Covenant
) -> None:
    make_commitments.sign(covenant, world.resident)
    make_commitments.sign(covenant, world.corporation)
    signing.decline(covenant, actor=world.shopkeeper, reason="Te duur.")
    assert passed(covenant, 0).state == "signing"
    assert "Iedereen gaf antwoord, en te weinig tekenden." in page_of(world, covenant)
    covenant = passed(covenant)
    assert covenant.state == "unsigned"
    assert passed(covenant, 2).state == "unsigned"
    (facts,) = make_commitments.recorded(covenant, "signing_ended")
    assert facts["declined_per_kind"]["entrepreneurs"] == 1
    assert facts["signed_per_kind"]["residents"] == 1
    Party.objects.filter(id=party_of(world.resident).id).update(left_at=world.resident.now)
    page = page_of(world, covenant)
    assert "0 van 1 getekend, 1 nodig. Te weinig tekenden." in page
    assert page.count("1 van 1 getekend, 1 nodig.") == 2
    assert covenant.pledges.get().state == "offered"
    with pytest.raises(Refused, match="opnieuw open"):
        make_commitments.sign(covenant, world.shopkeeper)


def test_three_quarters_of_a_kind_are_enough(world: make.World) -> None:
    schools = [make.actor(make.party(world.coalition, "school")) for _ in range(4)]
    covenant = make_commitments.opened(world)
    for actor in (world.resident, world.corporation, *schools[:1]):
        make_commitments.sign(covenant, actor)
    assert passed(covenant).state == "unsigned"
    again = covenants.reopen(covenant, actor=world.resident)
    make_commitments.sign(again, schools[1])
    assert passed(again).state == "in_force"


def test_it_is_opened_again_with_the_same_text_and_signatures(
    world: make.World, covenant: Covenant
) -> None:
    make_commitments.sign(covenant, world.resident)
    digest = covenant.digest
    passed(covenant)
    newcomer = make.actor(make.party(world.coalition, "school"))
    visitor = browser(world.shopkeeper)
    assert address(world, "reopen", covenant) in page_of(world, covenant, visitor)
    day = world.shopkeeper.today + 4 * WEEKS
    visitor.post(address(world, "reopen", covenant), {"sign_until": str(day)})
    covenant.refresh_from_db()
    assert (covenant.state, covenant.sign_until) == ("signing", day)
    assert covenant.digest == digest
    assert covenant.pledges.get().state == "in_covenant"
    (facts,) = make_commitments.recorded(covenant, "signing_reopened")
    assert (facts["document"], facts["sign_until"]) == (digest, str(day))
    for actor in (world.shopkeeper, world.corporation):
        make_commitments.sign(covenant, actor)
    assert make_commitments.sign(covenant, newcomer).state == "in_force"
    assert len(make_commitments.recorded(covenant, "covenant_opened_for_signing")) == 1


def test_what_changed_since_is_not_opened_again(world: make.World) -> None:
    covenant = make_commitments.unsigned(world)
    pledges.withdraw(covenant.pledges.get(), actor=world.corporation, reason="Toch niet.")
    with pytest.raises(ValidationError, match="nieuwe versie"):
        covenants.reopen(covenant, actor=world.resident)
    assert covenant.pledges.get().state == "withdrawn"


def test_an_old_vision_is_not_opened_again(world: make.World) -> None:
    covenant = make_commitments.unsigned(world)
    VisionVersion.objects.update(state=VisionVersion.State.REPLACED)
    with pytest.raises(ValidationError, match="nieuwe versie"):
        covenants.reopen(covenant, actor=world.resident)


def test_who_may_sign_and_did_not_is_reminded_at_half_time_and_three_days_before(
    world: make.World, covenant: Covenant
) -> None:
    make_commitments.sign(covenant, world.resident)
    signing.decline(covenant, actor=world.corporation, reason="Nee.")
    make.grant(
        party_of(world.shopkeeper), make.user(), actor=world.shopkeeper, may=[MandateType.DECIDE]
    )
    reminders = ProcrastinateJob.objects.filter(args__template="commitments/mail/reminder.txt")
    mailed: dict[int, set[str]] = {}
    for day in (20, 21, 22, 38, 39, 40, 42):
        actor = make_commitments.clock_on(world.corporation.today + dt.timedelta(days=day))
        covenants.keep_time(covenant, actor=actor)
        mailed[day] = {job.args["person"] for job in reminders.all()}
        reminders.all().delete()
    waiting = {str(world.shopkeeper.person), str(world.municipality.person)}
    assert {day for day, people in mailed.items() if people} == {21, 39}
    assert mailed[21] == mailed[39] == waiting


def mailed(template: str) -> set[str]:
    """Who gets this mail about signing; it is taken out of the queue."""
    jobs = ProcrastinateJob.objects.filter(args__template=f"commitments/mail/{template}.txt")
    people = {job.args["person"] for job in jobs}
    jobs.delete()
    return people


def test_who_is_asked_to_sign_hears_when_it_begins_ends_and_begins_again(
    world: make.World,
) -> None:
    make.grant(
        party_of(world.shopkeeper), make.user(), actor=world.shopkeeper, may=[MandateType.DECIDE]
    )
    everyone = {str(actor.person) for actor in world.parties}
    covenant = make_commitments.opened(world)
    assert mailed("opened") == everyone
    make_commitments.sign(covenant, world.resident)
    covenant = passed(covenant)
    assert mailed("ended") == everyone
    covenants.reopen(covenant, actor=world.resident)
    assert mailed("reopened") == everyone
    for actor in (world.shopkeeper, world.corporation, world.municipality):
        make_commitments.sign(covenant, actor)
    assert mailed("in_force") == everyone
    assert not mailed("ended")


def test_the_mails_about_signing_say_why_and_without_whom_with_a_seal(
    world: make.World, covenant: Covenant
) -> None:
    make_commitments.sign(covenant, world.corporation)
    passed(covenant)
    body = send_queued("commitments/mail/ended.txt")[0].body
    assert "Bewoners: 0 van 1 getekend, 1 nodig. Nog niemand gaf antwoord." in body
    assert address(world, "covenant", covenant) in body
    assert "zegel" in body
    covenants.reopen(covenant, actor=world.resident)
    make_commitments.sign(covenant, world.resident)
    covenant.refresh_from_db()
    passed(covenant)
    assert "zonder ondernemers" in send_queued("commitments/mail/in_force.txt")[0].body


def test_a_person_answers_a_covenant_for_one_partner(world: make.World, covenant: Covenant) -> None:
    for_shop, for_corporation = both_sign(world)
    page = page_of(world, covenant, browser(for_corporation))
    assert "Teken namens je organisatie" in page
    assert asked_to_sign(for_corporation) == 2
    signing.decline(covenant, actor=for_shop, reason="Nog niet.")
    with pytest.raises(Refused, match="iemand anders"):
        make_commitments.sign(covenant, for_corporation)
    make_commitments.sign(covenant, for_shop)
    with pytest.raises(Refused, match="iemand anders"):
        signing.decline(covenant, actor=for_corporation, reason="Nee.")
    page = page_of(world, covenant, browser(for_corporation))
    assert "Teken namens je organisatie" not in page
    assert "Nu doet iemand anders het" in page
    assert f"Handelt hier ook namens {party_of(for_corporation).name}" in page
    assert asked_to_sign(for_corporation) == 0
    make_commitments.sign(covenant, world.corporation)
    other = make_commitments.opened(world, pledges=[make_commitments.pledge(world)])
    make_commitments.sign(other, for_corporation)


def both_sign(world: make.World) -> tuple[Actor, Actor]:
    """The shopkeepers' person, who may sign for the housing corporation too: as each of the two."""
    shop, party = world.shopkeeper, party_of(world.corporation)
    Mandate.objects.create(
        party=party, person=make.account_of(shop), sort=MandateType.SIGN, since=shop.now,
        confirmed_at=shop.now, ground="statutes",
    )  # fmt: skip
    return two_hats(shop, world.corporation)


def asked_to_sign(actor: Actor) -> int:
    assert actor.person
    return sum("Teken:" in task.title for task in my_tasks(actor.person, actor.now).tasks)


def test_a_signature_of_an_unconfirmed_partner_stands_outside_the_count(world: make.World) -> None:
    shop = Party.objects.filter(id=party_of(world.shopkeeper).id)
    shop.update(confirmed_at=None)
    covenant = make_commitments.opened(world)
    make_commitments.sign(covenant, world.shopkeeper)
    (facts,) = make_commitments.recorded(covenant, "signed")
    assert (facts["signed"], facts["asked"], facts["confirmed"]) == (0, 3, "no")
    page = page_of(world, covenant)
    assert "0 van 3 getekend" in page
    assert "Nog niet bevestigd, telt nog niet mee" in page
    make_commitments.sign(covenant, world.resident)
    covenant = make_commitments.sign(covenant, world.corporation)
    assert (covenant.state, covenant.without) == ("in_force", ["entrepreneurs"])
    shop.update(confirmed_at=world.shopkeeper.now)
    assert "3 van 4 getekend" in page_of(world, covenant)
