"""Who may do what: declared rows, first match decides, every refusal has its reason.

Each capability declares its actions in its `policies.py` and offers `may_<verb>(actor, thing)`.
Services call `require`; pages ask the same functions to show or hide a button; the public page and
`./wijkverbond policies` print the rows.
"""

import dataclasses
import uuid
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.actor import Actor, ActorKind, MandateType

Wording = str | Promise


class Whose(models.TextChoices):
    """Whose record is created or changed; one's own position or answer is one's own record."""

    OWN = "own", _("their own")
    OTHER = "other", _("of others")


@dataclasses.dataclass(frozen=True)
class Permission:
    """Allowed or not; when not, why, in the reader's language."""

    allowed: bool
    reason: Wording = ""
    asks_second_step: bool = False

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def is_offered(self) -> bool:
        """Whether its button is there: also for who is led to their second step by it."""
        return self.allowed or self.asks_second_step


YES = Permission(allowed=True)


def no(reason: Wording) -> Permission:
    """Not allowed, because."""
    return Permission(allowed=False, reason=reason)


class Refused(PermissionDenied):
    """The actor may not do this; `reason` says why."""

    def __init__(self, reason: Wording) -> None:
        super().__init__(reason)
        self.reason = reason


class SecondStepAsked(Refused):
    """The actor may do this once they have shown a second step in their session."""


def require(permission: Permission) -> None:
    """Go on when allowed, else raise `Refused` with the reason."""
    if permission.asks_second_step:
        raise SecondStepAsked(permission.reason)
    if not permission:
        raise Refused(permission.reason)


@dataclasses.dataclass(frozen=True)
class PolicyRule:
    """One line of the table: for whom, on whose records, in which states, and the outcome."""

    actors: tuple[ActorKind, ...]
    whose: tuple[Whose, ...]
    states: tuple[str, ...]
    permission: Permission

    def covers(self, kind: ActorKind, whose: Whose, state: str) -> bool:
        """Whether this rule is about such an actor, record and state."""
        return (
            kind in self.actors
            and whose in self.whose
            and (not self.states or state in self.states)
        )


def allow(
    *actors: ActorKind,
    whose: Sequence[Whose] = (Whose.OWN, Whose.OTHER),
    states: Sequence[str] = (),
) -> PolicyRule:
    """These actors may; in any state when none is named."""
    return PolicyRule(actors, tuple(whose), tuple(states), YES)


def refuse(
    *actors: ActorKind,
    because: Wording,
    whose: Sequence[Whose] = (Whose.OWN, Whose.OTHER),
    states: Sequence[str] = (),
) -> PolicyRule:
    """These actors may not, for this reason; no actor named means nobody."""
    return PolicyRule(actors or tuple(ActorKind), tuple(whose), tuple(states), no(because))


@dataclasses.dataclass(frozen=True)
class PolicyRow:
    """One cell of the whole table, as `./wijkverbond policies` prints it."""

    action: str
    title: Wording
    actor: ActorKind
    object: Whose
    state: str
    mandate: MandateType | None
    allowed: bool
    reason: Wording


@dataclasses.dataclass(frozen=True, kw_only=True)
class PolicyAction:
    """Something people do, with the rules that say who may.

    The first rule that covers actor, record and state decides; when none does, the answer is no,
    because of `otherwise`. A party's representative also needs the mandate in `needs`. `states` are
    the states that matter, all of them; empty when none does. Who is barred, because they act for
    government in the neighbourhood too, only does what is `for_the_barred`: what makes them choose.
    """

    name: str
    title: Wording
    rules: tuple[PolicyRule, ...]
    otherwise: Wording
    states: tuple[str, ...] = ("",)
    needs: MandateType | None = MandateType.TAKE_PART
    for_the_barred: bool = False

    def __post_init__(self) -> None:
        """Refuse rules that could never apply as they are meant."""
        for rule in self.rules:
            if not rule.actors or not rule.whose or not set(rule.states) <= set(self.states):
                raise ImproperlyConfigured(f"action {self.name!r} has a rule that never applies")

    def permission(
        self, actor: Actor, *, own: bool, coalition: uuid.UUID | None, state: str = ""
    ) -> Permission:
        """Whether this actor may, on their own or another's record of that coalition."""
        if coalition and not _reaches(actor, coalition):
            return no(_("You take part in another coalition, not in this one."))
        permission = self._by_rule(actor.kind, Whose.OWN if own else Whose.OTHER, state)
        if permission and actor.barred and not self.for_the_barred:
            return no(BARRED)
        if permission and actor.is_party and self.needs and self.needs not in actor.mandates:
            return no(MANDATE_MISSING[self.needs])
        if permission and actor.kind in settings.SECOND_STEP_OF:
            return once_shown(actor)
        return permission

    def rows(self) -> Iterator[PolicyRow]:
        """Every cell: kind of actor by own or other by state."""
        for state in self.states:
            for whose in Whose:
                for kind in ActorKind:
                    permission = self._by_rule(kind, whose, state)
                    yield PolicyRow(
                        self.name, self.title, kind, whose, state,
                        self.needs, permission.allowed, permission.reason,
                    )  # fmt: skip

    def _by_rule(self, kind: ActorKind, whose: Whose, state: str) -> Permission:
        if state not in self.states:
            raise ImproperlyConfigured(f"{self.name}: {state!r} is none of its states")
        for rule in self.rules:
            if rule.covers(kind, whose, state):
                return rule.permission
        return no(self.otherwise)


def once_shown(actor: Actor) -> Permission:
    """Allowed, unless they signed in and did not show a second step."""
    if actor.second_step is False:
        return Permission(allowed=False, reason=SECOND_STEP, asks_second_step=True)
    return YES


def _reaches(actor: Actor, coalition: uuid.UUID) -> bool:
    """Whether an actor may act in a coalition at all; parties and secretariats belong to one."""
    if actor.coalition is None:
        return actor.party is None and actor.kind != ActorKind.SECRETARIAT
    return actor.coalition == coalition


BARRED = _(
    "You also act for government in this neighbourhood, or did so in the last 90 days. Somebody else "
    "acts for this partner."
)
SECOND_STEP = _("This takes a second step when you sign in, besides the code from your mail.")
MANDATE_MISSING = {
    MandateType.TAKE_PART: _("You have no mandate to take part for this partner."),
    MandateType.DECIDE: _("You have no mandate to decide for this partner."),
    MandateType.SIGN: _("You have no mandate to sign for this partner."),
}

ACTIONS: dict[str, PolicyAction] = {}


def declare(action: PolicyAction) -> PolicyAction:
    """Add an action to the table; a name is used once."""
    if action.name in ACTIONS:
        raise ImproperlyConfigured(f"action {action.name!r} is declared twice")
    ACTIONS[action.name] = action
    return action


def table() -> list[PolicyRow]:
    """The whole table of who may do what."""
    return [row for name in sorted(ACTIONS) for row in ACTIONS[name].rows()]
