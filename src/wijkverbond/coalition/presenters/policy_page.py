"""The policy table as a resident reads it: per action who may, who may not, and why."""

import dataclasses
import itertools
from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel import policy
from wijkverbond.kernel.actor import ActorKind, MandateType
from wijkverbond.kernel.policy import PolicyRow, Whose

Text = str | Promise

SHOWN = tuple(kind for kind in ActorKind if kind not in (ActorKind.OPERATOR, ActorKind.SYSTEM))

ALWAYS, OWN, OTHERS, SOMETIMES, NEVER = "yes", "own", "others", "sometimes", "no"


@dataclasses.dataclass(frozen=True)
class KindPermission:
    """What one kind of actor may: a code, and the words for it."""

    kind: ActorKind
    code: str

    @property
    def words(self) -> Text:
        """The same in words."""
        return WORDS[self.code]


WORDS = {
    ALWAYS: _("yes"),
    OWN: _("yes, for themselves"),
    OTHERS: _("yes, for others"),
    SOMETIMES: _("sometimes"),
    NEVER: _("no"),
}


@dataclasses.dataclass(frozen=True)
class Refusal:
    """A reason, and to whom it is said."""

    reason: Text
    kinds: Sequence[ActorKind]


@dataclasses.dataclass(frozen=True)
class Rule:
    """One action of the table."""

    title: Text
    mandate: MandateType | None
    permissions: Sequence[KindPermission]
    refusals: Sequence[Refusal]
    states: Sequence[tuple[Text, Sequence[ActorKind]]]

    @property
    def shown(self) -> list[KindPermission]:
        """Those with a column on the page."""
        return [permission for permission in self.permissions if permission.kind in SHOWN]

    @property
    def without_column(self) -> list[KindPermission]:
        """Who may and has no column: the host of the site, the software itself."""
        others = [permission for permission in self.permissions if permission.kind not in SHOWN]
        return [permission for permission in others if permission.code != NEVER]


@dataclasses.dataclass(frozen=True)
class Chapter:
    """The actions of one capability."""

    code: str
    title: Text
    rules: Sequence[Rule]


def chapters() -> list[Chapter]:
    """The whole table, per capability, in the order of the capabilities."""
    order = [config.label for config in apps.get_app_configs()]
    rows = sorted(policy.table(), key=lambda row: order.index(_capability(row)))
    return [
        Chapter(
            code=code,
            title=apps.get_app_config(code).verbose_name,
            rules=[
                _rule(list(rows_of_action))
                for _action, rows_of_action in itertools.groupby(
                    rows_of_capability, key=lambda row: row.action
                )
            ],
        )
        for code, rows_of_capability in itertools.groupby(rows, key=_capability)
    ]


def _capability(row: PolicyRow) -> str:
    return row.action.split(".")[0]


def _rule(rows: Sequence[PolicyRow]) -> Rule:
    states = list(dict.fromkeys(row.state for row in rows))
    return Rule(
        title=rows[0].title,
        mandate=rows[0].mandate,
        permissions=[_permission(kind, rows) for kind in ActorKind],
        refusals=_refusals(rows),
        states=[(_label(state), _allowed(rows, state)) for state in states if len(states) > 1],
    )


def _permission(kind: ActorKind, rows: Iterable[PolicyRow]) -> KindPermission:
    of_kind = [row for row in rows if row.actor == kind]
    allowed = [row for row in of_kind if row.allowed]
    if len(allowed) == len(of_kind):
        return KindPermission(kind, ALWAYS)
    if not allowed:
        return KindPermission(kind, NEVER)
    whose = {row.object for row in allowed}
    for only, code in ((Whose.OWN, OWN), (Whose.OTHER, OTHERS)):
        if whose == {only} and len(allowed) == sum(row.object == only for row in of_kind):
            return KindPermission(kind, code)
    return KindPermission(kind, SOMETIMES)


def _refusals(rows: Iterable[PolicyRow]) -> list[Refusal]:
    reasons: dict[str, list[ActorKind]] = {}
    for row in rows:
        if not row.allowed:
            kinds = reasons.setdefault(str(row.reason), [])
            if row.actor not in kinds:
                kinds.append(row.actor)
    return [Refusal(reason, kinds) for reason, kinds in reasons.items()]


def _allowed(rows: Iterable[PolicyRow], state: str) -> list[ActorKind]:
    allowed = [row.actor for row in rows if row.state == state and row.allowed]
    return list(dict.fromkeys(allowed))


def _label(state: str) -> Text:
    return state.label if isinstance(state, Choices) else state
