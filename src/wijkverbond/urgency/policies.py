"""Who may do what with conversations and shared urgencies."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.policies import is_host_of_own, may_review_act
from wijkverbond.coalition.queries import voices
from wijkverbond.coalition.queries.confirming import NOT_CONFIRMED, once_confirmed
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
from wijkverbond.urgency.models import (
    Conversation,
    HidingReview,
    HostHiding,
    SetApart,
    SharedUrgency,
    Statement,
)

CONVERSATION = ("open", "closed")
CLOSED = refuse(because=_("This question is closed."), states=["closed"])
PEOPLE_DECIDE = refuse(
    ActorKind.GOVERNMENT,
    because=_("Residents, entrepreneurs and organisations ask what is urgent. Government answers."),
)
GOVERNMENT_JUDGES_NOT = refuse(
    ActorKind.GOVERNMENT,
    because=_("Government does not judge what people say, also not about government."),
)

OPEN_CONVERSATION = declare(
    PolicyAction(
        name="urgency.open_conversation",
        title=_("Ask the neighbourhood a question, and close it"),
        rules=(PEOPLE_DECIDE, allow(*SOCIETY, whose=[Whose.OWN]), allow(ActorKind.SYSTEM)),
        otherwise=_("Only the partner that asked the question does this."),
    )
)
EXPECT_IN_THE_HALL = declare(
    PolicyAction(
        name="urgency.expect_in_the_hall",
        title=_("Say when many people answer in a hall, so that nobody waits for the others"),
        states=CONVERSATION,
        rules=(CLOSED, PEOPLE_DECIDE, allow(*SOCIETY, whose=[Whose.OWN])),
        otherwise=_("Only the partner that asked the question does this."),
    )
)
RESPOND = declare(
    PolicyAction(
        name="urgency.respond",
        title=_("Answer, add a sentence of your own, and choose what comes first"),
        states=CONVERSATION,
        rules=(CLOSED, allow(ActorKind.PARTICIPANT, whose=[Whose.OWN])),
        otherwise=_("Everyone answers for themselves, and changes only their own answers."),
    )
)
ERASE_ANSWERS = declare(
    PolicyAction(
        name="urgency.erase_answers",
        title=_("Erase your own answers, with the code that you were given"),
        rules=(allow(ActorKind.PARTICIPANT, whose=[Whose.OWN]),),
        otherwise=_("Only who answered does this, with the code that they were given."),
    )
)
TAKE_IN = declare(
    PolicyAction(
        name="urgency.take_in",
        title=_("Enter answers from paper"),
        states=CONVERSATION,
        rules=(CLOSED, allow(ActorKind.SECRETARIAT), PEOPLE_DECIDE, allow(*SOCIETY)),
        otherwise=_("The secretariat or a partner enters what came on paper."),
    )
)
MODERATE = declare(
    PolicyAction(
        name="urgency.moderate",
        title=_("Read new sentences, publish them, or say why not"),
        rules=(
            GOVERNMENT_JUDGES_NOT,
            allow(*SOCIETY),
        ),
        otherwise=_("People whom a partner asked to do so read the new sentences."),
    )
)
HIDE_AS_HOST = declare(
    PolicyAction(
        name="urgency.hide_as_host",
        title=_("Hide a sentence that is against the law at once, as host of the site"),
        rules=(
            refuse(
                ActorKind.OPERATOR,
                because=_("You act for a partner here. Another host of the site does this."),
                whose=[Whose.OWN],
            ),
            allow(ActorKind.OPERATOR),
        ),
        otherwise=_("Only the host of the site does this; partners of two kinds review it."),
    )
)
REVIEW_HIDING = declare(
    PolicyAction(
        name="urgency.review_hiding",
        title=_("Review what the host of the site has hidden"),
        states=("open", "settled"),
        rules=(
            refuse(because=_("This review is finished."), states=["settled"]),
            GOVERNMENT_JUDGES_NOT,
            refuse(because=_("Who hid it does not review it."), whose=[Whose.OWN]),
            allow(*SOCIETY, whose=[Whose.OTHER]),
        ),
        otherwise=_("Residents, entrepreneurs and organisations review what the host hid."),
    )
)
SET_APART = declare(
    PolicyAction(
        name="urgency.set_apart",
        title=_("Set look-alike answers apart, so that the result stands with and without them"),
        states=(*SetApart.State.values,),
        rules=(
            refuse(
                because=_("Two partners already set this apart, or it was taken back."),
                states=["standing", "taken_back"],
            ),
            GOVERNMENT_JUDGES_NOT,
            allow(*SOCIETY),
        ),
        otherwise=_("Two confirmed partners of two kinds do this together."),
        needs=MandateType.DECIDE,
    )
)
TAKE_BACK_APART = declare(
    PolicyAction(
        name="urgency.take_back_apart",
        title=_("Take back that look-alike answers are set apart"),
        states=(*SetApart.State.values,),
        rules=(
            refuse(because=_("This was taken back already."), states=["taken_back"]),
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=_("One of the partners that asked for it does this."),
        needs=MandateType.DECIDE,
    )
)
PUBLISH_READING = declare(
    PolicyAction(
        name="urgency.publish_reading",
        title=_("Count the answers"),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("The software counts, at fixed moments and at the closing."),
    )
)
PROPOSE = declare(
    PolicyAction(
        name="urgency.propose",
        title=_("Propose a shared urgency, word it anew, bring it before the coalition"),
        states=(*SharedUrgency.State.values,),
        rules=(
            refuse(
                because=_("This urgency stands. Ask the neighbourhood again first."),
                states=["adopted", "retired"],
            ),
            PEOPLE_DECIDE,
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=_("Only the partner that proposed this does so."),
    )
)
ENDORSE = declare(
    PolicyAction(
        name="urgency.endorse",
        title=_("Say by name that your partner shares this urgency"),
        states=(*SharedUrgency.State.values,),
        rules=(
            refuse(because=_("This is no longer urgent."), states=["retired"]),
            allow(*PARTIES, whose=[Whose.OWN]),
        ),
        otherwise=_("Only a partner says this, for itself."),
        needs=MandateType.DECIDE,
    )
)


def may_open_conversation(actor: Actor, coalition: Coalition) -> Permission:
    """Open a conversation with the neighbourhood."""
    return OPEN_CONVERSATION.permission(actor, own=actor.is_party, coalition=coalition.id)


def may_close(actor: Actor, conversation: Conversation) -> Permission:
    """Close a conversation."""
    return OPEN_CONVERSATION.permission(
        actor, own=actor.party == conversation.opened_by_id, coalition=conversation.coalition_id
    )


def may_expect_in_the_hall(actor: Actor, conversation: Conversation) -> Permission:
    """Lift the limits of one network for some hours."""
    return EXPECT_IN_THE_HALL.permission(
        actor,
        own=actor.party == conversation.opened_by_id,
        coalition=conversation.coalition_id,
        state=_state(actor, conversation),
    )


def may_respond(actor: Actor, conversation: Conversation) -> Permission:
    """Answer for oneself."""
    return RESPOND.permission(
        actor, own=True, coalition=conversation.coalition_id, state=_state(actor, conversation)
    )


def may_erase_answers(actor: Actor, conversation: Conversation) -> Permission:
    """Erase one's own answers."""
    return ERASE_ANSWERS.permission(actor, own=True, coalition=conversation.coalition_id)


