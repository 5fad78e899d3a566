"""Every service asks the table of who may do what, whoever calls it: a page, a program or a command.

Pages ask the same table before they show a form, so a service that forgot to ask would not be noticed
there. Here each service is called by everyone who may come by, on a record of which it is known whose it
is. Expected is what stands in `expected_policies.csv`; somebody of another coalition is always refused.
"""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

import wijkverbond
from tests import make, matrices
from tests.two_hats import for_government_too
from wijkverbond.kernel.actor import Actor, ActorKind, system
from wijkverbond.kernel.policy import ACTIONS, Refused

World = make.World
Act = Callable[[Actor], object]

EXPECTED = {
    (line["action"], line["object"], line["state"]): line
    for line in matrices.lines("expected_policies.csv")
}
SERVICE_CASES = matrices.service_cases()

# What only other services call, in their own transaction and after they asked.
PARTS = {
    "coalition.services.host_acts.keep_review",
    "coalition.services.handover.handover_event",
    "coalition.services.handover.new_chair_and_rules",
    "coalition.services.joining.first_mandate",
    "coalition.services.joining.joined_event",
    "coalition.services.joining.listing",
    "coalition.services.joining.new_party",
    "coalition.services.joining.record_joining",
    "coalition.services.missing_voices.fill_missing",
    "commitments.services.signing.conclude",
    "places.services.load_assen",
    "urgency.services.editions.first_edition",
    "urgency.services.editions.publish_edition",
    "urgency.services.responses.new_statement",
    "urgency.services.set_apart.count_without_set_apart",
    "urgency.services.shared_urgencies.adopt",
}
# Whoever does this speaks for an organisation that does not take part yet (coalition/tests/test_joining.py).
JOINING = {"coalition.services.invitations.accept", "coalition.services.joining.start"}


def services() -> Iterator[str]:
    """Every public function in which somebody does something."""
    for module in pkgutil.walk_packages(wijkverbond.__path__, "wijkverbond."):
        if ".services" not in module.name:
            continue
        functions = vars(importlib.import_module(module.name))
        for name, function in functions.items():
            plain = inspect.unwrap(function) if inspect.isfunction(function) else None
            if plain is None or plain.__module__ != module.name or name.startswith("_"):
                continue
            if "actor" in inspect.signature(plain).parameters:
                yield f"{module.name}.{name}".removeprefix("wijkverbond.")


def is_refused(act: Act, actor: Actor) -> bool:
    """Whether this actor is refused; what they did is undone, and what does not fit is no refusal."""
    with transaction.atomic():
        try:
            act(actor)
        except Refused:
            return True
        except ValidationError:
            return False
        finally:
            transaction.set_rollback(True)
    return False


def test_every_service_is_tried() -> None:
    assert set(services()) == SERVICE_CASES.keys() | PARTS | JOINING


@pytest.mark.parametrize("name", SERVICE_CASES)
def test_a_service_refuses_exactly_whom_the_policy_table_refuses(world: World, name: str) -> None:
    case = SERVICE_CASES[name]
    everyone = [
        *world.parties, world.participant, world.coordinator, world.operator, system(),
    ]  # fmt: skip

    def allows(actor: Actor) -> bool:
        whose = "own" if case.of(world, actor) else "other"
        cell = case.action, whose, case.state
        assert cell in EXPECTED, (
            f"SERVICE_CASES[{name!r}]: {case.action} has no state {case.state!r}"
        )
        line = EXPECTED[cell]
        return line[actor.kind] == "y" and actor.kind not in case.refused

    act = case.make(world)
    allowed = {actor.kind: not is_refused(act, actor) for actor in everyone}
    assert allowed == {actor.kind: allows(actor) for actor in everyone}
    assert set(allowed) == set(ActorKind)
    if not case.anywhere:
        assert is_refused(act, world.stranger)
    if needed := EXPECTED[case.action, "own", case.state]["needs"]:
        for actor in filter(allows, world.parties):
            fewer = actor.mandates - {needed}
            assert is_refused(act, dataclasses.replace(actor, mandates=fewer)), actor.kind
    assert (
        is_refused(act, for_government_too(world, world.resident))
        or ACTIONS[case.action].for_the_barred
    )
