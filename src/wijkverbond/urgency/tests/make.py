"""Look-alike answers, made through the services as people would."""

from collections.abc import Mapping

from tests import make
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.actor import Actor
from wijkverbond.urgency import services
from wijkverbond.urgency.counting_without import key_of
from wijkverbond.urgency.models import Conversation, SetApart

SEEDS = [f"Zin nummer {number}." for number in range(1, 6)]
SAME: Mapping[int, int] = {1: -1, 2: -1, 3: -1, 4: -1, 5: -1}


def conversation(world: make.World) -> Conversation:
    """A question with enough sentences to tell who answers alike."""
    return make.conversation(world.coalition, seeds=SEEDS)


def alike(
    conversation: Conversation, kind: str, number: int, answer: Mapping[int, int] = SAME
) -> None:
    """So many people of a kind who all answer the same."""
    make.answers(conversation, kind, number, answer)


def different(conversation: Conversation, kind: str, number: int) -> None:
    """So many people of a kind who agree with the first sentence, and differ in the others."""
    for person in range(number):
        others = {2 + digit: person // 3**digit % 3 - 1 for digit in range(4)}
        make.answers(conversation, kind, 1, {1: 1, **others})


def closed(conversation: Conversation) -> Conversation:
    """A question that closes on its day, with its answers counted and published."""
    at_its_end = actors.system(conversation.closes_at)
    closed = services.close(conversation, actor=at_its_end)
    services.publish_closing(closed, actor=at_its_end)
    return closed


def cluster(conversation: Conversation) -> str:
    """The key of the first cluster that the last count saw."""
    reading = conversation.readings.first()
    assert reading
    return key_of(reading.clusters[0])


def set_apart(conversation: Conversation, *, by: Actor, agreed_by: Actor | None = None) -> SetApart:
    """The largest cluster of a question, which a partner proposes to set apart; two do when agreed."""
    if len(conversation.statements.published()) < len(SEEDS):
        conversation = make.conversation(conversation.coalition, seeds=SEEDS)
    if not conversation.readings.exists():
        alike(conversation, "residents", 21)
        alike(conversation, "residents", 20, dict.fromkeys(SAME, 1))
        services.publish_reading(conversation, actor=actors.system())
    proposed = services.propose_apart(
        conversation, actor=by, cluster=cluster(conversation), reason="Dit lijkt er één."
    )
    if agreed_by:
        return services.agree_apart(proposed, actor=agreed_by, reason="Dat zien wij ook.")
    return proposed
