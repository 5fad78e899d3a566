"""What the addresses of proposals need beside the coalition's slug."""

from tests import make
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions.models import Decision, Objection
from wijkverbond.decisions.tests import make as make_decisions


def _decision(world: make.World) -> Decision:
    decision = Decision.objects.filter(coalition=world.coalition).first()
    return decision or make.decision(world.coalition, by=world.corporation)


def _objection(world: make.World) -> Objection:
    objection = Objection.objects.filter(decision__coalition=world.coalition).first()
    return objection or make.objection(_decision(world), by=world.resident)


def _of_decision(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "decision_id": _decision(world).id}


def _of_objection(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "objection_id": _objection(world).id}


def _of_later_answer(world: make.World) -> dict[str, object]:
    later_answer = make_decisions.later_answer(world, party_of(world.resident))
    return {"slug": world.coalition.slug, "later_answer_id": later_answer.id}


def _of_handed_over(world: make.World) -> dict[str, object]:
    return {"slug": make_decisions.handed_over(world).slug}


def _of_chair_and_rules(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "proposal_id": make_decisions.other_chair(world).subject}


def _of_secretariat(world: make.World) -> dict[str, object]:
    member = world.coalition.secretariat.current().get()
    return {"slug": world.coalition.slug, "secretariat_id": member.id}


def _of_sleeping_party(world: make.World) -> dict[str, object]:
    sleeping = make.asleep(make.party(world.coalition, "sport", may=[], confirmed=False))
    return {"slug": world.coalition.slug, "party_id": sleeping.id}


ARGUMENTS = {
    "decisions:propose_waking": _of_sleeping_party,
    "decisions:propose_chair_and_rules": _of_handed_over,
    "decisions:adapt_chair_and_rules": _of_chair_and_rules,
    "decisions:propose_end_of_secretariat": _of_secretariat,
    "decisions:answer_afterwards": _of_later_answer,
    "decisions:page": _of_decision,
    "decisions:answer": _of_decision,
    "decisions:enter": _of_decision,
    "decisions:adapt": _of_decision,
    "decisions:limit": _of_decision,
    "decisions:close": _of_decision,
    "decisions:withdraw": _of_decision,
    "decisions:reply": _of_objection,
    "decisions:resolve": _of_objection,
}
