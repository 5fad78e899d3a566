"""What people do with breakthroughs."""

import dataclasses
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.actions.models import Obstacle
from wijkverbond.breakthroughs import events, policies, queries
from wijkverbond.breakthroughs.models import (
    AffectedResident,
    Breakthrough,
    BreakthroughText,
    Confirmation,
)
from wijkverbond.coalition.models import Coalition, Kind, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import check_reason, is_blank

State = Breakthrough.State


@transaction.atomic
def claim(
    coalition: Coalition,
    *,
    actor: Actor,
    story: BreakthroughText,
    named: Iterable[Party] = (),
    pledges: Sequence[Pledge] = (),
    obstacles: Sequence[Obstacle] = (),
) -> Breakthrough:
    """Report a breakthrough (`story`, unsaved); it counts once others confirm it.

    Who is `named` says themselves whether they worked on it.
    """
    require(policies.may_claim(actor, coalition))
    claimant = party_of(actor)
    named = {*named} - {claimant}
    if {
        *(party.coalition_id for party in named),
        *(pledge.coalition_id for pledge in pledges),
        *(obstacle.coalition_id for obstacle in obstacles),
    } - {coalition.id}:
        raise ValidationError(_("Choose partners, promises and obstacles of this coalition."))
    if not story.evidence:
        raise ValidationError({"evidence": _("Choose how everyone can see it.")})
    if story.happened_on > actor.today:
        raise ValidationError({"happened_on": _("Choose a day that has passed.")})
    breakthrough = Breakthrough(
        coalition=coalition,
        claimant=claimant,
        claimed_at=actor.now,
        **shared_fields.values(story, BreakthroughText),
    )
    breakthrough.full_clean()
    breakthrough.save(force_insert=True)
    breakthrough.contributors.add(claimant)
    breakthrough.named.set(named)
    breakthrough.pledges.set(pledges)
    breakthrough.obstacles.set(obstacles)
    record(_claimed_event(breakthrough, obstacles), actor=actor)
    return breakthrough


@transaction.atomic
def say_worked_on(
    breakthrough: Breakthrough, *, actor: Actor, shown: str | None = None
) -> Breakthrough:
    """A party that the reporter named says that it worked on it: then it does not confirm it."""
    breakthrough = _locked(breakthrough)
    require(policies.may_say_worked_on(actor, breakthrough))
    require_shown(shown, breakthrough)
    party = party_of(actor)
    if breakthrough.contributors.contains(party):
        raise ValidationError(_("Your organisation has already said this."))
    if breakthrough.confirmations.filter(party=party).exists():
        raise ValidationError(_("You said how you see it, as a partner that did not work on it."))
    breakthrough.contributors.add(party)
    worked = events.WorkedOn(
        breakthrough=breakthrough.id,
        party=party.id,
        kind=party.kind,
        rests_on=(f"breakthrough:{breakthrough.id}",),
    )
    record(worked, actor=actor)
    return breakthrough


@transaction.atomic
def confirm(
    breakthrough: Breakthrough,
    *,
    actor: Actor,
    confirms: bool,
    remark: str = "",
    shown: str | None = None,
) -> Breakthrough:
    """A party that neither reported it nor worked on it confirms it, or says why it is not so."""
    breakthrough = _locked(breakthrough)
    may_answer = policies.may_confirm if confirms else policies.may_dispute
    require(may_answer(actor, breakthrough))
    require_shown(shown, breakthrough)
    if not confirms and is_blank(remark):
        raise ValidationError({"remark": _("Say how you see it, in a few words.")})
    party = party_of(actor)
    confirmation = breakthrough.confirmations.filter(party=party).first() or Confirmation(
        breakthrough=breakthrough, party=party
    )
    if confirmation.pk and confirmation.confirms == confirms:
        raise ValidationError(_("Your organisation has already said this."))
    confirmation.confirms, confirmation.remark, confirmation.at = (
        confirms,
        remark.strip(),
        actor.now,
    )
    confirmation.person_id = actor.person
    confirmation.full_clean()
    confirmation.save()
    record(_confirmation_event(confirmation, party), *_establish(breakthrough, actor), actor=actor)
    return breakthrough


@transaction.atomic
def confirm_as_resident(
    breakthrough: Breakthrough,
    *,
    actor: Actor,
    confirmation: CodeConfirmation,
    shown: str | None = None,
) -> Breakthrough:
    """A resident whom it touches confirms it, once; told to others from five residents on.

    `confirmation` proves whose mailbox it is; they need not be signed in.
    """
    breakthrough = _locked(breakthrough)
    resident = dataclasses.replace(actor, person=confirmation.person)
    require(policies.may_confirm_as_resident(actor, breakthrough))
    require(policies.may_confirm_as_resident(resident, breakthrough))
    require_shown(shown, breakthrough)
    if not confirmation.purpose.startswith(queries.resident_purpose(breakthrough, "")):
        raise ValidationError(_("Confirm this with the code that we mailed you."))
    if queries.mailbox_confirmed_as_resident(breakthrough, confirmation.person):
        raise ValidationError(_("You have already said this. Thank you."))
    AffectedResident.objects.create(
        breakthrough=breakthrough, person_id=confirmation.person, at=actor.now
    )
    people = breakthrough.residents.count()
    if people % queries.STEP:
        return breakthrough
    confirmed = events.ConfirmedByResidents(
        breakthrough=breakthrough.id,
        people=people,
        rests_on=(f"breakthrough:{breakthrough.id}",),
    )
    clock = dataclasses.replace(actor, person=None)
    record(
        confirmed, *_establish(breakthrough, actor), actor=clock, stream=breakthrough.coalition_id
    )
    return breakthrough


