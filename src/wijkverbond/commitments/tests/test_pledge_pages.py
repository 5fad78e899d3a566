"""The pages of pledges, as people use them."""

from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.html import one_line, page_html
from tests.sweeps import browser
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.commitments.tests.pages import PLEDGE_FIELDS, address, pledge_fields

pytestmark = pytest.mark.django_db


def test_a_pledge_says_with_whom_it_is_kept(client: Client, world: make.World) -> None:
    own = browser(world.corporation)
    shop = party_of(world.shopkeeper)
    form_data = pledge_fields(world, with_parties=[str(shop.id)])
    assert own.post(address(world, "write_pledge"), form_data).status_code == 302
    pledge = Pledge.objects.get()
    own.post(address(world, "offer_pledge", pledge))
    assert "Met wie?" in page_html(client, address(world, "pledge", pledge))
    assert shop.name in page_html(client, address(world, "pledge", pledge))


def test_a_partner_of_another_coalition_cannot_be_chosen(world: make.World) -> None:
    wrong = pledge_fields(world, with_parties=[str(world.corporation.party), "x"])
    response = browser(world.corporation).post(address(world, "write_pledge"), wrong)
    assert response.status_code == 422
    assert PLEDGE_FIELDS["what"] in response.content.decode()


def test_a_draft_pledge_is_visible_to_its_own_partner_only(world: make.World) -> None:
    pledge = make_commitments.draft_pledge(world)
    own, other = browser(world.corporation), browser(world.resident)
    assert pledge.what in page_html(own, address(world, "pledges"))
    assert pledge.what in page_html(own, address(world, "pledge", pledge))
    assert pledge.what not in page_html(other, address(world, "pledges"))
    assert other.get(address(world, "pledge", pledge)).status_code == 404


def test_a_partner_writes_offers_changes_and_withdraws_a_pledge(
    client: Client, world: make.World
) -> None:
    own = browser(world.corporation)
    assert own.post(address(world, "write_pledge"), pledge_fields(world)).status_code == 302
    pledge = Pledge.objects.get()
    own.post(address(world, "offer_pledge", pledge))
    assert PLEDGE_FIELDS["what"] in page_html(client, address(world, "pledges"))
    changed_fields = pledge_fields(
        world, what="Elke dag is de zaal open", reason="Er is meer vraag."
    )
    assert own.post(address(world, "change_pledge", pledge), changed_fields).status_code == 302
    page = page_html(client, address(world, "pledge", pledge))
    assert f"<del>{PLEDGE_FIELDS['what']}</del>" in page
    assert "Er is meer vraag." in page
    own.post(address(world, "withdraw_pledge", pledge), {"reason": "De zaal gaat dicht."})
    assert "De zaal gaat dicht." in page_html(client, address(world, "pledge", pledge))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"measure": ""}, "Vul dit in."),
        ({"goals": []}, "Kies wat past."),
        ({"goals": ["0"]}, "0"),
        ({"ends": "2026-01-01"}, 'id="id_ends_error">Kies een einde na het begin.'),
        ({"starts": "2020-01-01", "ends": "2021-01-01"}, 'id="id_ends_error">Kies een dag die nog'),
        ({"quantity": "-5"}, 'id="id_quantity_error">Schrijf een getal boven de 0.'),
        ({"starts": "0001-01-01"}, "hooguit dertig jaar"),
        ({"ends": "9999-12-31"}, "hooguit dertig jaar"),
        ({"ends": "31-02-2028"}, "Schrijf een datum die bestaat"),
        ({"quantity": "1e400"}, "quantity"),
        ({"quantity": "9" * 30}, "quantity"),
        ({"quantity": "NaN"}, "quantity"),
        ({"effect": "holy"}, "holy"),
        ({"what": "x" * 201}, "één teken korter"),
        ({"unit": "\0"}, "unit"),
    ],
)
def test_a_mistake_in_a_pledge_keeps_what_was_typed(
    world: make.World, wrong: dict[str, Any], message: str
) -> None:
    visitor = browser(world.corporation)
    response = visitor.post(
        address(world, "write_pledge"), pledge_fields(world, unit="uur") | wrong
    )
    page = one_line(response.content)
    assert response.status_code == 422
    assert message in page
    assert (PLEDGE_FIELDS["measure"] in page) or wrong == {"measure": ""}
    assert not Pledge.objects.exists()
