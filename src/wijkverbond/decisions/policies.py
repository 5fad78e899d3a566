"""Who may do what with a proposal. Government answers and objects, and carries or blocks nothing."""

import functools
import operator

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import secretariat, voices
from wijkverbond.decisions.models import CLOSED_STATES, Decision, LaterAnswer, Objection, State
from wijkverbond.kernel.actor import PARTIES, SOCIETY, Actor, ActorKind, MandateType
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

OPEN = (State.OPEN,)
CLOSED = _("This proposal is closed.")

PROPOSE = declare(
    PolicyAction(
        name="decisions.propose",
        title=_("Bring a proposal before the coalition"),
        rules=(
            allow(*SOCIETY, whose=[Whose.OWN]),
            refuse(
                ActorKind.GOVERNMENT,
                because=_(
                    "Residents, entrepreneurs and organisations make the proposals. Government may "
                    "object, put forward a legal limit and pledge for itself."
                ),
            ),
        ),
        otherwise=_("Only a partner brings a proposal, in its own name."),
    )
)
TAKE_POSITION = declare(
    PolicyAction(
        name="decisions.take_position",
        title=_("Answer to a proposal"),
        states=(*State,),
        rules=(
            refuse(because=CLOSED, states=CLOSED_STATES),
            allow(*PARTIES, whose=[Whose.OWN]),
        ),
        otherwise=_("Only a partner answers, and only for itself."),
        needs=MandateType.DECIDE,
    )
)
ENTER_POSITION = declare(
    PolicyAction(
        name="decisions.enter_position",
        title=_("Enter a partner's answer that came on paper or by telephone"),
        states=(*State,),
        rules=(
            refuse(because=CLOSED, states=CLOSED_STATES),
            allow(ActorKind.SECRETARIAT, whose=[Whose.OTHER]),
        ),
        otherwise=_("Only the secretariat enters what came on paper; the partner can correct it."),
    )
)
PROPOSERS_WORK = _("Only the partner that made the proposal does this.")
ADAPT = declare(
    PolicyAction(
        name="decisions.adapt",
        title=_("Adapt or withdraw a proposal"),
        states=(*State,),
        rules=(
            refuse(because=CLOSED, states=CLOSED_STATES),
            refuse(ActorKind.GOVERNMENT, because=_("Government changes nobody else's text.")),
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=PROPOSERS_WORK,
    )
)
ANSWER_OBJECTION = declare(
    PolicyAction(
        name="decisions.answer_objection",
        title=_("Answer an objection to a proposal"),
        states=(*State,),
        rules=(
            refuse(because=CLOSED, states=[State.WITHDRAWN, State.NOT_CARRIED]),
            refuse(ActorKind.GOVERNMENT, because=_("Government changes nobody else's text.")),
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=PROPOSERS_WORK,
    )
)
RESOLVE_OBJECTION = declare(
    PolicyAction(
        name="decisions.resolve_objection",
        title=_("Say that an objection is resolved"),
        states=(*State,),
        rules=(
            refuse(because=CLOSED, states=CLOSED_STATES),
            allow(*PARTIES, whose=[Whose.OWN]),
        ),
        otherwise=_("Only the partner that objected says whether its objection is resolved."),
        needs=MandateType.DECIDE,
    )
)
PUT_FORWARD_LEGAL_LIMIT = declare(
    PolicyAction(
        name="decisions.put_forward_legal_limit",
        title=_("Put forward a legal limit, with its ground"),
        states=(*State,),
        rules=(
            refuse(because=CLOSED, states=CLOSED_STATES),
            allow(ActorKind.GOVERNMENT, whose=[Whose.OWN]),
        ),
        otherwise=_("Only a government partner puts forward a legal limit."),
    )
)
CLOSE = declare(
    PolicyAction(
        name="decisions.close",
        title=_("Close a proposal"),
        states=("due", *State),
        rules=(
            refuse(because=CLOSED, states=CLOSED_STATES),
            allow(*SOCIETY, whose=[Whose.OWN]),
            allow(ActorKind.SYSTEM, states=["due"]),
            refuse(ActorKind.GOVERNMENT, because=_("Government does not close a decision.")),
        ),
        otherwise=_("The proposal closes by itself, on the day that stands with it."),
    )
)

ASK_AFTERWARDS = declare(
    PolicyAction(
        name="decisions.ask_afterwards",
        title=_("Ask a partner that came later about what was carried without its kind"),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("This goes by itself, when others have confirmed the partner."),
    )
)
ANSWER_AFTERWARDS = declare(
    PolicyAction(
        name="decisions.answer_afterwards",
        title=_("Answer afterwards to what was carried without one's kind"),
        states=("waiting", "answered"),
        rules=(
            refuse(because=_("This partner has answered."), states=["answered"]),
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=_("Only the partner that was asked answers."),
        needs=MandateType.DECIDE,
    )
)


def may_propose(actor: Actor, coalition: Coalition) -> Permission:
    """Bring a proposal before one's coalition."""
    return PROPOSE.permission(actor, own=True, coalition=coalition.id)


def may_take_position(actor: Actor, decision: Decision) -> Permission:
    """Answer for one's own party, unless one spoke here for another."""
    permission = TAKE_POSITION.permission(
        actor, own=actor.is_party, coalition=decision.coalition_id, state=decision.state
    )
    return permission and _about_others(actor, decision) and _one_voice(actor, decision)


def may_enter_position(actor: Actor, decision: Decision) -> Permission:
    """Enter the answer of a party that came on paper or by telephone; nobody who is partial."""
    permission = ENTER_POSITION.permission(
        actor, own=False, coalition=decision.coalition_id, state=decision.state
    )
    if permission and secretariat.is_partial(actor.person, decision.coalition_id, actor.now):
        return no(
            _("You act for a partner here, or government lends you. Somebody else enters it.")
        )
    return permission


def may_adapt(actor: Actor, decision: Decision) -> Permission:
    """Adapt or withdraw a proposal."""
    return ADAPT.permission(
        actor,
        own=actor.party == decision.proposer_id,
        coalition=decision.coalition_id,
        state=decision.state,
    )


def may_answer_objection(actor: Actor, objection: Objection) -> Permission:
    """Answer an objection; government's is still owed one after the proposal was carried."""
    decision = objection.decision
    return ANSWER_OBJECTION.permission(
        actor,
        own=actor.party == decision.proposer_id,
        coalition=decision.coalition_id,
        state=decision.state,
    )


def may_resolve(actor: Actor, objection: Objection) -> Permission:
    """Say that an objection is resolved, unless one spoke here for another party."""
    permission = RESOLVE_OBJECTION.permission(
        actor,
        own=actor.party == objection.party_id,
        coalition=objection.decision.coalition_id,
        state=objection.decision.state,
    )
    return permission and _one_voice(actor, objection.decision)


def may_put_forward_limit(actor: Actor, decision: Decision) -> Permission:
    """Say within which limit of the law a proposal must stay, in one's own name."""
    return PUT_FORWARD_LEGAL_LIMIT.permission(
        actor, own=actor.is_party, coalition=decision.coalition_id, state=decision.state
    )


def may_ask_afterwards(actor: Actor, decision: Decision) -> Permission:
    """Ask who came later about what was carried without its kind."""
    return ASK_AFTERWARDS.permission(actor, own=False, coalition=decision.coalition_id)


def may_answer_afterwards(actor: Actor, later_answer: LaterAnswer) -> Permission:
    """Answer what one's party is asked afterwards, unless one spoke then or now for another."""
    decision = later_answer.decision
    permission = ANSWER_AFTERWARDS.permission(
        actor,
        own=actor.party == later_answer.party_id,
        coalition=decision.coalition_id,
        state="answered" if later_answer.answered_at else "waiting",
    )
    return permission and _one_voice(actor, decision)


def may_close(actor: Actor, decision: Decision) -> Permission:
    """Close the round: the clock when it is due, the proposer when everyone has answered."""
    due = decision.state == State.OPEN and decision.closes_at <= actor.now
    return CLOSE.permission(
        actor,
        own=actor.party == decision.proposer_id,
        coalition=decision.coalition_id,
        state="due" if due else decision.state,
    )


def _about_others(actor: Actor, decision: Decision) -> Permission:
    """Whether it is not about a partner for which one acts too; as that partner one answers freely.

    Its own answer does not count; with another hat its person would stop a suspension all the same.
    """
    subject = decision.subject
    if actor.party == subject or f"party:{subject}" not in decision.rests_on:
        return YES
    about_own = voices.acts_for(actor.person, [subject], actor.now)
    return no(voices.INVOLVED) if about_own else YES


def _one_voice(actor: Actor, decision: Decision) -> Permission:
    """Whether nothing of this person stands here for another party: an answer, or an objection."""
    given = [
        Exists(voices.given_for_others(rows, actor))
        for rows in (
            decision.positions.current(),
            decision.objections.all(),
            decision.later_answers.all(),
        )
    ]
    spoke = Decision.objects.filter(functools.reduce(operator.or_, given), id=decision.id)
    return no(voices.SECOND_VOICE) if spoke.exists() else YES
