"""Who may do what with signals and insights."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import voices
from wijkverbond.coalition.queries.confirming import once_confirmed
from wijkverbond.insights.models import Insight, PartyRecognition, Signal
from wijkverbond.kernel.actor import PARTIES, SOCIETY, Actor, ActorKind
from wijkverbond.kernel.policy import Permission, PolicyAction, Whose, allow, declare, refuse

GIVE_SIGNAL = declare(
    PolicyAction(
        name="insights.give_signal",
        title=_("Say what you see in the neighbourhood"),
        rules=(allow(ActorKind.PARTICIPANT, *PARTIES, whose=[Whose.OWN]),),
        otherwise=_("Everyone speaks for themselves."),
    )
)
MODERATE_SIGNAL = declare(
    PolicyAction(
        name="insights.moderate_signal",
        title=_("Read new signals, publish them, or say why not"),
        rules=(
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government does not judge what people say, also not about government."),
            ),
            allow(*SOCIETY),
        ),
        otherwise=_("Residents, entrepreneurs and organisations read the new signals."),
    )
)
ANSWER_SIGNAL = declare(
    PolicyAction(
        name="insights.answer_signal",
        title=_("Say what came of a signal, and why"),
        rules=(allow(*PARTIES, whose=[Whose.OWN]),),
        otherwise=_("A partner answers a signal, in its own name."),
    )
)
PUBLISH = declare(
    PolicyAction(
        name="insights.publish",
        title=_("Share an insight with its sources, revise it, take it back"),
        rules=(allow(*PARTIES, whose=[Whose.OWN]),),
        otherwise=_("Only the partner that shared an insight changes it."),
    )
)
RECOGNISE = declare(
    PolicyAction(
        name="insights.recognise",
        title=_("Say by name that your partner recognises an insight, or sees it otherwise"),
        rules=(allow(*PARTIES, whose=[Whose.OWN]),),
        otherwise=_("Only a partner says this by name, for itself."),
    )
)
RECOGNISE_AS_PERSON = declare(
    PolicyAction(
        name="insights.recognise_as_person",
        title=_("Say for yourself that you recognise an insight, or see it otherwise"),
        rules=(allow(ActorKind.PARTICIPANT, whose=[Whose.OWN]),),
        otherwise=_("Everyone speaks for themselves."),
    )
)
COUNT_RECOGNITION = declare(
    PolicyAction(
        name="insights.count_recognition",
        title=_("Count who recognises an insight"),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("The software counts, at fixed moments."),
    )
)


def may_read_new_signals(actor: Actor) -> Permission:
    """See the signals that nobody has read yet."""
    permission = MODERATE_SIGNAL.permission(actor, own=False, coalition=actor.coalition)
    return permission and once_confirmed(actor, actor.coalition)


def may_moderate(actor: Actor, signal: Signal) -> Permission:
    """Publish a signal, or say why not, for a party that others know."""
    permission = MODERATE_SIGNAL.permission(actor, own=False, coalition=signal.coalition_id)
    return permission and once_confirmed(actor, signal.coalition_id)


def may_answer_signals(actor: Actor) -> Permission:
    """Answer the signals of one's coalition."""
    return ANSWER_SIGNAL.permission(actor, own=actor.is_party, coalition=actor.coalition)


def may_answer(actor: Actor, signal: Signal) -> Permission:
    """Say what came of a signal, in the name of one's party."""
    return ANSWER_SIGNAL.permission(actor, own=actor.is_party, coalition=signal.coalition_id)


def may_publish_insight(actor: Actor) -> Permission:
    """Share an insight."""
    return PUBLISH.permission(actor, own=actor.is_party, coalition=actor.coalition)


def may_change(actor: Actor, insight: Insight) -> Permission:
    """Revise one's own insight or take it back."""
    return PUBLISH.permission(
        actor, own=actor.party == insight.author_id, coalition=insight.coalition_id
    )


def may_recognise(actor: Actor, insight: Insight) -> Permission:
    """Recognise an insight by the name of one's party, unless one spoke here for another."""
    permission = RECOGNISE.permission(actor, own=actor.is_party, coalition=insight.coalition_id)
    return permission and voices.one_voice(insight.by_parties.all(), actor)


def recognised_for_another(actor: Actor, coalition: Coalition) -> set[uuid.UUID]:
    """The insights of which this person says nothing by name, having done so for another party."""
    views = PartyRecognition.objects.filter(insight__coalition=coalition)
    return set(voices.given_for_others(views, actor).values_list("insight", flat=True))


def may_recognise_as_person(actor: Actor, insight: Insight) -> Permission:
    """Recognise an insight for oneself, without a name."""
    return RECOGNISE_AS_PERSON.permission(actor, own=True, coalition=insight.coalition_id)


def may_count_recognition(actor: Actor, insight: Insight) -> Permission:
    """Count who recognises an insight."""
    return COUNT_RECOGNITION.permission(actor, own=False, coalition=insight.coalition_id)
