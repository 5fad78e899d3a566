"""Texts and reasons have to be readable: characters that nobody sees are refused."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.actions.models import Initiative
from wijkverbond.actions.services import initiatives, requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.services import pledges
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.insights import services as insights
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.models import Entry
from wijkverbond.urgency import services as urgencies
from wijkverbond.vision import services as visions

T = TypeVar("T")
UNSEEN = " \u200b\u2060 "

ASKING: dict[str, Callable[[make.World], Callable[[], object]]] = {
    "leaving": lambda world: (
        lambda: coalitions.leave(party_of(world.shopkeeper), actor=world.shopkeeper, reason=UNSEEN)
    ),
    "disputing a breakthrough": lambda world: act_on_existing(
        make.breakthrough(world.coalition, by=world.corporation),
        lambda claimed: breakthroughs.confirm(
            claimed, actor=world.shopkeeper, confirms=False, remark=UNSEEN
        ),
    ),
    "answering a request": lambda world: act_on_existing(
        make.request(world),
        lambda asked: requests.answer(
            asked, actor=world.municipality, verdict="refused", text=UNSEEN, role="facilitate"
        ),
    ),
    "stopping an initiative": lambda world: act_on_existing(
        make_actions.initiative(world),
        lambda begun: initiatives.stop(begun, actor=world.resident, reason=UNSEEN),
    ),
    "dropping a goal": lambda world: act_on_existing(
        make.goal(world.coalition, by=world.resident),
        lambda goal: visions.propose_goal_change(goal, actor=world.resident, reason=UNSEEN),
    ),
    "setting a goal": lambda world: (
        lambda: make.goal(
            world.coalition,
            by=world.resident,
            wording=make.changed(make.GOAL, sentence=UNSEEN),
        )
    ),
    "proposing an urgency": lambda world: act_on_existing(
        list(make.conversation(world.coalition).statements.all()),
        lambda sentences: urgencies.propose_urgency(
            world.coalition, actor=world.resident, sentence=UNSEEN, statements=sentences
        ),
    ),
    "beginning something": lambda world: (
        lambda: initiatives.propose(
            world.coalition, actor=world.resident, wording=Initiative(title=UNSEEN)
        )
    ),
    "taking a promise back": lambda world: act_on_existing(
        make_commitments.pledge(world),
        lambda made: pledges.withdraw(made, actor=world.corporation, reason=UNSEEN),
    ),
    "taking an insight back": lambda world: act_on_existing(
        make_insights.insight(world.coalition, by=world.resident),
        lambda known: insights.withdraw_insight(known, actor=world.resident, reason=UNSEEN),
    ),
}


def act_on_existing(record: T, service: Callable[[T], object]) -> Callable[[], object]:
    """The service, to be called on a record that is there already."""
    return lambda: service(record)


@pytest.mark.parametrize("name", ASKING)
def test_invisible_text_is_refused(world: make.World, name: str) -> None:
    service = ASKING[name](world)
    before = Entry.objects.count()
    with pytest.raises(ValidationError, match=r"woord|Zeg|Schrijf"):
        service()
    assert Entry.objects.count() == before
