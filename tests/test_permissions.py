"""Each `may_…` asks the table about the right action, owner, coalition and state, without a database."""

import dataclasses
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests import matrices
from wijkverbond.actions import policies as actions
from wijkverbond.actions.models import Action, FacilitationRequest, Initiative, Obstacle
from wijkverbond.breakthroughs import policies as breakthroughs
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition import policies as coalitions
from wijkverbond.coalition.models import Coalition, Invitation, Party, Secretariat
from wijkverbond.commitments import policies as commitments
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.decisions import policies as decisions
from wijkverbond.decisions.models import Decision, Objection
from wijkverbond.insights import policies as insights
from wijkverbond.insights.models import Insight, Signal
from wijkverbond.kernel.actor import PARTIES, Actor, ActorKind, MandateType
from wijkverbond.kernel.policy import Permission
from wijkverbond.results import policies as results
from wijkverbond.results.models import Measurement
from wijkverbond.urgency import policies as urgency
from wijkverbond.urgency.models import Conversation, SharedUrgency, Statement
from wijkverbond.vision import policies as vision
from wijkverbond.vision.models import Amendment, Benefit, Goal, VisionVersion

EXPECTED = {
    (line["action"], line["object"], line["state"] or ""): line
    for line in matrices.lines("expected_policies.csv")
}
COALITION, OWNER, ANOTHER = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()

Own = Callable[[Actor], bool]


def owners(actor: Actor) -> bool:
    """It is of the party that owns the record."""
    return actor.party == OWNER


def a_partners(actor: Actor) -> bool:
    """A partner does this in its own name."""
    return actor.is_party


def anyones(actor: Actor) -> bool:
    """Everyone does this in their own name."""
    return True


def nobodys(actor: Actor) -> bool:
    """It is of the coalition."""
    return False


HERE = Coalition(id=COALITION)
PARTY = Party(id=OWNER, coalition_id=COALITION)
CONVERSATION = Conversation(opened_by_id=OWNER, coalition_id=COALITION)
URGENCY = SharedUrgency(proposer_id=OWNER, coalition_id=COALITION, state="proposed")
INITIATIVE = Initiative(lead_id=OWNER, coalition_id=COALITION)
PLEDGE = Pledge(party_id=OWNER, coalition_id=COALITION, state="draft")
REQUEST = FacilitationRequest(addressee_id=OWNER, coalition_id=COALITION, state="asked")
ASKED = FacilitationRequest(asker_id=OWNER, coalition_id=COALITION, state="answered")
DRAFT = Covenant(drafted_by_id=OWNER, coalition_id=COALITION, state="draft")
SIGNING = Covenant(drafted_by_id=OWNER, coalition_id=COALITION, state="signing")
DECISION = Decision(proposer_id=OWNER, coalition_id=COALITION, state="open")
VERSION = VisionVersion(author_id=OWNER, coalition_id=COALITION, state="draft")
GOAL = Goal(owner_id=OWNER, coalition_id=COALITION)
INSIGHT = Insight(author_id=OWNER, coalition_id=COALITION)
SIGNAL = Signal(coalition_id=COALITION)
INVITATION = Invitation(sent_by_party_id=OWNER, coalition_id=COALITION)

