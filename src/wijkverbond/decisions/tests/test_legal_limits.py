"""Government puts forward a legal limit with its ground; it never blocks a proposal."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import make
from tests.sweeps import browser
from wijkverbond.decisions import services
from wijkverbond.decisions.models import Decision, LegalLimit, Position
from wijkverbond.decisions.services import legal_limits
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db

LIMIT = {"limit": "De straat blijft open voor hulpdiensten.", "law": "Wegenwet, artikel 16"}


@pytest.fixture
def decision(world: make.World) -> Decision:
    return make.decision(world.coalition, by=world.corporation)


def address(decision: Decision, name: str) -> str:
    return reverse(f"decisions:{name}", args=[decision.coalition.slug, decision.id])


def test_a_limit_stands_on_the_page_with_its_ground(
    client: Client, world: make.World, decision: Decision
) -> None:
    sent = browser(world.municipality).post(address(decision, "limit"), LIMIT)
    assert sent.status_code == 302
    page_html = client.get(address(decision, "page")).content.decode()
    assert LIMIT["limit"] in page_html
    assert LIMIT["law"] in page_html
    entry = Entry.objects.get(event="decisions.legal_limit_put_forward")
    assert entry.facts["decision"] == str(decision.id)
    assert entry.facts["party"] == str(world.municipality.party)


@pytest.mark.parametrize("law", ["", "  ", "x" * 301])
def test_a_limit_without_a_ground_is_refused_and_keeps_what_was_typed(
    world: make.World, decision: Decision, law: str
) -> None:
    sent = browser(world.municipality).post(address(decision, "limit"), LIMIT | {"law": law})
    assert sent.status_code == 422
    assert LIMIT["limit"] in sent.content.decode()
    with pytest.raises(ValidationError) as refused:
        legal_limits.put_forward(
            decision, actor=world.municipality, wording=LegalLimit(limit=LIMIT["limit"], law=law)
        )
    assert set(refused.value.message_dict) == {"law"}


def test_only_government_puts_forward_a_limit(world: make.World, decision: Decision) -> None:
    with pytest.raises(Refused):
        legal_limits.put_forward(decision, actor=world.resident, wording=LegalLimit(**LIMIT))


def test_a_limit_blocks_nothing(world: make.World, decision: Decision) -> None:
    legal_limits.put_forward(decision, actor=world.municipality, wording=LegalLimit(**LIMIT))
    for actor in (world.resident, world.shopkeeper, world.corporation):
        services.take_position(decision, actor=actor, wording=Position(stance="consent"))
    assert services.close(decision, actor=world.corporation).state == "carried"
    with pytest.raises(Refused):
        legal_limits.put_forward(decision, actor=world.municipality, wording=LegalLimit(**LIMIT))
