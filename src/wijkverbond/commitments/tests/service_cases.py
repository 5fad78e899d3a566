"""Each service of commitments: the action that it asks for, and who owns the record."""

import uuid
from typing import Any

from tests.service_cases import (
    Act,
    ServiceCase,
    World,
    act_on,
    owned_by_a_partner,
    owned_by_anyone,
    owned_by_corporation,
    owned_by_nobody,
    the_coalition,
)
from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.services import afterwards, covenants, pledges, signing
from wijkverbond.commitments.tests import make as make_commitments


def covenant_values(world: World) -> dict[str, Any]:
    """What a draft of the covenant needs."""
    make_commitments.vision(world)
    return {
        "title": "Convenant",
        "rules": "Iedereen kan meedoen.",
        "starts": make_commitments.STARTS,
        "ends": make_commitments.ENDS,
        "pledges": [make_commitments.pledge(world)],
    }


def _drafting(world: World, values: dict[str, Any]) -> Act:
    return lambda actor: covenants.draft(world.coalition, actor=actor, **values)


def _rewriting(covenant: Any, values: dict[str, Any]) -> Act:
    return lambda actor: covenants.rewrite(covenant, actor=actor, **values)


SERVICE_CASES: dict[str, ServiceCase] = {
    "commitments.services.afterwards.ask_afterwards": ServiceCase(
        "commitments.ask_afterwards",
        owned_by_nobody,
        act_on(
            make_commitments.in_force,
            afterwards.ask_afterwards,
            party=lambda world: party_of(world.shopkeeper),
        ),
    ),
    "commitments.services.covenants.draft": ServiceCase(
        "commitments.compose_covenant",
        owned_by_anyone,
        lambda world: _drafting(world, covenant_values(world)),
        state="draft",
    ),
    "commitments.services.covenants.rewrite": ServiceCase(
        "commitments.compose_covenant",
        owned_by_corporation,
        lambda world: _rewriting(make_commitments.draft(world), covenant_values(world)),
        state="draft",
    ),
    "commitments.services.covenants.open_for_signing": ServiceCase(
        "commitments.compose_covenant",
        owned_by_corporation,
        act_on(make_commitments.draft, covenants.open_for_signing),
        state="draft",
    ),
    "commitments.services.covenants.reopen": ServiceCase(
        "commitments.reopen_covenant",
        owned_by_corporation,
        act_on(make_commitments.unsigned, covenants.reopen),
        state="unsigned",
    ),
    "commitments.services.covenants.hold_yearly_check": ServiceCase(
        "commitments.look_back",
        owned_by_nobody,
        act_on(
            make_commitments.in_force,
            covenants.hold_yearly_check,
            due=make_commitments.STARTS,
            conclusion="Goed.",
        ),
    ),
    "commitments.services.covenants.keep_time": ServiceCase(
        "commitments.keep_time",
        owned_by_nobody,
        act_on(make_commitments.opened, covenants.keep_time),
    ),
    "commitments.services.pledges.draft_pledge": ServiceCase(
        "commitments.pledge",
        owned_by_a_partner,
        act_on(
            the_coalition,
            pledges.draft_pledge,
            wording=make_commitments.WORDING,
            goals=lambda world: [make_commitments.goal(world)],
        ),
        state="draft",
    ),
    "commitments.services.pledges.offer": ServiceCase(
        "commitments.pledge",
        owned_by_corporation,
        act_on(make_commitments.draft_pledge, pledges.offer),
        state="draft",
    ),
    "commitments.services.pledges.change": ServiceCase(
        "commitments.pledge",
        owned_by_corporation,
        act_on(
            make_commitments.pledge,
            pledges.change,
            wording=make_commitments.WORDING,
            goals=lambda world: [make_commitments.goal(world)],
            reason="Later",
        ),
        state="offered",
    ),
    "commitments.services.pledges.withdraw": ServiceCase(
        "commitments.pledge",
        owned_by_corporation,
        act_on(make_commitments.pledge, pledges.withdraw, reason="Lukt niet"),
        state="offered",
    ),
    "commitments.services.signing.check_not_signed": ServiceCase(
        "commitments.sign",
        owned_by_a_partner,
        act_on(make_commitments.opened, signing.check_not_signed),
        state="signing",
    ),
    "commitments.services.signing.sign": ServiceCase(
        "commitments.sign",
        owned_by_a_partner,
        act_on(
            make_commitments.opened,
            signing.sign,
            confirmation=lambda world: CodeConfirmation(uuid.uuid4(), "", world.resident.now),
        ),
        state="signing",
    ),
    "commitments.services.signing.decline": ServiceCase(
        "commitments.sign",
        owned_by_a_partner,
        act_on(make_commitments.opened, signing.decline, reason="Geen geld"),
        state="signing",
    ),
}
