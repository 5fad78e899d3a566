"""Pledges: only their own partner makes, changes or takes back what everyone then can hold it to."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests import make
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.services import pledges
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel.actor import MandateType
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db

ONLY_OWN = {
    "nl": "Alleen de partner zelf doet, wijzigt of neemt haar belofte terug.",
    "en": "Only the partner itself makes, changes or takes back its promise.",
}


def change_pledge(pledge: Pledge, world: make.World, **more: Any) -> Pledge:
    wording = make.changed(make_commitments.WORDING, what="Vier avonden per week", **more)
    return pledges.change(
        pledge,
        actor=world.corporation,
        wording=wording,
        goals=list(pledge.goals.all()),
        reason="Er is meer vraag.",
    )


def recorded(world: make.World, name: str) -> list[dict[str, Any]]:
    entries = Entry.objects.filter(stream=world.coalition.id, event=f"commitments.{name}")
    return list(entries.order_by("seq").values_list("facts", flat=True))


def test_a_draft_pledge_is_not_public(world: make.World) -> None:
    make_commitments.draft_pledge(world)
    assert recorded(world, "pledge_offered") == []


def test_an_offered_pledge_has_owner_measure_term_effect_and_goal(world: make.World) -> None:
    pledge = make_commitments.pledge(world)
    (facts,) = recorded(world, "pledge_offered")
    assert facts["party"] == str(world.corporation.party)
    assert facts["kind"] == "civil_society"
    assert (facts["starts"], facts["until"]) == ("2027-01-01", "2030-12-31")
    assert (facts["effect"], facts["rhythm"]) == ("binding", "monthly")
    assert facts["goals"] == [str(goal.id) for goal in pledge.goals.all()]
    assert facts["measure"]


def test_a_pledge_names_with_whom_it_is_done(world: make.World) -> None:
    make_commitments.pledge(world, together=[world.shopkeeper])
    (facts,) = recorded(world, "pledge_offered")
    assert facts["with_parties"] == [str(world.shopkeeper.party)]


def test_a_change_can_name_other_partners(world: make.World) -> None:
    pledge = make_commitments.pledge(world, together=[world.shopkeeper])
    change_pledge(pledge, world)
    (facts,) = recorded(world, "pledge_changed")
    assert facts["with_parties"] == []


@pytest.mark.parametrize("who", ["corporation", "somebody elsewhere"])
def test_a_pledge_is_done_with_other_partners_of_the_coalition(world: make.World, who: str) -> None:
    elsewhere = make.world().shopkeeper
    other = {"corporation": world.corporation, "somebody elsewhere": elsewhere}[who]
    with pytest.raises(ValidationError) as wrong:
        make_commitments.draft_pledge(world, together=[other])
    assert "with_parties" in wrong.value.message_dict


def test_something_is_due_at_most_once_a_month_and_at_the_end(world: make.World) -> None:
    pledge = make_commitments.pledge(
        world, starts=dt.date(2027, 1, 31), ends=dt.date(2027, 4, 15), rhythm="weekly"
    )
    assert pledge.due == [
        dt.date(2027, 2, 28), dt.date(2027, 3, 31), dt.date(2027, 4, 15),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"what": ""}, "what"),
        ({"measure": ""}, "measure"),
        ({"effect": ""}, "effect"),
        ({"effect": "holy"}, "effect"),
        ({"resource": ""}, "resource"),
        ({"rhythm": ""}, "rhythm"),
        ({"starts": None}, "starts"),
        ({"ends": None}, "ends"),
        ({"ends": dt.date(2026, 12, 31)}, "__all__"),
        ({"starts": dt.date(1, 1, 1)}, "starts"),
        ({"ends": dt.date(9999, 12, 31)}, "ends"),
    ],
)
def test_a_pledge_needs_measure_term_and_effect(
    world: make.World, missing: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_commitments.draft_pledge(world, **missing)
    assert list(refused.value.message_dict) == [field]


def test_a_pledge_needs_a_goal(world: make.World) -> None:
    with pytest.raises(ValidationError, match="minstens één doel"):
        pledges.draft_pledge(
            world.coalition, actor=world.corporation, wording=make_commitments.WORDING, goals=[]
        )


def test_a_goal_of_another_coalition_is_refused(world: make.World) -> None:
    other = make.goal(make.coalition())
    with pytest.raises(ValidationError, match="doel van deze wijkcoalitie"):
        pledges.draft_pledge(
            world.coalition,
            actor=world.corporation,
            wording=make_commitments.WORDING,
            goals=[other],
        )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", ["resident", "municipality", "coordinator", "stranger"])
def test_nobody_changes_or_takes_back_the_pledge_of_another(
    world: make.World, role: str, language: str
) -> None:
    pledge, other = make_commitments.pledge(world), getattr(world, role)
    with translation.override(language):
        with pytest.raises(Refused) as change:
            pledges.change(
                pledge, actor=other, wording=make_commitments.WORDING, goals=[], reason="x"
            )
        with pytest.raises(Refused) as withdrawal:
            pledges.withdraw(pledge, actor=other, reason="Het past ons niet.")
        reasons = [str(change.value.reason), str(withdrawal.value.reason)]
    elsewhere = {
        "nl": "Je doet mee in een andere wijkcoalitie, niet in deze.",
        "en": "You take part in another coalition, not in this one.",
    }
    assert set(reasons) == {(elsewhere if role == "stranger" else ONLY_OWN)[language]}
    pledge.refresh_from_db()
    assert (pledge.what, pledge.state) == (make_commitments.WORDING.what, "offered")


def test_a_mandate_to_take_part_makes_no_pledges(world: make.World) -> None:
    helper = dataclasses.replace(world.corporation, mandates=frozenset({MandateType.TAKE_PART}))
    with pytest.raises(Refused, match="niet besluiten namens"):
        make_commitments.draft_pledge(world, by=helper)


def test_a_change_keeps_the_earlier_wording_with_its_reason(world: make.World) -> None:
    pledge = change_pledge(make_commitments.pledge(world), world)
    earlier = pledge.earlier.get()
    assert (earlier.what, earlier.reason) == (make_commitments.WORDING.what, "Er is meer vraag.")
    assert (pledge.what, pledge.revision) == ("Vier avonden per week", 2)
    assert [facts["revision"] for facts in recorded(world, "pledge_changed")] == [2]


def test_a_change_without_a_reason_is_refused(world: make.World) -> None:
    pledge = make_commitments.pledge(world)
    with pytest.raises(ValidationError) as refused:
        pledges.change(
            pledge, actor=world.corporation, wording=make_commitments.WORDING, goals=[make_commitments.goal(world)],
            reason="  ",
        )  # fmt: skip
    assert list(refused.value.message_dict) == ["reason"]
    assert not pledge.earlier.exists()


def test_a_draft_changes_without_a_trace(world: make.World) -> None:
    pledge = change_pledge(make_commitments.draft_pledge(world), world)
    assert (pledge.revision, pledge.earlier.count()) == (1, 0)
    assert recorded(world, "pledge_changed") == []


def test_a_withdrawn_pledge_stays_readable_and_unchanged(
    world: make.World,
) -> None:
    pledge = pledges.withdraw(
        make_commitments.pledge(world), actor=world.corporation, reason="De gymzaal gaat dicht."
    )
    assert (pledge.state, pledge.withdrawal_reason) == ("withdrawn", "De gymzaal gaat dicht.")
    assert len(recorded(world, "pledge_withdrawn")) == 1
    with pytest.raises(Refused, match="teruggenomen"):
        change_pledge(pledge, world)


def test_a_withdrawal_without_a_reason_is_refused(world: make.World) -> None:
    with pytest.raises(ValidationError) as refused:
        pledges.withdraw(make_commitments.pledge(world), actor=world.corporation, reason=" ")
    assert list(refused.value.message_dict) == ["reason"]


def test_a_pledge_is_offered_once(world: make.World) -> None:
    pledge = make_commitments.pledge(world)
    with pytest.raises(ValidationError, match="al aangeboden"):
        pledges.offer(pledge, actor=world.corporation)


def test_government_pledges_for_itself_subject_to_approval(world: make.World) -> None:
    make_commitments.pledge(world, by=world.municipality, subject_to_approval="de gemeenteraad")
    (facts,) = recorded(world, "pledge_offered")
    assert (facts["kind"], facts["subject_to_approval"]) == ("government", "yes")