@transaction.atomic
def establish(breakthrough: Breakthrough, *, actor: Actor) -> Breakthrough:
    """Establish it when enough others confirmed it, of whom some were confirmed themselves since."""
    breakthrough = _locked(breakthrough)
    require(policies.may_establish(actor, breakthrough))
    record(*_establish(breakthrough, actor), actor=actor, stream=breakthrough.coalition_id)
    return breakthrough


@transaction.atomic
def withdraw(breakthrough: Breakthrough, *, actor: Actor, reason: str) -> Breakthrough:
    """The claimant takes it back, with a reason."""
    breakthrough = _locked(breakthrough)
    require(policies.may_withdraw(actor, breakthrough))
    check_reason(reason)
    breakthrough.state, breakthrough.withdrawal_reason = State.WITHDRAWN, reason.strip()
    breakthrough.full_clean()
    breakthrough.save(update_fields=["state", "withdrawal_reason"])
    withdrawn = events.Withdrawn(
        breakthrough=breakthrough.id,
        claimant=breakthrough.claimant_id,
        reason=shreddable(breakthrough.withdrawal_reason),
        rests_on=(f"breakthrough:{breakthrough.id}",),
    )
    record(withdrawn, actor=actor)
    return breakthrough


def _locked(breakthrough: Breakthrough) -> Breakthrough:
    return Breakthrough.objects.select_for_update(of=("self",), no_key=True).get(id=breakthrough.id)


def _claimed_event(breakthrough: Breakthrough, obstacles: Sequence[Obstacle]) -> Event:
    pledges = sorted(breakthrough.pledges.values_list("id", flat=True))
    return events.Claimed(
        breakthrough=breakthrough.id,
        claimant=breakthrough.claimant_id,
        claimant_kind=breakthrough.claimant.kind,
        contributors=[breakthrough.claimant_id],
        named=sorted(breakthrough.named.values_list("id", flat=True)) or None,
        pledges=pledges,
        obstacles=[obstacle.id for obstacle in obstacles],
        obstacle_owners=[obstacle.party_id for obstacle in obstacles],
        happened_on=breakthrough.happened_on,
        evidence=breakthrough.evidence,
        title=shreddable(breakthrough.title),
        before=shreddable(breakthrough.before),
        after=shreddable(breakthrough.after),
        rests_on=(
            *(f"obstacle:{obstacle.id}" for obstacle in obstacles),
            *(f"pledge:{pledge}" for pledge in pledges),
        ),
    )


def _confirmation_event(confirmation: Confirmation, party: Party) -> Event:
    rests_on = (f"breakthrough:{confirmation.breakthrough_id}",)
    remark = shreddable(confirmation.remark)
    if confirmation.confirms:
        return events.Confirmed(
            breakthrough=confirmation.breakthrough_id,
            party=party.id,
            kind=party.kind,
            remark=remark,
            rests_on=rests_on,
        )
    return events.Disputed(
        breakthrough=confirmation.breakthrough_id,
        party=party.id,
        kind=party.kind,
        reason=remark,
        rests_on=rests_on,
    )


def _establish(breakthrough: Breakthrough, actor: Actor) -> list[Event]:
    if breakthrough.state != State.CLAIMED:
        return []
    confirmed = breakthrough.confirmations.counting().select_related("party__organisation")
    kinds = {confirmation.party.kind for confirmation in confirmed}
    people = breakthrough.residents.count()
    people = people if people >= queries.ENOUGH_RESIDENTS else 0
    if not queries.is_enough_to_confirm(len(kinds), people):
        return []
    breakthrough.state, breakthrough.established_at = State.ESTABLISHED, actor.now
    breakthrough.save(update_fields=["state", "established_at"])
    contributors = sorted(breakthrough.contributors.values_list("id", flat=True))
    owners = breakthrough.obstacles.values_list("party", flat=True)
    others = any(helper != owner for owner in owners for helper in contributors)
    established = events.Established(
        breakthrough=breakthrough.id,
        kinds=[kind for kind in Kind.values if kind in kinds],
        people=people - people % queries.STEP,
        contributors=contributors,
        resolved_anothers_obstacle="yes" if others else "no",
        happened_on=breakthrough.happened_on,
        rests_on=(f"breakthrough:{breakthrough.id}",),
    )
    return [established]
