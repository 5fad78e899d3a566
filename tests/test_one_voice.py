"""Over random people, the parties they act for and what they do: nobody moves a rule twice."""

import contextlib
import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.examples import at_least
from wijkverbond.actions.services import check_ins
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Handover, Mandate, SecretariatVoice
from wijkverbond.coalition.models.choices import WhoseName
from wijkverbond.coalition.models.handover import HandoverConfirmation
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.coalition.tests.service_cases import off_the_list
from wijkverbond.commitments.services import signing
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions.models import Stance
from wijkverbond.insights import services as insights
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.policy import Refused
from wijkverbond.urgency import services as urgencies

pytestmark = pytest.mark.django_db


@dataclasses.dataclass(frozen=True)
class Rule:
    """Something that counts voices: how one is given, and the rows in which they stand."""

    give: Callable[[Actor], object]
    voices: QuerySet[Any]


@dataclasses.dataclass(frozen=True)
class Stage:
    """People who each act for every society party of a coalition, and a record for each rule."""

    actors: dict[tuple[int, int], Actor]
    rules: dict[str, Rule]


PEOPLE, PARTIES = 2, 3
RULES = (
    "position", "objection", "endorsement", "breakthrough", "dispute", "judgement", "review",
    "recognition", "handover", "party", "signature", "no signature", "secretariat", "dismissal",
    "name",
)  # fmt: skip
ACTS = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PARTIES - 1), st.sampled_from(RULES)),
    min_size=8,
    max_size=24,
)


@pytest.fixture
def stage(world: make.World) -> Stage:
    """The people of the residents' group and of the shopkeepers, with a hat of every society party."""
    ours = (world.resident, world.shopkeeper, world.corporation)
    people = [make.account_of(actor) for actor in ours[:PEOPLE]]
    for person in people:
        for own in ours:
            if own.person != person.id:
                make.grant(party_of(own), person, actor=own, may=[MandateType.DECIDE])
                Mandate.objects.create(
                    party=party_of(own), person=person, sort=MandateType.SIGN, since=own.now,
                    confirmed_at=own.now, ground="statutes",
                )  # fmt: skip
    actors = {
        (number, at): acting_for(person.id, party_of(own), now=world.resident.now)
        for number, person in enumerate(people)
        for at, own in enumerate(ours)
    }
    return Stage(actors, _rules(world, make.actor(make.party(world.coalition, "school"))))


def _rules(world: make.World, others: Actor) -> dict[str, Rule]:
    """A record of others for each rule."""
    decision = make.decision(world.coalition, by=others)
    conversation = make.conversation(world.coalition, by=others)
    urgency = make.urgency(conversation, by=others)
    hiding = urgencies.hide_as_host(
        conversation.statements.get(number=2), actor=world.operator, law="Wetboek, artikel 1"
    )
    unlisting = off_the_list(world)
    claimed = make.breakthrough(world.coalition, by=others)
    checked = make_actions.check_in(make_actions.pledge(world, by=others), by=others)
    insight = make_insights.insight(world.coalition, by=others)
    coalitions.propose_handover(
        world.coalition,
        actor=others,
        chair_and_rules=Handover(chair=party_of(others), fallback="withdraw", rules="Samen."),
    )
    newcomer = make.party(world.coalition, "shop", confirmed=False)
    asked, organises = make.user(), world.coalition.secretariat.get(until=None)
    library = make.party(world.coalition, "culture")
    named = coalitions.report_name(library, actor=others, why="Zo heten wij.")
    covenant = make_commitments.opened(world)
    return {
        "position": Rule(lambda actor: make.position(decision, by=actor), decision.positions.all()),
        "objection": Rule(
            lambda actor: make.position(
                decision, by=actor, stance=Stance.OBJECTION, argument="Dit helpt niet."
            ),
            decision.objections.all(),
        ),
        "endorsement": Rule(
            lambda actor: urgencies.endorse(urgency, actor=actor), urgency.endorsements.all()
        ),
        "breakthrough": Rule(
            lambda actor: breakthroughs.confirm(claimed, actor=actor, confirms=True),
            claimed.confirmations.all(),
        ),
        "dispute": Rule(
            lambda actor: breakthroughs.confirm(
                claimed, actor=actor, confirms=False, remark="Nog niet."
            ),
            claimed.confirmations.all(),
        ),
        "judgement": Rule(
            lambda actor: check_ins.judge(checked, actor=actor, verdict="kept"),
            checked.judgements.annotate(party=F("judge")),
        ),
        "review": Rule(
            lambda actor: urgencies.review_hiding(
                hiding, actor=actor, upholds=True, reason="Zie de wet."
            ),
            hiding.reviews.all(),
        ),
        "off the list": Rule(
            lambda actor: coalitions.review_unlisting(
                unlisting, actor=actor, upholds=True, reason="Zie de wet."
            ),
            unlisting.reviews.all(),
        ),
        "recognition": Rule(
            lambda actor: insights.recognise(insight, actor=actor, view="recognises"),
            insight.by_parties.all(),
        ),
        "handover": Rule(
            lambda actor: coalitions.confirm_handover(world.coalition, actor=actor),
            HandoverConfirmation.objects.filter(handover__coalition=world.coalition),
        ),
        "party": Rule(
            lambda actor: coalitions.confirm_party(newcomer, actor=actor),
            newcomer.party_confirmations.all(),
        ),
        "secretariat": Rule(
            lambda actor: coalitions.grant_secretariat(world.coalition, asked, actor=actor),
            SecretariatVoice.objects.filter(secretariat__person=asked),
        ),
        "dismissal": Rule(
            lambda actor: coalitions.revoke_secretariat(organises, actor=actor),
            organises.voices.filter(about=SecretariatVoice.About.END),
        ),
        "name": Rule(
            lambda actor: coalitions.judge_name(named, actor=actor, whose=WhoseName.OF_THE_BEARER),
            named.judgements.all(),
        ),
        "signature": Rule(
            lambda actor: make_commitments.sign(covenant, actor), covenant.signatures.all()
        ),
        "no signature": Rule(
            lambda actor: signing.decline(covenant, actor=actor, reason="Te duur."),
            covenant.declines.all(),
        ),
    }


@settings(
    at_least(8, one_in=12),
    # One world for all examples; each puts it back.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_nobody_moves_a_rule_twice(stage: Stage, acts: list[tuple[int, int, str]]) -> None:
    with transaction.atomic():
        for person, party, name in acts:
            with contextlib.suppress(Refused, ValidationError), transaction.atomic():
                stage.rules[name].give(stage.actors[person, party])
        for name, rule in stage.rules.items():
            by_person = rule.voices.exclude(person=None).order_by().values("person")
            most = max(
                by_person.annotate(many=Count("party", distinct=True)).values_list(
                    "many", flat=True
                ),
                default=0,
            )
            assert most <= 1, name
        transaction.set_rollback(True)


def test_one_person_gives_one_voice_about_everything_and_a_second_person_another(
    stage: Stage,
) -> None:
    for rule in stage.rules.values():
        with transaction.atomic():
            rule.give(stage.actors[0, 0])
            with pytest.raises(Refused), transaction.atomic():
                rule.give(stage.actors[0, 1])
            rule.give(stage.actors[1, 1])
            transaction.set_rollback(True)
