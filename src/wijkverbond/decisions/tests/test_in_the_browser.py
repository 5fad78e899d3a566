"""The page of a proposal in a real browser, in the states in which a kind of partner is missing."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests import make
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services
from wijkverbond.decisions.models import Decision
from wijkverbond.decisions.tasks import ask_newcomers
from wijkverbond.decisions.tests import make as make_decisions
from wijkverbond.kernel.actor import system

pytestmark = pytest.mark.django_db(transaction=True)


def visit(page: Page, decision: Decision, for_everyone: Callable[[Page], None]) -> None:
    page.goto(reverse("decisions:page", args=[decision.coalition.slug, decision.id]))
    for_everyone(page)


def test_a_round_without_a_kind_is_for_everyone(
    page: Page, for_everyone: Callable[[Page], None]
) -> None:
    world = make.world()
    carried = make_decisions.carried_without_the_shopkeepers(world)
    ask_newcomers(0)
    visit(page, carried, for_everyone)
    Party.objects.filter(id=party_of(world.corporation).id).update(confirmed_at=None)
    extended = make.decision(world.coalition)
    make.position(extended, by=world.resident)
    extended = services.close(extended, actor=system(extended.closes_at))
    visit(page, extended, for_everyone)
    visit(page, services.close(extended, actor=system(extended.closes_at)), for_everyone)
