"""Whom the services of commitments let do something: each with the action that it asks for, and whose it is."""

import uuid
from typing import Any

from tests.service_cases import (
    Act,
    ServiceCase,
    World,
    a_partners,
    anyones,
    corporations,
    here,
    nobodys,
    on,
)
from wijkverbond.accounts.services import Confirmation
from wijkverbond.commitments.services import covenants, pledges, signing
from wijkverbond.commitments.tests import agreed


def covenant_values(world: World) -> dict[str, Any]:
    """What a draft of the covenant needs."""
    agreed.vision(world)
    return {
        "title": "Convenant",
        "rules": "Iedereen kan meedoen.",
        "starts": agreed.STARTS,
        "ends": agreed.ENDS,
        "pledges": [agreed.pledge(world)],
    }


def _drafting(world: World, values: dict[str, Any]) -> Act:
    return lambda actor: covenants.draft(world.coalition, actor=actor, **values)


def _rewriting(covenant: Any, values: dict[str, Any]) -> Act:
    return lambda actor: covenants.rewrite(covenant, actor=actor, **values)


SERVICE_CASES: dict[str, ServiceCase] = {
    "commitments.services.covenants.draft": ServiceCase(
        "commitments.compose_covenant",
        anyones,
        lambda world: _drafting(world, covenant_values(world)),
        state="draft",
    ),
    "commitments.services.covenants.rewrite": ServiceCase(
        "commitments.compose_covenant",
        corporations,
        lambda world: _rewriting(agreed.draft(world), covenant_values(world)),
        state="draft",
    ),
    "commitments.services.covenants.open_for_signing": ServiceCase(
        "commitments.compose_covenant",
        corporations,
        on(agreed.draft, covenants.open_for_signing),
        state="draft",
    ),
    "commitments.services.covenants.hold_yearly_check": ServiceCase(
        "commitments.look_back",
        nobodys,
        on(agreed.in_force, covenants.hold_yearly_check, due=agreed.STARTS, conclusion="Goed."),
    ),
    "commitments.services.covenants.keep_time": ServiceCase(
        "commitments.keep_time", nobodys, on(agreed.opened, covenants.keep_time)
    ),
    "commitments.services.pledges.draft_pledge": ServiceCase(
        "commitments.pledge",
        a_partners,
        on(
            here,
            pledges.draft_pledge,
            wording=agreed.WORDING,
            goals=lambda world: [agreed.goal(world)],
        ),
        state="draft",
    ),
    "commitments.services.pledges.offer": ServiceCase(
        "commitments.pledge",
        corporations,
        on(agreed.draft_pledge, pledges.offer),
        state="draft",
    ),
    "commitments.services.pledges.change": ServiceCase(
        "commitments.pledge",
        corporations,
        on(
            agreed.pledge,
            pledges.change,
            wording=agreed.WORDING,
            goals=lambda world: [agreed.goal(world)],
            reason="Later",
        ),
        state="offered",
    ),
    "commitments.services.pledges.withdraw": ServiceCase(
        "commitments.pledge",
        corporations,
        on(agreed.pledge, pledges.withdraw, reason="Lukt niet"),
        state="offered",
    ),
    "commitments.services.signing.check_not_signed": ServiceCase(
        "commitments.sign",
        a_partners,
        on(agreed.opened, signing.check_not_signed),
        state="signing",
    ),
    "commitments.services.signing.sign": ServiceCase(
        "commitments.sign",
        a_partners,
        on(
            agreed.opened,
            signing.sign,
            confirmation=lambda world: Confirmation(uuid.uuid4(), "", world.resident.now),
        ),
        state="signing",
    ),
    "commitments.services.signing.decline": ServiceCase(
        "commitments.sign",
        a_partners,
        on(agreed.opened, signing.decline, reason="Geen geld"),
        state="signing",
    ),
}
