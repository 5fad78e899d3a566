"""Each `may_…` asks the table about the right action, owner, coalition and state.

Nothing stands in the database: what a person did or acts for elsewhere is in the tests of its rule.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests import matrices
from wijkverbond.accounts import policies as accounts
from wijkverbond.accounts.models import User
from wijkverbond.actions import policies as actions
from wijkverbond.actions.models import Action, CheckIn, FacilitationRequest, Initiative, Obstacle
from wijkverbond.breakthroughs import policies as breakthroughs
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition import policies as coalitions
from wijkverbond.coalition.models import (
    Coalition,
    Invitation,
    Kind,
    Mandate,
    Organisation,
    Party,
    Secretariat,
    Unlisting,
)
from wijkverbond.commitments import policies as commitments
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.decisions import policies as decisions
from wijkverbond.decisions.models import Decision, Objection
from wijkverbond.insights import policies as insights
from wijkverbond.insights.models import Insight, Signal
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import PARTIES, Actor, ActorKind, MandateType
from wijkverbond.kernel.policy import Permission
from wijkverbond.places import policies as places
from wijkverbond.results import policies as results
from wijkverbond.results.models import Measurement
from wijkverbond.urgency import policies as urgency
from wijkverbond.urgency.models import Conversation, HostHiding, SharedUrgency, Statement
from wijkverbond.vision import policies as vision
from wijkverbond.vision.models import Amendment, Benefit, Goal, VisionVersion

pytestmark = pytest.mark.django_db

EXPECTED = {
    (line["action"], line["object"], line["state"] or ""): line
    for line in matrices.lines("expected_policies.csv")
}
COALITION, OWNER, ANOTHER = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
OF_OWNER, OF_ANOTHER, SOMEBODY_ELSE = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
NOW = clock.now()
LATER = NOW + dt.timedelta(days=1)

Own = Callable[[Actor], bool]
Case = tuple[Callable[[Actor, Any], Permission], object, str, Own, str]


def owners(actor: Actor) -> bool:
    """It is of the party that owns the record."""
    return actor.party == OWNER


def themselves(actor: Actor) -> bool:
    """It is about the person of the owner."""
    return actor.person == OF_OWNER


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
CONVERSATION = Conversation(
    opened_by_id=OWNER, coalition_id=COALITION, opens_at=NOW, closes_at=LATER
)
ENDED = Conversation(coalition_id=COALITION, opens_at=NOW, closes_at=NOW)
OFF_THE_LIST = Unlisting(coalition=HERE)
HIDDEN = Statement(conversation=CONVERSATION)
URGENCY = SharedUrgency(proposer_id=OWNER, coalition_id=COALITION, state="proposed")
INITIATIVE = Initiative(lead_id=OWNER, coalition_id=COALITION)
PLEDGE = Pledge(party_id=OWNER, coalition_id=COALITION, state="draft")
REQUEST = FacilitationRequest(addressee_id=OWNER, coalition_id=COALITION, state="asked")
ASKED = FacilitationRequest(asker_id=OWNER, coalition_id=COALITION, state="answered")
DRAFT = Covenant(drafted_by_id=OWNER, coalition=HERE, state="draft")
SIGNING = Covenant(drafted_by_id=OWNER, coalition=HERE, state="signing")
DECISION = Decision(proposer_id=OWNER, coalition_id=COALITION, state="open", closes_at=LATER)
DUE = Decision(proposer_id=OWNER, coalition_id=COALITION, state="open", closes_at=NOW)
CARRIED = Decision(proposer_id=OWNER, coalition_id=COALITION, state="carried", closes_at=NOW)
VERSION = VisionVersion(author_id=OWNER, coalition_id=COALITION, state="draft")
GOAL = Goal(owner_id=OWNER, coalition_id=COALITION)
INSIGHT = Insight(author_id=OWNER, coalition_id=COALITION)
SIGNAL = Signal(coalition_id=COALITION)
INVITATION = Invitation(sent_by_party_id=OWNER, coalition_id=COALITION)
CLAIMED = Breakthrough(claimant_id=OWNER, coalition_id=COALITION, state="claimed")
TAKEN_BACK = Breakthrough(claimant_id=OWNER, coalition_id=COALITION, state="withdrawn")
PERSON = User(id=OF_OWNER)

CASES: list[Case] = [
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
    (
        coalitions.may_revoke_secretariat,
        Secretariat(person_id=OF_OWNER, coalition_id=COALITION),
        "coalition.revoke_secretariat",
        nobodys,
        "",
    ),
    (
        coalitions.may_step_down,
        Secretariat(person_id=OF_OWNER, coalition_id=COALITION, since=NOW),
        "coalition.step_down",
        themselves,
        "",
    ),
    (coalitions.may_change_access, HERE, "coalition.change_access", nobodys, ""),
    (coalitions.may_set_places, HERE, "coalition.set_places", nobodys, ""),
    (coalitions.may_suggest_missing, HERE, "coalition.suggest_missing_voice", anyones, ""),
    (coalitions.may_dismiss_missing, HERE, "coalition.dismiss_missing_voice", nobodys, ""),
    (coalitions.may_report_tie, PARTY, "coalition.report_tie", owners, ""),
    (coalitions.may_propose_handover, HERE, "coalition.propose_chair_and_rules", nobodys, ""),
    (coalitions.may_confirm_handover, HERE, "coalition.confirm_chair_and_rules", anyones, ""),
    (coalitions.may_leave, PARTY, "coalition.leave", owners, ""),
    (
        coalitions.may_confirm_mandate,
        Mandate(party=PARTY, person_id=SOMEBODY_ELSE),
        "coalition.confirm_mandate",
        owners,
        "",
    ),
    (
        coalitions.may_end_mandate,
        Mandate(party=PARTY, person_id=OF_OWNER),
        "coalition.end_mandate",
        owners,
        "",
    ),
    (coalitions.may_choose_side, HERE, "coalition.choose_side", a_partners, ""),
    (breakthroughs.may_withdraw, CLAIMED, "breakthroughs.withdraw", owners, "claimed"),
    (
        breakthroughs.may_say_worked_on,
        CLAIMED,
        "breakthroughs.say_worked_on",
        nobodys,
        "claimed",
    ),
    (breakthroughs.may_confirm, CLAIMED, "breakthroughs.confirm", nobodys, "claimed"),
    (
        breakthroughs.may_confirm_as_resident,
        CLAIMED,
        "breakthroughs.confirm_as_resident",
        nobodys,
        "claimed",
    ),
    (
        breakthroughs.may_confirm_as_resident,
        TAKEN_BACK,
        "breakthroughs.confirm_as_resident",
        nobodys,
        "withdrawn",
    ),
    (breakthroughs.may_establish, CLAIMED, "breakthroughs.establish", nobodys, "claimed"),
    (urgency.may_respond, CONVERSATION, "urgency.respond", anyones, "open"),
    (urgency.may_respond, ENDED, "urgency.respond", anyones, "closed"),
    (urgency.may_take_in, CONVERSATION, "urgency.take_in", nobodys, "open"),
    (urgency.may_take_in, ENDED, "urgency.take_in", nobodys, "closed"),
    (coalitions.may_review_unlisting, OFF_THE_LIST, "coalition.review_unlisting", nobodys, "open"),
    (urgency.may_review, HostHiding(statement=HIDDEN), "urgency.review_hiding", nobodys, "open"),
    (
        urgency.may_review,
        HostHiding(statement=HIDDEN, outcome="upheld"),
        "urgency.review_hiding",
        nobodys,
        "settled",
    ),
    (
        actions.may_judge,
        CheckIn(pledge=Pledge(party=PARTY, coalition_id=COALITION)),
        "actions.judge_check_in",
        owners,
        "apart",
    ),
    (decisions.may_close, DECISION, "decisions.close", owners, "open"),
    (decisions.may_close, DUE, "decisions.close", owners, "due"),
    (decisions.may_close, CARRIED, "decisions.close", owners, "carried"),
]


def of_nothing(may: Callable[[Actor], Permission]) -> Callable[[Actor, Any], Permission]:
    """A permission that is about no record: about the site, or the coalition of who asks."""
    return lambda actor, _record: may(actor)


OF_NO_COALITION: list[Case] = [
    (accounts.may_change, PERSON, "accounts.change", themselves, ""),
    (accounts.may_export, PERSON, "accounts.export", themselves, ""),
    (accounts.may_erase, PERSON, "accounts.erase", themselves, ""),
    (of_nothing(accounts.may_appoint_operator), None, "accounts.appoint_operator", nobodys, ""),
    (
        of_nothing(accounts.may_reset_second_step),
        None,
        "accounts.reset_second_step",
        nobodys,
        "",
    ),
    (of_nothing(places.may_import), None, "places.import", nobodys, ""),
    (of_nothing(urgency.may_read_new_statements), None, "urgency.moderate", nobodys, ""),
    (coalitions.may_unlist, HERE, "coalition.unlist", nobodys, ""),
    (urgency.may_hide_as_host, HERE, "urgency.hide_as_host", nobodys, ""),
    (of_nothing(insights.may_read_new_signals), None, "insights.moderate_signal", nobodys, ""),
    (of_nothing(insights.may_answer_signals), None, "insights.answer_signal", a_partners, ""),
    (of_nothing(insights.may_publish_insight), None, "insights.publish", a_partners, ""),
    (coalitions.may_see_mandates, PARTY, "coalition.grant_mandate", owners, ""),
]
EVERY_CASE = CASES + OF_NO_COALITION


def everyone() -> list[Actor]:
    """Every kind of actor of the coalition, once as a person of the owner and once of another."""
    mandates = frozenset(MandateType)
    return [
        Actor(
            kind=kind,
            now=NOW,
            person=person,
            party=party if kind in PARTIES else None,
            coalition=COALITION,
            mandates=mandates if kind in PARTIES else frozenset(),
        )
        for kind in ActorKind
        for person, party in ((OF_OWNER, OWNER), (OF_ANOTHER, ANOTHER))
    ]


@pytest.mark.parametrize(
    ("may", "record", "action", "own", "state"), EVERY_CASE, ids=[case[2] for case in EVERY_CASE]
)
def test_everyone_may_do_what_the_table_says_of_own_and_of_others(
    may: Callable[[Actor, Any], Permission], record: object, action: str, own: Own, state: str
) -> None:
    for actor in everyone():
        line = EXPECTED[action, "own" if own(actor) else "other", state]
        assert bool(may(actor, record)) == (line[actor.kind] == "y"), (actor.kind, own(actor))


@pytest.mark.parametrize(
    ("may", "record"), [case[:2] for case in CASES], ids=[case[2] for case in CASES]
)
def test_a_partner_of_another_coalition_may_nothing_here(
    may: Callable[[Actor, Any], Permission], record: object
) -> None:
    for actor in everyone():
        if actor.is_party:
            stranger = dataclasses.replace(actor, coalition=uuid.uuid4())
            assert not may(stranger, record)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("may", "action"),
    [
        (coalitions.may_start, "coalition.start"),
        (lambda actor, new: coalitions.may_join(actor, HERE, new), "coalition.join"),
    ],
)
def test_who_starts_or_joins_speaks_for_the_organisation_that_comes(
    may: Callable[[Actor, Organisation], Permission], action: str, kind: Kind
) -> None:
    known = Organisation(kind=kind)
    known._state.adding = False
    for actor in everyone():
        comes = actor.is_party or actor.kind == ActorKind.PARTICIPANT
        speaks_as = kind if comes else actor.kind
        for organisation, whose in ((Organisation(kind=kind), "own"), (known, "other")):
            expected = EXPECTED[action, whose, ""][speaks_as] == "y"
            assert bool(may(actor, organisation)) == expected, (actor.kind, whose)
        signed_out = dataclasses.replace(actor, person=None)
        assert not may(signed_out, Organisation(kind=kind))
