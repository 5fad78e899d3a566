"""Each service of urgency: the action that it asks for, and who owns the record."""

import datetime as dt
from typing import Any

from tests import make
from tests.service_cases import (
    Act,
    ServiceCase,
    World,
    act_on,
    owned_by_a_partner,
    owned_by_anyone,
    owned_by_nobody,
    owned_by_person,
    owned_by_residents,
)
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.erasure_codes import code_of
from wijkverbond.urgency.tests import make as make_urgency


def answering(world: World) -> Any:
    """Somebody who began to answer the open conversation."""
    return urgencies.join(
        make.conversation(world.coalition),
        actor=world.participant,
        kind="residents",
        involvement="lives",
    )


def hidden(world: World) -> Any:
    """A sentence that the host hid."""
    statement = make.conversation(world.coalition).statements.get(number=1)
    return urgencies.hide_as_host(statement, actor=world.operator, law="Wetboek, artikel 1")


def proposed_apart(world: World) -> Any:
    """Answers that the residents' group proposes to set apart."""
    return make_urgency.set_apart(make.conversation(world.coalition), by=world.resident)


def _setting_apart(conversation: Any) -> Act:
    return lambda actor: make_urgency.set_apart(conversation, by=actor)


def _sharing(conversation: Any) -> Act:
    return lambda actor: make.urgency(conversation, by=actor)