def may_take_in(actor: Actor, conversation: Conversation) -> Permission:
    """Enter answers from paper, as secretariat or for a party that others know."""
    permission = TAKE_IN.permission(
        actor, own=False, coalition=conversation.coalition_id, state=_state(actor, conversation)
    )
    return permission and once_confirmed(actor, conversation.coalition_id)


def may_moderate(actor: Actor, statement: Statement) -> Permission:
    """Publish a statement or say why not, for a party that others know."""
    coalition = statement.conversation.coalition_id
    permission = MODERATE.permission(actor, own=False, coalition=coalition)
    return permission and once_confirmed(actor, coalition)


def may_read_new_statements(actor: Actor) -> Permission:
    """See the statements that wait, for a party that others know."""
    permission = MODERATE.permission(actor, own=False, coalition=actor.coalition)
    return permission and once_confirmed(actor, actor.coalition)


def may_review_hidings(actor: Actor) -> Permission:
    """Review what the host hid; who is not confirmed yet is heard, and counts later."""
    return REVIEW_HIDING.permission(actor, own=False, coalition=actor.coalition, state="open")


def may_hide_as_host(actor: Actor, coalition: Coalition) -> Permission:
    """Hide a statement as host of the site; not in a coalition in which one acts for a party too."""
    return HIDE_AS_HOST.permission(actor, own=is_host_of_own(actor, coalition), coalition=None)


