"""Each service of actions: the action that it asks for, and who owns the record."""

from typing import Any

from tests import make
from tests.service_cases import (
    ServiceCase,
    World,
    act_on,
    owned_by_a_partner,
    owned_by_municipality,
    owned_by_residents,
    the_coalition,
)
from wijkverbond.actions.models import FacilitationRequest, Initiative, Obstacle
from wijkverbond.actions.services import check_ins, initiatives, obstacles, requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.coalition.queries import party_of


def answered(world: World) -> Any:
    """A request that the municipality answered."""
    request = make.request(world)
    return requests.answer(
        request, actor=world.municipality, verdict="granted", text="Ja.", role="facilitate"
    )


SERVICE_CASES: dict[str, ServiceCase] = {
    "actions.services.check_ins.check_in": ServiceCase(
        "actions.check_in",
        owned_by_residents,
        act_on(make_actions.pledge, check_ins.check_in, verdict="kept"),
    ),
    "actions.services.check_ins.announce": ServiceCase(
        "actions.judge_check_in",
        owned_by_residents,
        act_on(
            lambda world: make_actions.check_in(make_actions.pledge(world), by=world.resident),
            check_ins.announce,
            remark="Er was niemand.",
        ),
        state="apart",
    ),
    "actions.services.check_ins.judge": ServiceCase(
        "actions.judge_check_in",
        owned_by_residents,
        act_on(
            lambda world: make_actions.check_in(make_actions.pledge(world), by=world.resident),
            check_ins.judge,
            verdict="kept",
        ),
        state="apart",
    ),
    "actions.services.initiatives.propose": ServiceCase(
        "actions.propose_initiative",
        owned_by_a_partner,
        act_on(the_coalition, initiatives.propose, wording=Initiative(title="Koken")),
    ),
    "actions.services.initiatives.join": ServiceCase(
        "actions.join_initiative",
        owned_by_residents,
        act_on(make_actions.initiative, initiatives.join),
    ),
    "actions.services.initiatives.start": ServiceCase(
        "actions.lead_initiative",
        owned_by_residents,
        act_on(make_actions.initiative, initiatives.start),
    ),
    "actions.services.initiatives.finish": ServiceCase(
        "actions.lead_initiative",
        owned_by_residents,
        act_on(make_actions.initiative, initiatives.finish),
    ),
    "actions.services.initiatives.stop": ServiceCase(
        "actions.lead_initiative",
        owned_by_residents,
        act_on(make_actions.initiative, initiatives.stop, reason="Klaar"),
    ),
    "actions.services.initiatives.plan": ServiceCase(
        "actions.join_initiative",
        owned_by_residents,
        act_on(
            make_actions.initiative,
            initiatives.plan,
            what="Pannen lenen",
            due=lambda world: world.resident.today,
        ),
    ),
    "actions.services.initiatives.complete": ServiceCase(
        "actions.settle_action",
        owned_by_residents,
        act_on(
            lambda world: make_actions.action(make_actions.initiative(world), by=world.resident),
            initiatives.complete,
        ),
    ),
    "actions.services.initiatives.drop": ServiceCase(
        "actions.settle_action",
        owned_by_residents,
        act_on(
            lambda world: make_actions.action(make_actions.initiative(world), by=world.resident),
            initiatives.drop,
            reason="Geen tijd",
        ),
    ),
    "actions.services.obstacles.raise_obstacle": ServiceCase(
        "actions.raise_obstacle",
        owned_by_a_partner,
        act_on(
            the_coalition,
            obstacles.raise_obstacle,
            wording=lambda world: Obstacle(
                what="Geen sleutel", sort="other", initiative=make_actions.initiative(world)
            ),
        ),
    ),
    "actions.services.obstacles.resolve_obstacle": ServiceCase(
        "actions.resolve_obstacle",
        owned_by_residents,
        act_on(make_actions.obstacle, obstacles.resolve_obstacle, how="Gevraagd"),
    ),
    "actions.services.requests.ask": ServiceCase(
        "actions.ask_government",
        owned_by_a_partner,
        act_on(
            the_coalition,
            requests.ask,
            addressee=lambda world: party_of(world.municipality),
            wording=FacilitationRequest(asks="space", title="Mag het?"),
        ),
    ),
    "actions.services.requests.acknowledge": ServiceCase(
        "actions.answer_request",
        owned_by_municipality,
        act_on(make.request, requests.acknowledge),
        state="asked",
    ),
    "actions.services.requests.extend": ServiceCase(
        "actions.answer_request",
        owned_by_municipality,
        act_on(make.request, requests.extend, extra_days=3, reason="Vakantie"),
        state="asked",
    ),
    "actions.services.requests.answer": ServiceCase(
        "actions.answer_request",
        owned_by_municipality,
        act_on(make.request, requests.answer, verdict="granted", text="Ja.", role="facilitate"),
        state="asked",
    ),
    "actions.services.requests.accept": ServiceCase(
        "actions.settle_request",
        owned_by_residents,
        act_on(answered, requests.accept, helpful="yes"),
        state="answered",
    ),
    "actions.services.requests.reopen": ServiceCase(
        "actions.settle_request",
        owned_by_residents,
        act_on(answered, requests.reopen, reason="Het helpt niet"),
        state="answered",
    ),
    "actions.services.requests.escalate": ServiceCase(
        "actions.follow_up_request",
        owned_by_residents,
        act_on(answered, requests.escalate, reason="Het helpt niet"),
        state="answered",
    ),
    "actions.services.requests.withdraw": ServiceCase(
        "actions.follow_up_request",
        owned_by_residents,
        act_on(make.request, requests.withdraw),
        state="asked",
    ),
}
