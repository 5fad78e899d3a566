"""What the addresses of conversations and urgencies need beside the coalition's slug."""

from tests import make
from wijkverbond.urgency import services
from wijkverbond.urgency.models import Conversation, HostHiding, SetApart, SharedUrgency
from wijkverbond.urgency.tests import make as make_urgency


def _conversation(world: make.World) -> Conversation:
    conversation = Conversation.objects.filter(coalition=world.coalition).first()
    return conversation or make.conversation(world.coalition)


def _urgency(world: make.World) -> SharedUrgency:
    urgency = SharedUrgency.objects.filter(coalition=world.coalition).first()
    return urgency or make.urgency(_conversation(world), by=world.shopkeeper)


def _of_conversation(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "conversation_id": _conversation(world).id}


def _of_urgency(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "urgency_id": _urgency(world).id}


def _of_statement(world: make.World) -> dict[str, object]:
    return {
        "slug": world.coalition.slug,
        "statement_id": _conversation(world).statements.get(number=1).id,
    }


def _of_hiding(world: make.World) -> dict[str, object]:
    hiding = HostHiding.objects.filter(statement__conversation__coalition=world.coalition).first()
    hiding = hiding or services.hide_as_host(
        _conversation(world).statements.get(number=2),
        actor=world.operator,
        law="Wetboek, artikel 1",
    )
    return {"slug": world.coalition.slug, "hiding_id": hiding.id}


def _of_set_apart(world: make.World) -> dict[str, object]:
    set_apart = SetApart.objects.filter(conversation__coalition=world.coalition).first()
    return {
        "slug": world.coalition.slug,
        "apart_id": (
            set_apart or make_urgency.set_apart(_conversation(world), by=world.shopkeeper)
        ).id,
    }


def _while_open(world: make.World) -> dict[str, object]:
    return {"slug": _conversation(world).coalition.slug}


ARGUMENTS = {
    "urgency:hide": _of_statement,
    "urgency:review": _of_hiding,
    "urgency:respond": _while_open,
    "urgency:conversation": _of_conversation,
    "urgency:look_alikes": _of_conversation,
    "urgency:without": _of_conversation,
    "urgency:apart": _of_set_apart,
    "urgency:hall": _of_conversation,
    "urgency:close": _of_conversation,
    "urgency:download": _of_conversation,
    "urgency:edition": _of_conversation,
    "urgency:urgency": _of_urgency,
    "urgency:endorse": _of_urgency,
    "urgency:decide": _of_urgency,
    "urgency:word": _of_urgency,
}
