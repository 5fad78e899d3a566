"""Whom the services of decisions let do something: each with the action that it asks for, and whose it is."""

from tests import make
from tests.service_cases import (
    ServiceCase,
    act_on,
    owned_by_a_partner,
    owned_by_anyone,
    owned_by_corporation,
    owned_by_nobody,
    owned_by_residents,
    the_coalition,
)
from wijkverbond.coalition.models import Handover
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import LaterAnswer, LegalLimit, Position
from wijkverbond.decisions.services import (
    afterwards,
    coalition_proposals,
    legal_limits,
    own_proposals,
)
from wijkverbond.decisions.tests import make as make_decisions

SERVICE_CASES: dict[str, ServiceCase] = {
    "decisions.services.afterwards.ask_afterwards": ServiceCase(
        "decisions.ask_afterwards",
        owned_by_nobody,
        lambda world: (
            lambda actor: afterwards.ask_afterwards(
                make.decision(world.coalition), party_of(world.shopkeeper), actor=actor
            )
        ),
    ),
    "decisions.services.afterwards.answer_afterwards": ServiceCase(
        "decisions.answer_afterwards",
        owned_by_residents,
        act_on(
            lambda world: make_decisions.later_answer(world, party_of(world.resident)),
            afterwards.answer_afterwards,
            wording=LaterAnswer(stance="consent"),
        ),
        state="waiting",
    ),
    "decisions.services.coalition_proposals.propose_secretariat": ServiceCase(
        "decisions.propose",
        owned_by_anyone,
        act_on(
            the_coalition,
            coalition_proposals.propose_secretariat,
            person=lambda _world: make.user(),
            reason="Iemand voor de agenda.",
        ),
    ),
    "decisions.services.coalition_proposals.propose_end_of_secretariat": ServiceCase(
        "decisions.propose",
        owned_by_anyone,
        act_on(
            lambda world: world.coalition.secretariat.current().get(),
            coalition_proposals.propose_end_of_secretariat,
            reason="Het werk is klaar.",
        ),
    ),
    "decisions.services.coalition_proposals.propose_chair_and_rules": ServiceCase(
        "decisions.propose",
        owned_by_anyone,
        act_on(
            make_decisions.handed_over,
            coalition_proposals.propose_chair_and_rules,
            chair_and_rules=lambda world: Handover(
                chair=party_of(world.corporation), rules="Iedereen praat mee."
            ),
        ),
    ),
    "decisions.services.coalition_proposals.propose_second_step": ServiceCase(
        "decisions.propose",
        owned_by_anyone,
        act_on(
            the_coalition, coalition_proposals.propose_second_step, reason="Het gaat om veel geld."
        ),
    ),
    "decisions.services.coalition_proposals.adapt_chair_and_rules": ServiceCase(
        "decisions.adapt",
        owned_by_residents,
        act_on(
            make_decisions.other_chair,
            coalition_proposals.adapt_chair_and_rules,
            chair_and_rules=lambda world: Handover(
                chair=party_of(world.corporation), rules="Iedereen praat mee."
            ),
        ),
        state="open",
    ),
    "decisions.services.own_proposals.propose_freely": ServiceCase(
        "decisions.propose",
        owned_by_anyone,
        act_on(
            the_coalition, own_proposals.propose_freely, title="Het jaarplan", text="Dit is het."
        ),
    ),
    "decisions.services.own_proposals.propose_suspension": ServiceCase(
        "decisions.propose",
        owned_by_anyone,
        act_on(
            lambda world: party_of(world.shopkeeper),
            own_proposals.propose_suspension,
            reason="Al een jaar niets gehoord.",
        ),
    ),
    "decisions.services.own_proposals.propose_waking": ServiceCase(
        "decisions.propose",
        owned_by_anyone,
        act_on(
            lambda world: make.asleep(make.party(world.coalition, "sport")),
            own_proposals.propose_waking,
            person=lambda _world: make.user(),
            reason="De nieuwe voorzitter.",
        ),
    ),
    "decisions.services.legal_limits.put_forward": ServiceCase(
        "decisions.put_forward_legal_limit",
        owned_by_a_partner,
        act_on(
            lambda world: make.decision(world.coalition),
            legal_limits.put_forward,
            wording=LegalLimit(limit="Niet zo", law="Wegenwet, artikel 16"),
        ),
        state="open",
    ),
    "decisions.services.rounds.propose": ServiceCase(
        "decisions.propose",
        owned_by_anyone,
        lambda world: lambda actor: make.decision(world.coalition, by=actor),
    ),
    "decisions.services.rounds.take_position": ServiceCase(
        "decisions.take_position",
        owned_by_a_partner,
        act_on(
            lambda world: make.decision(world.coalition),
            decisions.take_position,
            wording=Position(stance="consent"),
        ),
        state="open",
    ),
    "decisions.services.rounds.enter_position": ServiceCase(
        "decisions.enter_position",
        owned_by_nobody,
        act_on(
            lambda world: make.decision(world.coalition),
            lambda decision, *, actor, party: decisions.enter_position(
                decision, party, actor=actor, wording=Position(stance="consent"), via="paper"
            ),
            party=lambda world: party_of(world.shopkeeper),
        ),
        state="open",
    ),
    "decisions.services.rounds.answer_objection": ServiceCase(
        "decisions.answer_objection",
        owned_by_residents,
        act_on(
            lambda world: make.objection(make.decision(world.coalition), by=world.corporation),
            decisions.answer_objection,
            answer="We letten erop.",
        ),
        state="open",
    ),
    "decisions.services.rounds.resolve_objection": ServiceCase(
        "decisions.resolve_objection",
        owned_by_corporation,
        act_on(
            lambda world: make.objection(make.decision(world.coalition), by=world.corporation),
            decisions.resolve_objection,
            how="answered",
        ),
        state="open",
    ),
    "decisions.services.rounds.adapt": ServiceCase(
        "decisions.adapt",
        owned_by_residents,
        act_on(lambda world: make.decision(world.coalition), decisions.adapt, text="Anders."),
        state="open",
    ),
    "decisions.services.rounds.withdraw": ServiceCase(
        "decisions.adapt",
        owned_by_residents,
        act_on(lambda world: make.decision(world.coalition), decisions.withdraw),
        state="open",
    ),
    "decisions.services.rounds.close": ServiceCase(
        "decisions.close",
        owned_by_residents,
        act_on(lambda world: make.decision(world.coalition), decisions.close),
        state="open",
    ),
}
