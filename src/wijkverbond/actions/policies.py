"""Who may do what with initiatives, actions, check-ins, obstacles and requests."""

import uuid

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.models import (
    Action,
    CheckIn,
    FacilitationRequest,
    Initiative,
    Judgement,
    JudgementQuerySet,
    MoneyTie,
    Obstacle,
)
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.commitments import queries as commitments
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel import policy
from wijkverbond.kernel.actor import PARTIES, SOCIETY, Actor, ActorKind
from wijkverbond.kernel.policy import Permission, Whose, allow, declare, refuse

OWN = [Whose.OWN]
OTHER = [Whose.OTHER]
REQUESTS = (*FacilitationRequest.State.values,)

PROPOSE_INITIATIVE = declare(
    policy.PolicyAction(
        name="actions.propose_initiative",
        title=_("Begin an initiative"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("A partner begins an initiative. You can join as one, or give a signal."),
    )
)
LEAD_INITIATIVE = declare(
    policy.PolicyAction(
        name="actions.lead_initiative",
        title=_("Start, finish or stop an initiative"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner that leads this initiative does this."),
    )
)
JOIN_INITIATIVE = declare(
    policy.PolicyAction(
        name="actions.join_initiative",
        title=_("Join an initiative, and plan actions of your own in it"),
        rules=(allow(*PARTIES),),
        otherwise=_("A partner joins, in its own name."),
    )
)
SETTLE_ACTION = declare(
    policy.PolicyAction(
        name="actions.settle_action",
        title=_("Say that an action is done or dropped"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner that would do it says that it is done."),
    )
)
CHECK_IN = declare(
    policy.PolicyAction(
        name="actions.check_in",
        title=_("Say how a promise goes"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner that made the promise says how it goes."),
    )
)
JUDGE_CHECK_IN = declare(
    policy.PolicyAction(
        name="actions.judge_check_in",
        title=_("Say whether a promise was done as promised"),
        states=(*MoneyTie,),
        rules=(
            refuse(
                *PARTIES,
                because=_("Others say whether your promise was done."),
                whose=OWN,
            ),
            refuse(
                *PARTIES,
                because=_(
                    "Who pays another, or accepted money of them, does not judge their promises. "
                    "Others do."
                ),
                states=[MoneyTie.PAYS],
            ),
            allow(*PARTIES, whose=OTHER),
        ),
        otherwise=_("Another partner says whether a promise was done."),
    )
)
RAISE_OBSTACLE = declare(
    policy.PolicyAction(
        name="actions.raise_obstacle",
        title=_("Write down what is stuck"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("A partner writes this down, in its own name."),
    )
)
RESOLVE_OBSTACLE = declare(
    policy.PolicyAction(
        name="actions.resolve_obstacle",
        title=_("Say that something has come loose"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner that was stuck says that it has come loose."),
    )
)
ASK_GOVERNMENT = declare(
    policy.PolicyAction(
        name="actions.ask_government",
        title=_("Ask government for something"),
        rules=(
            allow(*SOCIETY, whose=OWN),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Requests come from residents, entrepreneurs and organisations."),
            ),
        ),
        otherwise=_("A partner asks, in its own name."),
    )
)
ANSWER_REQUEST = declare(
    policy.PolicyAction(
        name="actions.answer_request",
        title=_("Receive, extend or answer a request"),
        states=REQUESTS,
        rules=(
            refuse(
                because=_("This request already has its answer."),
                states=["answered", "accepted", "withdrawn"],
            ),
            allow(ActorKind.GOVERNMENT, whose=OWN),
        ),
        otherwise=_("Only the government partner that was asked answers."),
    )
)
SETTLE_REQUEST = declare(
    policy.PolicyAction(
        name="actions.settle_request",
        title=_("Say whether an answer resolves your request, or ask again"),
        states=REQUESTS,
        rules=(
            refuse(
                because=_("There is no open answer to this request."),
                states=["asked", "acknowledged", "accepted", "withdrawn"],
            ),
            allow(*SOCIETY, whose=OWN),
        ),
        otherwise=_("Only the partner that asked says whether the answer helps."),
    )
)
FOLLOW_UP_REQUEST = declare(
    policy.PolicyAction(
        name="actions.follow_up_request",
        title=_("Take your request one level up, or withdraw it"),
        states=REQUESTS,
        rules=(
            refuse(
                because=_("This request is finished."),
                states=["accepted", "withdrawn"],
            ),
            allow(*SOCIETY, whose=OWN),
        ),
        otherwise=_("Only the partner that asked does this."),
    )
)


def may_propose_initiative(actor: Actor, coalition: Coalition) -> Permission:
    """Begin an initiative in one's own name."""
    return PROPOSE_INITIATIVE.permission(actor, own=actor.is_party, coalition=coalition.id)


def may_lead(actor: Actor, initiative: Initiative) -> Permission:
    """Start, finish or stop an initiative."""
    return LEAD_INITIATIVE.permission(
        actor, own=actor.party == initiative.lead_id, coalition=initiative.coalition_id
    )


def may_join(actor: Actor, initiative: Initiative) -> Permission:
    """Join an initiative or plan an action in it."""
    return JOIN_INITIATIVE.permission(
        actor, own=actor.party == initiative.lead_id, coalition=initiative.coalition_id
    )


def may_settle_action(actor: Actor, action: Action) -> Permission:
    """Say that an action is done or dropped."""
    return SETTLE_ACTION.permission(
        actor, own=actor.party == action.party_id, coalition=action.initiative.coalition_id
    )


def may_check_in(actor: Actor, pledge: Pledge) -> Permission:
    """Say how one's pledge goes."""
    return CHECK_IN.permission(
        actor, own=actor.party == pledge.party_id, coalition=pledge.coalition_id
    )


def may_judge(actor: Actor, check_in: CheckIn) -> Permission:
    """Say whether another's pledge was kept, unless one said so of this report for another party."""
    permission = may_judge_pledge(actor, check_in.pledge)
    return permission and voices.one_voice(_voices(check_in.judgements.all()), actor)


def may_judge_pledge(actor: Actor, pledge: Pledge) -> Permission:
    """Say of reports of another's pledge whether it was kept.

    By somebody who acts neither for the owner, nor for a party that pays it or accepted its money.
    """
    work_of_owner = commitments.tied_by_money(OuterRef("id")).filter(id=pledge.party_id)
    hats = voices.hats_among(actor, Party.objects.filter(Exists(work_of_owner)))
    permission = JUDGE_CHECK_IN.permission(
        actor,
        own=actor.party == pledge.party_id,
        coalition=pledge.coalition_id,
        state=MoneyTie.PAYS if actor.party in hats else MoneyTie.APART,
    )
    return permission and voices.somebody_else(hats)


def judged_for_another(actor: Actor, pledge: Pledge) -> set[uuid.UUID]:
    """The reports of a pledge that this person does not judge, having done so for another party."""
    judgements = _voices(Judgement.objects.filter(check_in__pledge=pledge))
    return set(voices.given_for_others(judgements, actor).values_list("check_in", flat=True))


def _voices(judgements: JudgementQuerySet) -> JudgementQuerySet:
    """Judgements as voices have it: with the `party` that gave them."""
    return judgements.annotate(party=F("judge"))


def may_raise_obstacle(actor: Actor, coalition: Coalition) -> Permission:
    """Write down what is stuck."""
    return RAISE_OBSTACLE.permission(actor, own=actor.is_party, coalition=coalition.id)


def may_resolve(actor: Actor, obstacle: Obstacle) -> Permission:
    """Say that something has come loose."""
    return RESOLVE_OBSTACLE.permission(
        actor, own=actor.party == obstacle.party_id, coalition=obstacle.coalition_id
    )


def may_ask_government(actor: Actor, coalition: Coalition) -> Permission:
    """Ask government for something."""
    return ASK_GOVERNMENT.permission(actor, own=actor.is_party, coalition=coalition.id)


def may_answer(actor: Actor, request: FacilitationRequest) -> Permission:
    """Receive, extend or answer a request to one's own party."""
    return ANSWER_REQUEST.permission(
        actor,
        own=actor.party == request.addressee_id,
        coalition=request.coalition_id,
        state=request.state,
    )


def may_settle_request(actor: Actor, request: FacilitationRequest) -> Permission:
    """Accept an answer as resolving, or ask again."""
    return SETTLE_REQUEST.permission(
        actor,
        own=actor.party == request.asker_id,
        coalition=request.coalition_id,
        state=request.state,
    )


def may_follow_up(actor: Actor, request: FacilitationRequest) -> Permission:
    """Take one's request one level up, or withdraw it."""
    return FOLLOW_UP_REQUEST.permission(
        actor,
        own=actor.party == request.asker_id,
        coalition=request.coalition_id,
        state=request.state,
    )
