"""The pages of covenants, as people use them."""

import dataclasses
import datetime as dt
import html
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.html import one_line, page_html, shown
from tests.sweeps import browser
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.services import pledges, signing
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.commitments.tests.pages import COVENANT_FIELDS, address, mailed_code
from wijkverbond.kernel.actor import Actor
from wijkverbond.register import queries as register
from wijkverbond.register import verify

pytestmark = pytest.mark.django_db


def test_without_a_covenant_the_page_says_how_one_begins(client: Client, world: make.World) -> None:
    assert "Er is nog geen convenant" in page_html(client, address(world, "index"))
    assert "Nog geen belofte" in page_html(client, address(world, "pledges"))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"pledges": []}, "Kies wat past."),
        ({"pledges": ["x"]}, "pledges"),
        ({"ends": "2027-01-01"}, 'id="id_ends_error">Kies een einde na het begin.'),
        ({"starts": "2020-01-01", "ends": "2023-01-01"}, 'id="id_ends_error">Kies een dag die nog'),
        ({"ends": "9999-12-31"}, "hooguit dertig jaar"),
        ({"rules": "\0"}, "rules"),
        ({"title": "x" * 121}, "één teken korter"),
    ],
)
def test_a_mistake_in_a_covenant_keeps_what_was_typed(
    world: make.World, wrong: dict[str, Any], message: str
) -> None:
    make_commitments.vision(world)
    form_data = {
        **COVENANT_FIELDS,
        "pledges": [str(make_commitments.pledge(world).id)],
        "preamble": "Samen sterk.",
    }
    response = browser(world.resident).post(address(world, "start"), form_data | wrong)
    page = one_line(response.content)
    assert response.status_code == 422
    assert message in page
    assert "Samen sterk." in page
    assert not Covenant.objects.exists()


def test_the_browser_validates_a_form_with_days(world: make.World) -> None:
    shop = browser(world.shopkeeper)
    assert "novalidate" not in page_html(shop, address(world, "write_pledge"))
    assert "novalidate" in page_html(
        shop, address(world, "decline", make_commitments.opened(world))
    )


def test_a_new_draft_is_shown_with_its_text_to_whoever_reads_it(world: make.World) -> None:
    make_commitments.vision(world)
    form_data = {
        **COVENANT_FIELDS,
        "pledges": [str(make_commitments.pledge(world).id)],
        "preamble": "Samen sterk.",
    }
    response = browser(world.resident).post(address(world, "start"), form_data)
    draft = Covenant.objects.get()
    assert response.headers["Location"] == address(world, "covenant", draft)
    page = page_html(Client(), address(world, "covenant", draft))
    assert "Samen sterk." in page
    assert draft.rules in page


def test_without_a_vision_the_form_says_what_comes_first(world: make.World) -> None:
    form_data = {**COVENANT_FIELDS, "pledges": [str(make_commitments.pledge(world).id)]}
    response = browser(world.resident).post(address(world, "start"), form_data)
    assert response.status_code == 422
    assert "Neem eerst samen een visie aan" in response.content.decode()


def test_a_draft_is_readable_with_its_warnings(client: Client) -> None:
    coalition = make.coalition("residents_group")
    world = make.World(coalition, *[make.first_actor(coalition)] * 8)
    make_commitments.draft(world, ends=dt.date(2027, 12, 31))
    page = page_html(client, address(world, "index"))
    assert "Dit is een ontwerp" in page
    assert "korter dan twee jaar" in page
    assert "Nog niet compleet" in page


def test_a_frozen_text_is_not_changed_and_says_why(world: make.World) -> None:
    covenant = make_commitments.opened(world)
    form_data = {**COVENANT_FIELDS, "pledges": [str(covenant.pledges.get().id)]}
    response = browser(world.corporation).post(address(world, "rewrite", covenant), form_data)
    assert response.status_code == 403
    assert "Deze tekst staat vast." in response.content.decode()
    covenant.refresh_from_db()
    assert covenant.title == "Convenant voor de wijk"


