"""The covenant: composed together, and frozen when it opens for signing."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests import make
from wijkverbond.commitments import document, presenters
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.services import covenants, pledges, signing
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused
from wijkverbond.vision.models import Goal, VisionVersion

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
FROZEN = {
    "nl": "Deze tekst staat vast. Een wijziging is een nieuwe versie van het convenant.",
    "en": "This text stands. A change is a new version of the covenant.",
}


def rewrite(covenant: Covenant, by: Actor) -> Covenant:
    return covenants.rewrite(
        covenant, actor=by, title="Een andere titel", rules="Andere regels.",
        starts=make_commitments.STARTS, ends=make_commitments.ENDS, pledges=list(covenant.pledges.all()),
    )  # fmt: skip


def test_a_covenant_is_composed_of_vision_goals_and_pledges(world: make.World) -> None:
    covenant = make_commitments.draft(world)
    assert covenant.vision == make_commitments.vision(world)
    assert list(covenant.goals.all()) == [make_commitments.goal(world)]
    assert [pledge.state for pledge in covenant.pledges.all()] == ["offered"]
    (facts,) = make_commitments.recorded(covenant, "covenant_drafted")
    assert (facts["number"], facts["starts"], facts["until"]) == (1, "2027-01-01", "2030-12-31")


def test_a_covenant_needs_an_adopted_vision(world: make.World) -> None:
    pledge = make_commitments.pledge(world)
    with pytest.raises(ValidationError, match="visie"):
        covenants.draft(
            world.coalition, actor=world.corporation, title="T", rules="R",
            starts=make_commitments.STARTS, ends=make_commitments.ENDS, pledges=[pledge],
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["draft", "withdrawn", "elsewhere"])
def test_only_offered_pledges_of_this_coalition_enter_a_covenant(
    world: make.World, kind: str
) -> None:
    make_it = {
        "draft": lambda: make_commitments.draft_pledge(world),
        "withdrawn": lambda: pledges.withdraw(
            make_commitments.pledge(world), actor=world.corporation, reason="Toch niet."
        ),
        "elsewhere": lambda: make_commitments.pledge(make.world()),
    }
    with pytest.raises(ValidationError) as refused:
        make_commitments.draft(world, pledges=[make_it[kind]()])
    assert list(refused.value.message_dict) == ["pledges"]


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (make_commitments.STARTS, make_commitments.STARTS, "__all__"),
        (dt.date(1, 1, 1), make_commitments.ENDS, "starts"),
        (make_commitments.STARTS, dt.date(9999, 12, 31), "ends"),
    ],
)
def test_an_implausible_term_is_refused(
    world: make.World, starts: dt.date, ends: dt.date, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_commitments.draft(world, starts=starts, ends=ends)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("ends", "short"), [(dt.date(2028, 12, 30), True), (dt.date(2028, 12, 31), False)]
)
def test_a_term_shorter_than_two_years_warns_but_can_be_signed(
    world: make.World, ends: dt.date, short: bool
) -> None:
    covenant = make_commitments.opened(world, ends=ends)
    assert presenters.covenant_page(covenant, [], make_commitments.STARTS).short is short
    assert make_commitments.sign(covenant, world.resident).signatures.count() == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_text_of_an_opened_covenant_is_frozen(world: make.World, language: str) -> None:
    covenant = make_commitments.opened(world)
    before = (covenant.title, covenant.digest)
    with translation.override(language):
        with pytest.raises(Refused) as refused:
            rewrite(covenant, world.corporation)
        assert str(refused.value.reason) == FROZEN[language]
    with pytest.raises(Refused):
        covenants.open_for_signing(covenant, actor=world.corporation)
    covenant.refresh_from_db()
    assert (covenant.title, covenant.digest) == before
    assert document.digest(bytes(covenant.document or b"")) == covenant.digest


@pytest.mark.parametrize("role", ["municipality", "coordinator", "operator", "participant"])
def test_only_partners_of_society_compose_and_open_it(world: make.World, role: str) -> None:
    covenant = make_commitments.draft(world)
    with pytest.raises(Refused):
        rewrite(covenant, getattr(world, role))
    with pytest.raises(Refused):
        covenants.open_for_signing(covenant, actor=getattr(world, role))


def test_another_partner_of_society_may_improve_the_draft(world: make.World) -> None:
    assert rewrite(make_commitments.draft(world), world.resident).title == "Een andere titel"


def test_a_pledge_that_changes_later_stands_in_the_frozen_text_as_it_was(
    world: make.World,
) -> None:
    covenant = make_commitments.opened(world)
    frozen = bytes(covenant.document or b"")
    pledge = covenant.pledges.get()
    assert pledge.state == "in_covenant"
    pledges.change(
        pledge, actor=world.corporation, goals=list(pledge.goals.all()), reason="Meer vraag.",
        wording=make.changed(make_commitments.WORDING, what="Vijf avonden"),
    )  # fmt: skip
    covenant.refresh_from_db()
    assert bytes(covenant.document or b"") == frozen
    assert covenant.content
    assert covenant.content["pledges"][0]["what"] == make_commitments.WORDING.what


def test_a_pledge_taken_back_leaves_the_draft_and_an_empty_one_does_not_open(
    world: make.World,
) -> None:
    covenant = make_commitments.draft(world)
    pledges.withdraw(covenant.pledges.get(), actor=world.corporation, reason="Toch niet.")
    with pytest.raises(ValidationError, match="minstens één belofte"):
        covenants.open_for_signing(covenant, actor=world.corporation)


def test_a_draft_older_than_a_new_goal_is_updated_first(world: make.World) -> None:
    covenant = make_commitments.draft(world)
    make.goal(world.coalition, by=world.resident)
    with pytest.raises(ValidationError, match="visie of de doelen"):
        covenants.open_for_signing(covenant, actor=world.corporation)
    covenant = rewrite(covenant, world.corporation)
    assert covenants.open_for_signing(covenant, actor=world.corporation).state == "signing"


def test_a_draft_older_than_a_new_vision_is_updated_first(world: make.World) -> None:
    covenant = make_commitments.draft(world)
    VisionVersion.objects.update(state=VisionVersion.State.REPLACED)
    with pytest.raises(ValidationError, match="visie of de doelen"):
        covenants.open_for_signing(covenant, actor=world.corporation)


@pytest.mark.parametrize("sign", ["🌳", "日", "\x01"])
def test_a_sign_that_no_font_has_keeps_no_covenant_from_being_opened(
    world: make.World, sign: str
) -> None:
    covenant = make_commitments.draft(world, preamble=f"Voor de wijk {sign}.")
    opened = covenants.open_for_signing(covenant, actor=world.corporation)
    assert opened.state == Covenant.State.SIGNING
    assert opened.content
    assert sign in opened.content["preamble"]


def test_opening_for_signing_is_recorded(world: make.World) -> None:
    covenant = make_commitments.opened(world)
    (facts,) = make_commitments.recorded(covenant, "covenant_opened_for_signing")
    assert facts["document"] == covenant.digest
    assert facts["asked_per_kind"] == {
        "residents": 1, "entrepreneurs": 1, "civil_society": 1, "government": 1,
    }  # fmt: skip
    assert sorted(facts["asked"]) == sorted(str(actor.party) for actor in world.parties)


def test_covenants_and_pledges_of_the_past_are_refused(world: make.World) -> None:
    today = world.resident.today
    over: dict[str, Any] = {"starts": today - 900 * DAY, "ends": today - DAY}
    with pytest.raises(ValidationError, match="die nog komt"):
        make_commitments.draft(world, **over)
    with pytest.raises(ValidationError, match="die nog komt"):
        make_commitments.draft_pledge(world, **over)


def test_a_pledge_has_no_negative_quantity(world: make.World) -> None:
    with pytest.raises(ValidationError, match="boven de 0"):
        make_commitments.draft_pledge(world, quantity=-5)


def test_a_dropped_goal_takes_no_part_in_the_next_covenant(world: make.World) -> None:
    make_commitments.pledge(world)
    goal = make.goal(world.coalition, by=world.resident)
    Goal.objects.filter(id=goal.id).update(dropped_at=world.resident.now)
    assert goal not in make_commitments.draft(world).goals.all()


def test_nobody_signs_a_draft(world: make.World) -> None:
    with pytest.raises(Refused, match="niet open om te tekenen"):
        signing.decline(make_commitments.draft(world), actor=world.resident, reason="Nog niet.")