def may_review(actor: Actor, hiding: HostHiding) -> Permission:
    """Review what the host hid, unless one hosts the site, or reviewed it for another party."""
    coalition = hiding.statement.conversation.coalition_id
    return may_review_act(REVIEW_HIDING, actor, hiding, coalition)


def reviewed_for_another(actor: Actor, coalition: Coalition) -> set[uuid.UUID]:
    """The hidings that this person does not review, having done so for another party."""
    reviews = HidingReview.objects.filter(hiding__statement__conversation__coalition=coalition)
    return set(voices.given_for_others(reviews, actor).values_list("hiding", flat=True))


def may_see_look_alikes(actor: Actor, conversation: Conversation) -> Permission:
    """See how many answers look alike: who may set them apart, confirmed or not."""
    return SET_APART.permission(
        actor,
        own=False,
        coalition=conversation.coalition_id,
        state=SetApart.State.PROPOSED,
    )


def may_propose_apart(actor: Actor, conversation: Conversation) -> Permission:
    """Propose to set look-alike answers of a question apart, as a party that others confirmed."""
    return may_see_look_alikes(actor, conversation) and _confirmed(actor)


def may_agree_apart(actor: Actor, set_apart: SetApart) -> Permission:
    """Agree to it, as a confirmed party of another kind, and another person."""
    permission = SET_APART.permission(
        actor,
        own=False,
        coalition=set_apart.conversation.coalition_id,
        state=set_apart.state,
    )
    if not permission:
        return permission
    said = set_apart.voices.all()
    if any(voice.party.kind == actor.kind for voice in said):
        return no(_("A partner of another kind agrees to this."))
    return voices.one_voice_among(said, actor) and _confirmed(actor)


def may_take_back_apart(actor: Actor, set_apart: SetApart) -> Permission:
    """Take it back, as one of the parties that asked for it."""
    return TAKE_BACK_APART.permission(
        actor,
        own=any(voice.party_id == actor.party for voice in set_apart.voices.all()),
        coalition=set_apart.conversation.coalition_id,
        state=set_apart.state,
    )


def may_publish(actor: Actor, conversation: Conversation) -> Permission:
    """Count the answers."""
    return PUBLISH_READING.permission(actor, own=False, coalition=conversation.coalition_id)


def may_start_urgency(actor: Actor, coalition: Coalition) -> Permission:
    """Propose a shared urgency."""
    return PROPOSE.permission(
        actor, own=actor.is_party, coalition=coalition.id, state=SharedUrgency.State.PROPOSED
    )


def may_propose(actor: Actor, urgency: SharedUrgency) -> Permission:
    """Word one's proposal anew or bring it before the coalition."""
    return PROPOSE.permission(
        actor,
        own=actor.party == urgency.proposer_id,
        coalition=urgency.coalition_id,
        state=urgency.state,
    )


def may_endorse(actor: Actor, urgency: SharedUrgency) -> Permission:
    """Say by name that one's party shares this urgency, unless one said so for another."""
    permission = ENDORSE.permission(
        actor, own=actor.is_party, coalition=urgency.coalition_id, state=urgency.state
    )
    return permission and voices.one_voice(urgency.endorsements.current(), actor)


def _confirmed(actor: Actor) -> Permission:
    if actor.party and Party.objects.confirmed().filter(id=actor.party).exists():
        return YES
    return no(NOT_CONFIRMED)


def _state(actor: Actor, conversation: Conversation) -> str:
    return "open" if conversation.is_open(actor.now) else "closed"