def test_a_sign_that_no_font_has_keeps_nobody_from_signing(world: make.World) -> None:
    covenant = make_commitments.draft(world, preamble="Voor de 🌳.")
    visitor = browser(world.corporation)
    last_day = {"sign_until": str(world.corporation.today + dt.timedelta(weeks=2))}
    response = visitor.post(address(world, "open", covenant), last_day, follow=True)
    assert "De precieze tekst" in response.content.decode()
    covenant.refresh_from_db()
    assert covenant.state == "signing"


def test_signing_takes_a_tick_and_the_mailed_code(client: Client, world: make.World) -> None:
    covenant = make_commitments.opened(world)
    visitor = browser(world.resident)
    assert "Lees eerst" in visitor.post(address(world, "sign", covenant)).content.decode()
    response = visitor.post(address(world, "sign", covenant), {"read": "on"})
    assert response["Location"] == address(world, "sign_code", covenant)
    assert "Convenant voor de wijk" in str(mail.outbox[-1].body)
    response = visitor.post(
        address(world, "sign_code", covenant), {"code": "1234 5678", **shown(covenant)}
    )
    assert response.status_code == 422
    assert 'value="1234 5678"' in response.content.decode()
    code = {"code": mailed_code(), **shown(covenant)}
    assert visitor.post(address(world, "sign_code", covenant), code).status_code == 302
    assert "1 van 4 getekend" in page_html(client, address(world, "covenant", covenant))
    response = visitor.post(address(world, "sign_code", covenant), code)
    assert response.status_code == 422
    assert covenant.signatures.count() == 1


def test_who_signs_gets_a_head_by_mail_and_the_one_that_covers_the_signature_on_the_page(
    client: Client, world: make.World
) -> None:
    covenant = make_commitments.opened(world)
    before = register.last_head(world.coalition.id)
    page = signed_on_the_page(world, covenant, world.resident)
    assert [head.text for head in verify.heads_in(str(mail.outbox[-1].body))] == [before]
    covers = register.last_head(world.coalition.id)
    assert covers != before
    make_commitments.sign(covenant, world.shopkeeper)
    for read in (page, page_html(browser(world.resident), address(world, "covenant", covenant))):
        assert covers.strip() in html.unescape(read).replace("<br>", "\n")
    assert "Het zegel na jullie handtekening" not in page_html(
        client, address(world, "covenant", covenant)
    )


@pytest.mark.parametrize("typed", ["", "\0", "x" * 5000, "١٢٣٤ ٥٦٧٨", "' OR 1=1 --"])
def test_a_hostile_code_signs_nothing(world: make.World, typed: str) -> None:
    covenant = make_commitments.opened(world)
    visitor = browser(world.resident)
    visitor.post(address(world, "sign", covenant), {"read": "on"})
    code = {"code": typed, **shown(covenant)}
    assert visitor.post(address(world, "sign_code", covenant), code).status_code == 422
    assert not covenant.signatures.exists()


def test_a_refusal_is_shown_with_its_reason(client: Client, world: make.World) -> None:
    covenant = make_commitments.opened(world)
    visitor = browser(world.shopkeeper)
    assert (
        visitor.post(
            address(world, "decline", covenant), {"reason": "", **shown(covenant)}
        ).status_code
        == 422
    )
    visitor.post(
        address(world, "decline", covenant), {"reason": "<b>Te duur</b>", **shown(covenant)}
    )
    page = page_html(client, address(world, "covenant", covenant))
    assert "&lt;b&gt;Te duur&lt;/b&gt;" in page
    assert "<b>Te duur</b>" not in page


def test_a_joint_signer_reads_that_a_second_signature_is_needed(world: make.World) -> None:
    covenant = make_commitments.opened(world)
    pages_after_signing = [
        signed_on_the_page(
            world, covenant, make_commitments.colleague(world.corporation, jointly=True)
        )
        for _ in range(2)
    ]
    assert "een tweede persoon tekent nog" in pages_after_signing[0]
    assert "Het staat in het register" not in pages_after_signing[0]
    assert "Het staat in het register" in pages_after_signing[1]