SERVICE_CASES: dict[str, ServiceCase] = {
    "urgency.services.conversations.open_conversation": ServiceCase(
        "urgency.open_conversation",
        owned_by_a_partner,
        lambda world: lambda actor: make.conversation(world.coalition, by=actor),
        refused=("system",),  # the clock closes conversations; only a partner can open one
    ),
    "urgency.services.conversations.expect_in_the_hall": ServiceCase(
        "urgency.expect_in_the_hall",
        owned_by_residents,
        act_on(
            lambda world: make.conversation(world.coalition),
            urgencies.expect_in_the_hall,
            starts=lambda world: world.resident.now,
            ends=lambda world: world.resident.now + dt.timedelta(hours=3),
        ),
        state="open",
    ),
    "urgency.services.conversations.moderate": ServiceCase(
        "urgency.moderate",
        owned_by_nobody,
        act_on(
            lambda world: urgencies.add_statement(
                answering(world), "Meer bankjes.", actor=world.participant
            ),
            urgencies.moderate,
            publish=True,
        ),
    ),
    "urgency.services.conversations.take_in": ServiceCase(
        "urgency.take_in",
        owned_by_nobody,
        act_on(
            lambda world: make.conversation(world.coalition),
            lambda asked, *, actor: urgencies.take_in(asked, [], actor=actor),
        ),
        state="open",
    ),
    "urgency.services.counting.publish_reading": ServiceCase(
        "urgency.publish_reading",
        owned_by_nobody,
        act_on(lambda world: make.conversation(world.coalition), urgencies.publish_reading),
    ),
    "urgency.services.counting.publish_closing": ServiceCase(
        "urgency.publish_reading",
        owned_by_nobody,
        act_on(lambda world: make.conversation(world.coalition), urgencies.publish_closing),
    ),
    "urgency.services.editions.renew_edition": ServiceCase(
        "urgency.publish_reading",
        owned_by_nobody,
        act_on(lambda world: make.conversation(world.coalition), urgencies.renew_edition),
    ),
    "urgency.services.conversations.close": ServiceCase(
        "urgency.open_conversation",
        owned_by_residents,
        act_on(lambda world: make.conversation(world.coalition), urgencies.close),
    ),
    "urgency.services.host_hidings.hide_as_host": ServiceCase(
        "urgency.hide_as_host",
        owned_by_nobody,
        act_on(
            lambda world: make.conversation(world.coalition).statements.get(number=1),
            urgencies.hide_as_host,
            law="Wetboek, artikel 1",
        ),
        anywhere=True,
    ),
    "urgency.services.host_hidings.review_hiding": ServiceCase(
        "urgency.review_hiding",
        owned_by_person("operator"),
        act_on(hidden, urgencies.review_hiding, upholds=True, reason="Terecht"),
        state="open",
    ),
    "urgency.services.host_hidings.keep_review_time": ServiceCase(
        "coalition.keep_review_time",
        owned_by_nobody,
        act_on(hidden, urgencies.keep_review_time),
    ),
    "urgency.services.responses.join": ServiceCase(
        "urgency.respond",
        owned_by_anyone,
        act_on(
            lambda world: make.conversation(world.coalition),
            urgencies.join,
            kind="residents",
            involvement="lives",
        ),
        state="open",
    ),
    "urgency.services.responses.answer": ServiceCase(
        "urgency.respond",
        owned_by_anyone,
        act_on(
            answering,
            lambda someone, *, actor: urgencies.answer(
                someone,
                someone.conversation.statements.get(number=1).id,
                actor=actor,
                value=1,
            ),
        ),
        state="open",
    ),
    "urgency.services.responses.choose": ServiceCase(
        "urgency.respond",
        owned_by_anyone,
        act_on(answering, lambda someone, *, actor: urgencies.choose(someone, [], actor=actor)),
        state="open",
    ),
    "urgency.services.responses.erase_answers": ServiceCase(
        "urgency.erase_answers",
        owned_by_anyone,
        act_on(
            lambda world: code_of(answering(world).token),
            lambda code, *, actor: urgencies.erase_answers(code, actor=actor),
        ),
    ),
    "urgency.services.responses.finish": ServiceCase(
        "urgency.respond", owned_by_anyone, act_on(answering, urgencies.finish), state="open"
    ),
    "urgency.services.responses.add_statement": ServiceCase(
        "urgency.respond",
        owned_by_anyone,
        act_on(
            answering,
            lambda someone, *, actor: urgencies.add_statement(someone, "Bankjes.", actor=actor),
        ),
        state="open",
    ),
    "urgency.services.set_apart.propose_apart": ServiceCase(
        "urgency.set_apart",
        owned_by_nobody,
        lambda world: _setting_apart(make.conversation(world.coalition)),
        state="proposed",
    ),
    "urgency.services.set_apart.agree_apart": ServiceCase(
        "urgency.set_apart",
        owned_by_nobody,
        act_on(proposed_apart, urgencies.agree_apart, reason="Wij zien het ook."),
        state="proposed",
        refused=("residents",),  # a partner of another kind than the first agrees
    ),
    "urgency.services.set_apart.take_back_apart": ServiceCase(
        "urgency.take_back_apart",
        owned_by_residents,
        act_on(proposed_apart, urgencies.take_back_apart, reason="Het was de zaal."),
        state="proposed",
    ),
    "urgency.services.shared_urgencies.propose_urgency": ServiceCase(
        "urgency.propose",
        owned_by_a_partner,
        lambda world: _sharing(make.conversation(world.coalition)),
        state="proposed",
    ),
    "urgency.services.shared_urgencies.reword": ServiceCase(
        "urgency.propose",
        owned_by_residents,
        act_on(
            lambda world: make.urgency(make.conversation(world.coalition)),
            urgencies.reword,
            sentence="Veilig naar school",
            reason="Korter",
        ),
        state="proposed",
    ),
    "urgency.services.shared_urgencies.endorse": ServiceCase(
        "urgency.endorse",
        owned_by_a_partner,
        act_on(lambda world: make.urgency(make.conversation(world.coalition)), urgencies.endorse),
        state="proposed",
    ),
    "urgency.services.shared_urgencies.bring_to_decision": ServiceCase(
        "urgency.propose",
        owned_by_residents,
        act_on(
            lambda world: make.urgency(make.conversation(world.coalition)),
            urgencies.bring_to_decision,
        ),
        state="proposed",
    ),
}