CASES: list[tuple[Callable[[Actor, Any], Permission], object, str, Own, str]] = [
    (actions.may_lead, INITIATIVE, "actions.lead_initiative", owners, ""),
    (actions.may_join, INITIATIVE, "actions.join_initiative", owners, ""),
    (
        actions.may_settle_action,
        Action(party_id=OWNER, initiative=INITIATIVE),
        "actions.settle_action",
        owners,
        "",
    ),
    (actions.may_check_in, PLEDGE, "actions.check_in", owners, ""),
    (
        actions.may_resolve,
        Obstacle(party_id=OWNER, coalition_id=COALITION),
        "actions.resolve_obstacle",
        owners,
        "",
    ),
    (actions.may_answer, REQUEST, "actions.answer_request", owners, "asked"),
    (actions.may_settle_request, ASKED, "actions.settle_request", owners, "answered"),
    (actions.may_follow_up, ASKED, "actions.follow_up_request", owners, "answered"),
    (commitments.may_pledge, PLEDGE, "commitments.pledge", owners, "draft"),
    (commitments.may_compose, DRAFT, "commitments.compose_covenant", owners, "draft"),
    (commitments.may_sign, SIGNING, "commitments.sign", a_partners, "signing"),
    (commitments.may_hold_yearly_check, SIGNING, "commitments.look_back", nobodys, ""),
    (commitments.may_keep_time, SIGNING, "commitments.keep_time", nobodys, ""),
    (decisions.may_take_position, DECISION, "decisions.take_position", a_partners, "open"),
    (decisions.may_enter_position, DECISION, "decisions.enter_position", nobodys, "open"),
    (decisions.may_adapt, DECISION, "decisions.adapt", owners, "open"),
    (
        decisions.may_answer_objection,
        Objection(decision=DECISION, party_id=ANOTHER),
        "decisions.answer_objection",
        owners,
        "open",
    ),
    (
        decisions.may_resolve,
        Objection(decision=DECISION, party_id=OWNER),
        "decisions.resolve_objection",
        owners,
        "open",
    ),
    (
        decisions.may_put_forward_limit,
        DECISION,
        "decisions.put_forward_legal_limit",
        a_partners,
        "open",
    ),
    (vision.may_write, VERSION, "vision.write_version", owners, "draft"),
    (vision.may_amend, VERSION, "vision.propose_amendment", anyones, ""),
    (vision.may_settle, Amendment(version=VERSION), "vision.settle_amendment", owners, ""),
    (vision.may_settle_changes, VERSION, "vision.settle_amendment", owners, ""),
    (vision.may_change_goal, GOAL, "vision.change_goal", owners, ""),
    (
        vision.may_confirm_benefit,
        Benefit(goal=GOAL, party_id=OWNER),
        "vision.confirm_benefit",
        owners,
        "",
    ),
    (results.may_measure, GOAL, "results.record_measurement", owners, ""),
    (
        results.may_correct,
        Measurement(goal=GOAL, recorded_by_id=OWNER),
        "results.correct_measurement",
        owners,
        "",
    ),
    (insights.may_moderate, SIGNAL, "insights.moderate_signal", nobodys, ""),
    (insights.may_answer, SIGNAL, "insights.answer_signal", a_partners, ""),
    (insights.may_change, INSIGHT, "insights.publish", owners, ""),
    (insights.may_recognise, INSIGHT, "insights.recognise", a_partners, ""),
    (insights.may_count_recognition, INSIGHT, "insights.count_recognition", nobodys, ""),
    (actions.may_propose_initiative, HERE, "actions.propose_initiative", a_partners, ""),
    (actions.may_raise_obstacle, HERE, "actions.raise_obstacle", a_partners, ""),
    (actions.may_ask_government, HERE, "actions.ask_government", a_partners, ""),
    (commitments.may_start_pledge, HERE, "commitments.pledge", a_partners, "draft"),
    (commitments.may_start_covenant, HERE, "commitments.compose_covenant", anyones, "draft"),
    (decisions.may_propose, HERE, "decisions.propose", anyones, ""),
    (vision.may_start_version, HERE, "vision.write_version", anyones, "draft"),
    (vision.may_set_goal, HERE, "vision.set_goal", anyones, ""),
    (vision.may_state_benefit, PARTY, "vision.state_benefit", owners, ""),
    (results.may_measure_goals, HERE, "results.record_measurement", a_partners, ""),
    (urgency.may_open_conversation, HERE, "urgency.open_conversation", a_partners, ""),
    (urgency.may_close, CONVERSATION, "urgency.open_conversation", owners, ""),
    (urgency.may_publish, CONVERSATION, "urgency.publish_reading", nobodys, ""),
    (urgency.may_start_urgency, HERE, "urgency.propose", a_partners, "proposed"),
    (urgency.may_propose, URGENCY, "urgency.propose", owners, "proposed"),
    (urgency.may_endorse, URGENCY, "urgency.endorse", a_partners, "proposed"),
    (coalitions.may_confirm_mandates, HERE, "coalition.confirm_mandate", a_partners, ""),
    (breakthroughs.may_claim, HERE, "breakthroughs.claim", a_partners, ""),
    (insights.may_recognise_as_person, INSIGHT, "insights.recognise_as_person", anyones, ""),
    (urgency.may_moderate, Statement(conversation=CONVERSATION), "urgency.moderate", nobodys, ""),
    (coalitions.may_decline, INVITATION, "coalition.decline_invitation", anyones, ""),
    (coalitions.may_invite, HERE, "coalition.invite", anyones, ""),
    (coalitions.may_revoke_invitation, INVITATION, "coalition.revoke_invitation", owners, ""),
    (coalitions.may_describe_party, PARTY, "coalition.describe_party", owners, ""),
    (coalitions.may_describe_organisation, PARTY, "coalition.describe_organisation", owners, ""),
    (coalitions.may_grant_secretariat, HERE, "coalition.grant_secretariat", nobodys, ""),
    (
        coalitions.may_revoke_secretariat,
        Secretariat(person_id=ANOTHER, coalition_id=COALITION),
        "coalition.revoke_secretariat",
        nobodys,
        "",
    ),
    (coalitions.may_change_access, HERE, "coalition.change_access", nobodys, ""),
    (coalitions.may_suggest_missing, HERE, "coalition.suggest_missing_voice", anyones, ""),
    (coalitions.may_dismiss_missing, HERE, "coalition.dismiss_missing_voice", nobodys, ""),
    (coalitions.may_report_tie, PARTY, "coalition.report_tie", owners, ""),
    (coalitions.may_propose_handover, HERE, "coalition.propose_chair_and_rules", nobodys, ""),
    (coalitions.may_confirm_handover, HERE, "coalition.confirm_chair_and_rules", anyones, ""),
    (
        breakthroughs.may_withdraw,
        Breakthrough(claimant_id=OWNER, coalition_id=COALITION, state="claimed"),
        "breakthroughs.withdraw",
        owners,
        "claimed",
    ),
]


def everyone() -> list[Actor]:
    """Every kind of actor of the coalition; parties as the owner and as another."""
    mandates = frozenset(MandateType)
    parties = [
        Actor(kind=kind, party=party, coalition=COALITION, mandates=mandates)
        for kind in PARTIES
        for party in (OWNER, ANOTHER)
    ]
    others = [Actor(kind=kind, coalition=COALITION) for kind in ActorKind if kind not in PARTIES]
    return parties + others


@pytest.mark.parametrize(
    ("may", "record", "action", "own", "state"), CASES, ids=[case[2] for case in CASES]
)
def test_everyone_may_do_what_the_table_says_of_own_and_of_others(
    may: Callable[[Actor, Any], Permission], record: object, action: str, own: Own, state: str
) -> None:
    for actor in everyone():
        line = EXPECTED[action, "own" if own(actor) else "other", state]
        assert bool(may(actor, record)) == (line[actor.kind] == "y"), (actor.kind, own(actor))
        if actor.is_party:
            stranger = dataclasses.replace(actor, coalition=uuid.uuid4())
            assert not may(stranger, record)