def signed_on_the_page(world: make.World, covenant: Covenant, actor: Actor) -> str:
    """What somebody reads who just signed with the mailed code."""
    visitor = browser(actor)
    visitor.post(address(world, "sign", covenant), {"read": "on"})
    form_data = {"code": mailed_code(), **shown(covenant)}
    response = visitor.post(address(world, "sign_code", covenant), form_data, follow=True)
    return response.content.decode()


def test_paid_partners_who_still_sign_are_named_and_volunteers_counted(
    client: Client, world: make.World
) -> None:
    covenant = make_commitments.opened(world)
    waiting = page_html(client, address(world, "covenant", covenant)).split("Nog niet getekend:")[1]
    named_parties, counted_volunteers = waiting.split("Alleen iemand met een mandaat")[0].split(
        "</p>", 1
    )
    assert party_of(world.corporation).name in named_parties
    assert party_of(world.resident).name not in named_parties
    assert "1 groep vrijwilligers kan nog tekenen." in counted_volunteers


def test_a_pledge_that_changes_later_is_read_in_the_covenant_as_it_was_signed(
    client: Client, world: make.World
) -> None:
    covenant = make_commitments.opened(world)
    pledge = covenant.pledges.get()
    for number, more in enumerate(("Vijf avonden open", "Zes avonden open"), start=1):
        later = dataclasses.replace(
            world.corporation, now=world.corporation.now + dt.timedelta(days=number)
        )
        pledges.change(
            pledge, actor=later, goals=list(pledge.goals.all()), reason="Meer vraag.",
            wording=make.changed(make_commitments.WORDING, what=more),
        )  # fmt: skip
    page = page_html(client, address(world, "covenant", covenant))
    assert make_commitments.WORDING.what in page
    assert "avonden open" not in page
    assert "de belofte is later gewijzigd" in page
    now = page_html(client, address(world, "pledges"))
    assert "Zes avonden open" in now
    assert "later gewijzigd" not in now


def test_other_versions_can_be_found(client: Client, world: make.World) -> None:
    first = make_commitments.in_force(world)
    second = make_commitments.in_force(world, pledges=[make_commitments.pledge(world)])
    assert address(world, "covenant", first) in page_html(
        client, address(world, "covenant", second)
    )


@pytest.mark.parametrize("name", ["covenant", "document", "sign", "yearly_check"])
def test_records_of_another_coalition_are_not_found(world: make.World, name: str) -> None:
    elsewhere = make.world()
    url = reverse(
        f"commitments:{name}", args=[elsewhere.coalition.slug, make_commitments.in_force(world).id]
    )
    assert browser(elsewhere.resident).get(url).status_code == 404


def test_a_draft_has_no_pdf(client: Client, world: make.World) -> None:
    url = address(world, "document", make_commitments.draft(world))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("due", ["", "0000-00-00", "9999-12-31", "\0", "2028-01-01"])
def test_a_yearly_check_on_a_wrong_day_is_refused_at_the_field(world: make.World, due: str) -> None:
    covenant = make_commitments.in_force(world)
    response = browser(world.resident).post(
        address(world, "yearly_check", covenant), {"due": due, "conclusion": "Het ging goed."}
    )
    assert response.status_code == 422
    assert not covenant.checks.exists()


def add_records(world: make.World) -> None:
    """One more pledge of every sort, and one more covenant with signatures and a refusal."""
    pledge = make_commitments.pledge(world, by=make.actor(make.party(world.coalition, "school")))
    taken_back = make_commitments.pledge(world)
    pledges.withdraw(taken_back, actor=world.corporation, reason="Toch niet.")
    covenant = make_commitments.opened(world, pledges=[pledge, make_commitments.pledge(world)])
    signing.decline(covenant, actor=world.municipality, reason="Te duur.")
    for actor in world.parties[:3]:
        make_commitments.sign(covenant, actor)


@pytest.mark.parametrize(("name", "queries"), [("index", 12), ("pledges", 4)])
def test_the_lists_take_as_many_queries_for_many_records_as_for_one(
    client: Client,
    world: make.World,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    queries: int,
) -> None:
    add_records(world)
    client.get(address(world, name))
    with django_assert_num_queries(queries):
        client.get(address(world, name))
    for _ in range(3):
        add_records(world)
    with django_assert_num_queries(queries):
        client.get(address(world, name))
