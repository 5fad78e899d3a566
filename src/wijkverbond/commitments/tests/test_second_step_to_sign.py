"""The partners decide that who signs shows a second step: from then on, until they decide otherwise."""

import dataclasses

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import make
from tests.sweeps import browser
from wijkverbond.accounts.tests.make import add_steps
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions.models import Decision
from wijkverbond.decisions.services import coalition_proposals
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import SecondStepAsked

pytestmark = pytest.mark.django_db

WHY = {"reason": "Het gaat om veel geld."}


@pytest.fixture
def covenant(world: make.World) -> Covenant:
    """Open for signing, and signed by the shopkeepers with a code alone."""
    return make_commitments.sign(make_commitments.opened(world), world.shopkeeper)


def decide(world: make.World) -> Decision:
    """Propose on the page what is not so now, and carry it."""
    new = reverse("decisions:propose_second_step", args=[world.coalition.slug])
    assert browser(world.resident).post(new, WHY).status_code == 302
    decision = Decision.objects.latest("proposed_at")
    make.carry(decision, world)
    return decision


def events() -> list[str]:
    return [*Entry.objects.filter(event__contains="second_step").values_list("event", flat=True)]


def test_who_signs_shows_a_second_step_once_the_partners_decided_so(
    world: make.World, covenant: Covenant
) -> None:
    sign = reverse("commitments:sign", args=[world.coalition.slug, covenant.id])
    signer = browser(world.resident)
    assert signer.get(sign).status_code == 200
    decision = decide(world)
    assert "passkey of een code uit een app" in decision.proposal
    assert events() == ["coalition.second_step_demanded"]
    assert signer.get(sign).status_code == 403
    page = signer.get(reverse("commitments:covenant", args=[world.coalition.slug, covenant.id]))
    assert sign in page.content.decode()  # which leads to their second step
    rules = reverse("coalition:handover", args=[world.coalition.slug])
    assert "laat wie tekent naast de code" in signer.get(rules).content.decode()
    assert covenant.signatures.counting().count() == 1  # given before: it stays
    with pytest.raises(SecondStepAsked):
        make_commitments.sign(covenant, dataclasses.replace(world.resident, second_step=False))
    add_steps(make.account_of(world.resident))
    shown = dataclasses.replace(world.resident, second_step=True)
    assert browser(shown).get(sign).status_code == 200
    make_commitments.sign(covenant, shown)


def test_the_partners_end_it_again(world: make.World, covenant: Covenant) -> None:
    decide(world)
    decide(world)
    assert events() == ["coalition.second_step_demanded", "coalition.second_step_ended"]
    make_commitments.sign(covenant, dataclasses.replace(world.resident, second_step=False))


def test_the_same_is_not_proposed_twice(world: make.World) -> None:
    coalition_proposals.propose_second_step(world.coalition, actor=world.resident, **WHY)
    with pytest.raises(ValidationError):
        coalition_proposals.propose_second_step(world.coalition, actor=world.corporation, **WHY)
