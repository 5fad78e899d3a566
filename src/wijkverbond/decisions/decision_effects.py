"""What a carried proposal about the coalition itself does: to a partner, its secretariat, its chair."""

import uuid
from collections.abc import Sequence

from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Coalition, Handover, Party, Secretariat, Successor
from wijkverbond.decisions.models import Decision, State
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event


def suspend(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """The partner is suspended, for the reason that was carried; not when it left meanwhile."""
    party = _held_party(subject)
    if not party.is_present or party.suspended_at:
        return []
    carried = Decision.objects.filter(subject=subject, state=State.CARRIED)
    reason = carried.latest("closed_at").proposal
    return [coalitions.suspend(party, at=actor.now, reason=reason)]


def end_suspension(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """The partner takes positions again."""
    party = _held_party(subject)
    return [coalitions.end_suspension(party)] if party.suspended_at else []


def demand_second_step(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """Who signs shows a second step, also what is open for signing; signatures that were given stay."""
    coalition = coalitions.lock_coalition(subject)
    return (
        [] if coalition.second_step_since else [coalitions.demand_second_step(coalition, actor.now)]
    )


def end_second_step(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """Who signs need not show a second step any more."""
    coalition = coalitions.lock_coalition(subject)
    return [coalitions.end_second_step(coalition)] if coalition.second_step_since else []


def second_step_stands(subject: uuid.UUID) -> bool:
    """Whether who signs still shows a second step."""
    return Coalition.objects.filter(id=subject, second_step_since__isnull=False).exists()


def wake(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """Somebody acts for the partner again."""
    return coalitions.wake(_held_successor(subject), at=actor.now)


def drop_successor(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """Whom a proposal that was not carried named is not kept."""
    Successor.objects.filter(id=subject).delete()
    return []


def begin_secretariat(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """The person organises from now on; not who began, or was forgotten, meanwhile.

    Also when one partner asked them too and took that back: it does not undo what all decided.
    """
    secretariat = _held_secretariat(subject)
    organises = secretariat.coalition.secretariat.current().filter(person=secretariat.person)
    if secretariat.since or not secretariat.person or organises.exists():
        return []
    return [coalitions.begin_secretariat(secretariat, at=actor.now)]


def drop_nomination(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """Whom a proposal that was not carried wanted to ask is not kept."""
    coalitions.drop_nomination(_held_secretariat(subject), at=actor.now)
    return []


def end_secretariat(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """The person organises no longer; not who stopped meanwhile."""
    secretariat = _held_secretariat(subject)
    return [] if secretariat.until else [coalitions.end_secretariat(secretariat, at=actor.now)]


def change_chair_and_rules(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """The coalition has this chair and these rules; not when the chair left meanwhile."""
    proposal = Handover.objects.select_related("coalition", "chair").get(id=subject)
    return [coalitions.handover_event(proposal, actor)] if proposal.chair.is_present else []


def _held_party(party: uuid.UUID) -> Party:
    parties = Party.objects.select_for_update(of=("self",), no_key=True)
    return parties.select_related("organisation").get(id=party)


def _held_secretariat(subject: uuid.UUID) -> Secretariat:
    secretariats = Secretariat.objects.select_for_update(of=("self",), no_key=True)
    related = ("coalition", "person", "lent_by__organisation")
    return secretariats.select_related(*related).get(id=subject)


def _held_successor(subject: uuid.UUID) -> Successor:
    successors = Successor.objects.select_for_update(of=("self",), no_key=True)
    related = ("person", "party__organisation", "party__coalition")
    return successors.select_related(*related).get(id=subject)
