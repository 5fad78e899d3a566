"""Who may report and who may confirm a breakthrough."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wijkverbond.breakthroughs.models import AffectedResident, Breakthrough, Confirmation
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.kernel.actor import PARTIES, Actor, ActorKind
from wijkverbond.kernel.policy import (
    YES,
    Permission,
    PolicyAction,
    Whose,
    allow,
    declare,
    no,
    refuse,
)

PARTNER = _(
    "You act or acted here for a partner, or answered this for one. This button is for others."
)
GONE = refuse(because=_("This breakthrough was taken back."), states=["withdrawn"])

CLAIM = declare(
    PolicyAction(
        name="breakthroughs.claim",
        title=_("Report a breakthrough"),
        rules=(allow(*PARTIES, whose=[Whose.OWN]),),
        otherwise=_("A partner reports a breakthrough, in its own name."),
    )
)
CONFIRM = declare(
    PolicyAction(
        name="breakthroughs.confirm",
        title=_("Confirm or dispute a breakthrough, as a partner"),
        states=(*Breakthrough.State.values,),
        rules=(
            GONE,
            refuse(
                *PARTIES,
                because=_(
                    "Who reported it, says that they worked on it, paid for it or accepted money for it "
                    "does not confirm it. Others do."
                ),
                whose=[Whose.OWN],
            ),
            allow(*PARTIES, whose=[Whose.OTHER]),
        ),
        otherwise=_("Partners confirm in their own name; residents have a button of their own."),
    )
)
SAY_WORKED_ON = declare(
    PolicyAction(
        name="breakthroughs.say_worked_on",
        title=_("Say that you worked on a breakthrough for which another named you"),
        states=(*Breakthrough.State.values,),
        rules=(GONE, allow(*PARTIES, whose=[Whose.OWN])),
        otherwise=_("Only a partner that was named says that it worked on it."),
    )
)
CONFIRM_AS_RESIDENT = declare(
    PolicyAction(
        name="breakthroughs.confirm_as_resident",
        title=_("Confirm, as a resident whom it touches"),
        states=(*Breakthrough.State.values,),
        rules=(GONE, allow(ActorKind.PARTICIPANT)),
        otherwise=_("This button is for residents whom it touches, speaking for themselves."),
    )
)
ESTABLISH = declare(
    PolicyAction(
        name="breakthroughs.establish",
        title=_("Establish a breakthrough once enough others who count confirm it"),
        states=(*Breakthrough.State.values,),
        rules=(GONE, allow(ActorKind.SYSTEM)),
        otherwise=_("The software counts who confirms it."),
    )
)
WITHDRAW = declare(
    PolicyAction(
        name="breakthroughs.withdraw",
        title=_("Take back a breakthrough that you reported"),
        states=(*Breakthrough.State.values,),
        rules=(GONE, allow(*PARTIES, whose=[Whose.OWN])),
        otherwise=_("Only the partner that reported it takes it back."),
    )
)


def may_claim(actor: Actor, coalition: Coalition) -> Permission:
    """Report a breakthrough of this coalition in one's own name."""
    return CLAIM.permission(actor, own=actor.is_party, coalition=coalition.id)


def may_confirm(actor: Actor, breakthrough: Breakthrough) -> Permission:
    """Confirm, as a party that neither reported it, nor worked on it, nor paid for it.

    By somebody who acts for no such party either, and who said nothing of it for another.
    """
    return _may_answer(actor, breakthrough, outside=_involved(breakthrough))


def may_dispute(actor: Actor, breakthrough: Breakthrough) -> Permission:
    """Say that it is not so: whoever did not report it and did not say to have worked on it.

    Also who pays for it, and whose pledge the reporter says led to it: nobody is kept from doubting by
    what another says of them.
    """
    said_so = Q(claims=breakthrough) | Q(contributions=breakthrough)
    return _may_answer(actor, breakthrough, outside=Party.objects.filter(said_so))


def _may_answer(
    actor: Actor, breakthrough: Breakthrough, *, outside: QuerySet[Party]
) -> Permission:
    """Answer, for a party outside these, by somebody who has no hat of one of them and one voice."""
    hats = voices.hats_among(actor, outside)
    permission = CONFIRM.permission(
        actor,
        own=actor.party in hats,
        coalition=breakthrough.coalition_id,
        state=breakthrough.state,
    )
    return permission and voices.somebody_else(hats) and _one_voice(actor, breakthrough)


def may_say_worked_on(actor: Actor, breakthrough: Breakthrough) -> Permission:
    """Say that one's party, which the reporter named, worked on it; by who confirmed it for nobody."""
    permission = SAY_WORKED_ON.permission(
        actor,
        own=breakthrough.named.filter(id__in=[actor.party]).exists(),
        coalition=breakthrough.coalition_id,
        state=breakthrough.state,
    )
    return permission and _one_voice(actor, breakthrough)


def may_confirm_as_resident(actor: Actor, breakthrough: Breakthrough) -> Permission:
    """Confirm as a resident whom it touches, and who speaks for no partner here."""
    permission = CONFIRM_AS_RESIDENT.permission(
        actor, own=False, coalition=breakthrough.coalition_id, state=breakthrough.state
    )
    return permission and _speaks_for_no_partner(actor, breakthrough)


def may_establish(actor: Actor, breakthrough: Breakthrough) -> Permission:
    """Establish it when enough who confirmed it count by now."""
    return ESTABLISH.permission(
        actor, own=False, coalition=breakthrough.coalition_id, state=breakthrough.state
    )


def may_withdraw(actor: Actor, breakthrough: Breakthrough) -> Permission:
    """Take back what one's party reported."""
    return WITHDRAW.permission(
        actor,
        own=actor.party == breakthrough.claimant_id,
        coalition=breakthrough.coalition_id,
        state=breakthrough.state,
    )


def _speaks_for_no_partner(actor: Actor, breakthrough: Breakthrough) -> Permission:
    answered = voices.given_for_others(breakthrough.confirmations.all(), actor)
    acts = voices.acts_in(actor.person, breakthrough.coalition_id, actor.now)
    return no(PARTNER) if acts or answered.exists() else YES


def _one_voice(actor: Actor, breakthrough: Breakthrough) -> Permission:
    """Whether this person said nothing of it for another party, nor as a resident."""
    of_this = OuterRef("id")
    confirmed = voices.given_for_others(Confirmation.objects.filter(breakthrough=of_this), actor)
    as_resident = AffectedResident.objects.filter(
        breakthrough=of_this, person=actor.person, person__isnull=False
    )
    spoke = Breakthrough.objects.filter(Exists(confirmed) | Exists(as_resident))
    return no(voices.SECOND_VOICE) if spoke.filter(id=breakthrough.id).exists() else YES


def _involved(breakthrough: Breakthrough) -> QuerySet[Party]:
    this = Breakthrough.objects.filter(id=breakthrough.id)
    return Party.objects.filter(Exists(this.involving(OuterRef("id"))))
