"""A covenant that holds without a kind is put to who comes later of that kind."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.html import page_html
from tests.sweeps import browser
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Covenant, LaterSigner
from wijkverbond.commitments.services import signing
from wijkverbond.commitments.tasks import ask_newcomers
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.commitments.tests.pages import address
from wijkverbond.overview.my_tasks import my_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def covenant(world: make.World) -> Covenant:
    """Holds without entrepreneurs; the shopkeepers, who came later, were asked."""
    covenant = make_commitments.in_force_without_the_shopkeepers(world)
    ask_newcomers(0)
    return covenant


def titles(world: make.World) -> list[str]:
    """What the shopkeepers are asked to do."""
    assert world.shopkeeper.person
    tasks = my_tasks(world.shopkeeper.person, make.later(world.shopkeeper, 2).now).tasks
    return [task.title for task in tasks]


def test_who_comes_later_is_asked_once_to_sign_and_mailed(
    world: make.World, covenant: Covenant
) -> None:
    ask_newcomers(1)
    asked = LaterSigner.objects.get()
    assert (asked.party_id, covenant.without) == (world.shopkeeper.party, ["entrepreneurs"])
    assert asked.answer_by == (asked.asked_at + dt.timedelta(days=30)).date()
    template = "commitments/mail/asked_afterwards.txt"
    [job] = ProcrastinateJob.objects.filter(args__template=template)
    assert job.args["person"] == str(world.shopkeeper.person)
    assert len(make_commitments.recorded(covenant, "asked_afterwards")) == 1
    page = page_html(browser(world.resident), address(world, "covenant", covenant))
    assert "Kwam later" in page
    assert f"Teken: {covenant.title}" in titles(world)


def test_who_signs_afterwards_stands_with_the_others(world: make.World, covenant: Covenant) -> None:
    make_commitments.sign(covenant, world.shopkeeper)
    assert not LaterSigner.objects.waiting()
    assert f"Teken: {covenant.title}" not in titles(world)
    assert party_of(world.shopkeeper) in covenant.asked.all()


def test_an_objection_of_who_came_later_opens_a_new_version(
    world: make.World, covenant: Covenant
) -> None:
    signing.decline(covenant, actor=world.shopkeeper, reason="De markt ontbreekt.")
    covenant.refresh_from_db()
    draft = world.coalition.covenants.get(state="draft")
    assert (covenant.state, draft.predecessor, draft.title) == (
        "in_force",
        covenant,
        covenant.title,
    )
    assert set(draft.pledges.all()) == set(covenant.pledges.all())
    assert draft.drafted_by == party_of(world.shopkeeper)
    page = page_html(browser(world.resident), address(world, "covenant", draft))
    assert "“De markt ontbreekt.”" in page
    assert address(world, "rewrite", draft) in page
    assert not LaterSigner.objects.waiting()


def test_who_was_asked_with_the_others_opens_nothing(world: make.World) -> None:
    covenant = make_commitments.in_force_without_the_shopkeepers(world)
    signing.decline(covenant, actor=world.shopkeeper, reason="Nee.")
    assert not world.coalition.covenants.filter(state="draft").exists()
