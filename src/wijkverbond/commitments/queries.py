"""What pages and services need to know about pledges and covenants."""

from typing import Any

from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.kernel.events import shreddable


def pledge_facts(pledge: Pledge) -> dict[str, Any]:
    """A pledge as the facts of its events."""
    goals = sorted(pledge.goals.values_list("id", flat=True))
    return {
        "pledge": pledge.id,
        "revision": pledge.revision,
        "party": pledge.party_id,
        "kind": pledge.party.kind,
        "effort": "paid" if pledge.party.organisation.paid else "volunteer",
        "goals": goals,
        "with_parties": [],
        "effect": pledge.effect,
        "subject_to_approval": "yes" if pledge.subject_to_approval else "no",
        "resource": pledge.resource,
        "quantity": pledge.quantity,
        "starts": pledge.starts,
        "until": pledge.ends,
        "rhythm": pledge.rhythm,
        "dues": pledge.due,
        "what": shreddable(pledge.what),
        "measure": shreddable(pledge.measure),
        "unit": shreddable(pledge.unit),
        "rests_on": tuple(f"goal:{goal}" for goal in goals),
    }


def covenant_rests_on(covenant: Covenant) -> tuple[str, ...]:
    """What a covenant rests on: the vision, its goals and its pledges."""
    goals = covenant.goals.order_by("id").values_list("id", flat=True)
    pledges = covenant.pledges.order_by("id").values_list("id", flat=True)
    return (
        f"vision_version:{covenant.vision_id}",
        *(f"goal:{goal}" for goal in goals),
        *(f"pledge:{pledge}" for pledge in pledges),
    )
