"""What the addresses of conversations and urgencies need beside the coalition's slug."""

from tests import make
from wijkverbond.urgency.models import Conversation, SharedUrgency


def _conversation(world: make.World) -> Conversation:
    found = Conversation.objects.filter(coalition=world.coalition).first()
    return found or make.conversation(world.coalition)


def _urgency(world: make.World) -> SharedUrgency:
    found = SharedUrgency.objects.filter(coalition=world.coalition).first()
    return found or make.urgency(_conversation(world), by=world.shopkeeper)


def _of_conversation(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "conversation": _conversation(world).id}


def _of_urgency(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "urgency": _urgency(world).id}


def _while_open(world: make.World) -> dict[str, object]:
    return {"slug": _conversation(world).coalition.slug}


ARGUMENTS = {
    "urgency:respond": _while_open,
    "urgency:conversation": _of_conversation,
    "urgency:close": _of_conversation,
    "urgency:download": _of_conversation,
    "urgency:urgency": _of_urgency,
    "urgency:endorse": _of_urgency,
    "urgency:decide": _of_urgency,
    "urgency:word": _of_urgency,
}
