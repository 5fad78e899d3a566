"""How the table of who may do what is read."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.kernel import policy
from wijkverbond.kernel.actor import PARTIES, SOCIETY, Actor, ActorKind, MandateType
from wijkverbond.kernel.policy import PolicyAction, PolicyRule, Refused, Whose, allow, refuse

HERE, ELSEWHERE = uuid.UUID(int=1), uuid.UUID(int=2)
EVERYTHING = frozenset(MandateType)
OWN, OTHER = Whose.OWN, Whose.OTHER


def action(
    *rules: PolicyRule, states: tuple[str, ...] = ("",), needs: MandateType | None = None
) -> PolicyAction:
    return PolicyAction(
        name="sample.act", title="Act", rules=rules, otherwise="Nobody does this.",
        states=states, needs=needs,
    )  # fmt: skip


def actor(
    kind: ActorKind = ActorKind.RESIDENTS,
    *,
    coalition: uuid.UUID | None = HERE,
    mandates: frozenset[MandateType] = EVERYTHING,
) -> Actor:
    party = uuid.UUID(int=9) if kind in PARTIES else None
    return Actor(kind=kind, party=party, coalition=coalition, mandates=mandates)


def test_the_first_rule_that_covers_decides() -> None:
    act = action(
        refuse(ActorKind.GOVERNMENT, because="Not government."),
        allow(*PARTIES, whose=[OWN]),
        refuse(because="Only your own."),
    )
    assert act.permission(actor(), own=True, coalition=HERE)
    assert act.permission(actor(), own=False, coalition=HERE).reason == "Only your own."
    government = act.permission(actor(ActorKind.GOVERNMENT), own=True, coalition=HERE)
    assert (bool(government), government.reason) == (False, "Not government.")


def test_what_no_rule_covers_is_refused_with_the_general_reason() -> None:
    act = action(allow(*SOCIETY))
    permission = act.permission(actor(ActorKind.OPERATOR, coalition=None), own=True, coalition=HERE)
    assert (bool(permission), permission.reason) == (False, "Nobody does this.")


def test_a_rule_can_be_about_states() -> None:
    act = action(allow(*PARTIES, states=["open"]), states=("open", "closed"))
    assert act.permission(actor(), own=True, coalition=HERE, state="open")
    assert not act.permission(actor(), own=True, coalition=HERE, state="closed")
    with pytest.raises(ImproperlyConfigured, match="'other' is none of its states"):
        act.permission(actor(), own=True, coalition=HERE, state="other")


@pytest.mark.parametrize("needed", list(MandateType))
def test_a_representative_without_the_mandate_is_refused_with_that_reason(
    needed: MandateType,
) -> None:
    act = action(allow(*ActorKind), needs=needed)
    without = actor(mandates=EVERYTHING - {needed})
    assert (
        act.permission(without, own=True, coalition=HERE).reason == policy.MANDATE_MISSING[needed]
    )
    assert act.permission(actor(), own=True, coalition=HERE)
    assert act.permission(
        actor(ActorKind.PARTICIPANT, mandates=frozenset()), own=True, coalition=HERE
    )


def test_a_refusal_by_rule_comes_before_the_missing_mandate() -> None:
    act = action(refuse(because="Nobody."), needs=MandateType.DECIDE)
    assert act.permission(actor(mandates=frozenset()), own=True, coalition=HERE).reason == "Nobody."


@pytest.mark.parametrize("kind", list(ActorKind))
def test_a_partner_of_another_coalition_may_do_nothing_here(kind: ActorKind) -> None:
    permission = action(allow(*ActorKind)).permission(
        actor(kind, coalition=ELSEWHERE), own=True, coalition=HERE
    )
    with translation.override("en"):
        assert "another coalition" in str(permission.reason)


@pytest.mark.parametrize("kind", list(ActorKind))
def test_parties_and_secretariats_belong_to_a_coalition(kind: ActorKind) -> None:
    permission = action(allow(*ActorKind)).permission(
        actor(kind, coalition=None), own=True, coalition=HERE
    )
    assert bool(permission) == (kind not in (*PARTIES, ActorKind.SECRETARIAT))


def test_an_action_outside_coalitions_needs_no_coalition() -> None:
    assert action(allow(*PARTIES)).permission(actor(), own=True, coalition=None)


@pytest.mark.parametrize(
    "rule", [allow(), allow(*PARTIES, whose=[]), allow(*PARTIES, states=["x"])]
)
def test_a_rule_that_never_applies_fails(rule: PolicyRule) -> None:
    with pytest.raises(ImproperlyConfigured, match="a rule that never applies"):
        action(rule)


def test_an_action_declared_twice_fails() -> None:
    declared = next(iter(policy.ACTIONS.values()))
    with pytest.raises(ImproperlyConfigured, match="declared twice"):
        policy.declare(declared)


def test_a_refusal_is_a_denial_with_its_reason() -> None:
    policy.require(policy.YES)
    with pytest.raises(PermissionDenied) as refusal:
        policy.require(policy.no("Because."))
    assert isinstance(refusal.value, Refused)
    assert refusal.value.reason == "Because."


kinds = st.lists(st.sampled_from(list(ActorKind)), min_size=1, unique=True)
whoses = st.lists(st.sampled_from(list(Whose)), min_size=1, unique=True)
states = st.lists(st.sampled_from(["open", "closed"]), unique=True)
rules = st.builds(
    lambda kinds, whose, states, yes: (
        allow(*kinds, whose=whose, states=states)
        if yes
        else refuse(*kinds, because="No.", whose=whose, states=states)
    ),
    kinds, whoses, states, st.booleans(),
)  # fmt: skip


@given(st.lists(rules, max_size=5))
def test_the_printed_table_says_what_the_verdicts_say(some: list[PolicyRule]) -> None:
    act = action(*some, states=("open", "closed"))
    rows = list(act.rows())
    assert len({(row.actor, row.object, row.state) for row in rows}) == len(rows) == 8 * 2 * 2
    for row in rows:
        permission = act.permission(
            actor(row.actor), own=row.object == OWN, coalition=HERE, state=row.state
        )
        assert (permission.allowed, permission.reason) == (row.allowed, row.reason)
