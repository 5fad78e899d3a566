"""Every deed asks the table of who may do what, whoever calls it: a page, a program or a command.

Pages ask the same table before they show a form, so a service that forgot to ask would not be noticed
there. Here each service is called by everyone who may come by, on a record of which it is known whose it
is. Expected is what stands in `expected_policies.csv`; somebody of another coalition is always refused.
"""

import dataclasses
import importlib
import inspect
import pkgutil
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from pytest_django import DjangoDbBlocker

import wijkverbond
from tests import make, matrices
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User
from wijkverbond.accounts.services import Confirmation
from wijkverbond.actions.services import check_ins, initiatives, obstacles, requests
from wijkverbond.actions.tests import make as doing
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Mandate, Party, Secretariat
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.services import covenants, pledges, signing
from wijkverbond.commitments.tests import agreed
from wijkverbond.decisions import limits
from wijkverbond.decisions import services as decisions
from wijkverbond.insights import services as insights
from wijkverbond.insights.tests import make as knowing
from wijkverbond.kernel.actor import Actor, ActorKind, system
from wijkverbond.kernel.policy import Refused
from wijkverbond.places import services as places
from wijkverbond.results import services as results
from wijkverbond.results.services import Measured
from wijkverbond.urgency import services as urgencies
from wijkverbond.vision import services as visions

World = make.World
Act = Callable[[Actor], object]
Own = Callable[[World, Actor], bool]

EXPECTED = {
    (line["action"], line["object"], line["state"]): line
    for line in matrices.lines("expected_policies.csv")
}


@dataclasses.dataclass(frozen=True)
class Deed:
    """A service on a record that `of` says whose it is, and the action that it must ask for.

    `make` makes the record and gives what somebody then does. `refused` are kinds that are refused for
    another reason than the table; `anywhere` is what belongs to no coalition.
    """

    action: str
    of: Own
    make: Callable[[World], Act]
    state: str = ""
    refused: tuple[str, ...] = ()
    anywhere: bool = False


def anyones(world: World, actor: Actor) -> bool:
    """Everyone does this in their own name."""
    return True


def a_partners(world: World, actor: Actor) -> bool:
    """A partner does this in its own name."""
    return actor.is_party


def nobodys(world: World, actor: Actor) -> bool:
    """It is of the coalition, or of somebody who is not here."""
    return False


def residents(world: World, actor: Actor) -> bool:
    """It is of the residents' group."""
    return actor.party == world.resident.party


def corporations(world: World, actor: Actor) -> bool:
    """It is of the housing corporation."""
    return actor.party == world.corporation.party


def municipalitys(world: World, actor: Actor) -> bool:
    """It is of the municipality."""
    return actor.party == world.municipality.party


def one_persons(name: str) -> Own:
    """It is of one person, for whomever they act."""
    return lambda world, actor: actor.person == getattr(world, name).person


def resident(world: World) -> Party:
    """The residents' group as a party."""
    return party_of(world.resident)


def first_person(world: World) -> User:
    """The first person of the residents' group."""
    assert world.resident.person
    return User.objects.get(id=world.resident.person)


def answered(world: World) -> Any:
    """A request that the municipality answered."""
    asked = make.request(world)
    return requests.answer(
        asked, actor=world.municipality, verdict="granted", text="Ja.", role="facilitate"
    )


def unconfirmed(world: World) -> Mandate:
    """A mandate to sign for the residents' group, still to be confirmed."""
    given = coalitions.grant(
        resident(world), make.user(), actor=world.resident, may=["sign"], ground="statutes"
    )
    return given[-1]


def measured(world: World) -> Measured:
    """A value that was counted today."""
    today = world.resident.today
    return Measured(
        edition=str(today.year),
        measured_on=today,
        value=Decimal(50),
        source="own",
        source_text="Telling",
    )


def proposed_change(world: World) -> Any:
    """A proposed change of a goal of the residents' group."""
    goal = make.goal(world.coalition, by=world.resident)
    visions.propose_goal_change(goal, actor=world.resident, reason="Later.", wording=make.WORDING)
    return goal.changes.get()


def answering(world: World) -> Any:
    """Somebody who began to answer the open question."""
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


def covenant_values(world: World) -> dict[str, Any]:
    """What a draft of the covenant needs."""
    agreed.vision(world)
    return {
        "title": "Convenant",
        "rules": "Iedereen kan meedoen.",
        "starts": agreed.STARTS,
        "ends": agreed.ENDS,
        "pledges": [agreed.pledge(world)],
    }


def on(thing: Callable[[World], Any], deed: Callable[..., object], **told: Any) -> Any:
    """Do something with one record that is made first; what is told can follow from the world."""

    def made(world: World) -> Act:
        found = thing(world)
        values = {name: one(world) if callable(one) else one for name, one in told.items()}
        return lambda actor: deed(found, actor=actor, **values)

    return made


def here(world: World) -> Any:
    """The coalition itself."""
    return world.coalition


DEEDS: dict[str, Deed] = {
    "accounts.services.change_details": Deed(
        "accounts.change",
        one_persons("resident"),
        on(first_person, accounts.change_details, name="", language="nl"),
        anywhere=True,
    ),
    "accounts.services.sign_out_everywhere": Deed(
        "accounts.change",
        one_persons("resident"),
        on(first_person, accounts.sign_out_everywhere),
        anywhere=True,
    ),
    "accounts.services.export": Deed(
        "accounts.export",
        one_persons("resident"),
        on(first_person, accounts.export),
        anywhere=True,
    ),
    "accounts.services.erase": Deed(
        "accounts.erase",
        one_persons("resident"),
        on(first_person, accounts.erase, typed=""),
        anywhere=True,
    ),
    "accounts.services.appoint_operator": Deed(
        "accounts.appoint_operator",
        nobodys,
        on(lambda world: "host@voorbeeld.example", accounts.appoint_operator),
        anywhere=True,
    ),
    "actions.services.check_ins.check_in": Deed(
        "actions.check_in", residents, on(doing.pledge, check_ins.check_in, verdict="kept")
    ),
    "actions.services.check_ins.announce": Deed(
        "actions.judge_check_in",
        residents,
        on(
            lambda world: doing.check_in(doing.pledge(world), by=world.resident),
            check_ins.announce,
            remark="Er was niemand.",
        ),
        state="apart",
    ),
    "actions.services.check_ins.judge": Deed(
        "actions.judge_check_in",
        residents,
        on(
            lambda world: doing.check_in(doing.pledge(world), by=world.resident),
            check_ins.judge,
            verdict="kept",
        ),
        state="apart",
    ),
    "actions.services.initiatives.propose": Deed(
        "actions.propose_initiative", a_partners, on(here, initiatives.propose, title="Koken")
    ),
    "actions.services.initiatives.join": Deed(
        "actions.join_initiative", residents, on(doing.initiative, initiatives.join)
    ),
    "actions.services.initiatives.start": Deed(
        "actions.lead_initiative", residents, on(doing.initiative, initiatives.start)
    ),
    "actions.services.initiatives.finish": Deed(
        "actions.lead_initiative", residents, on(doing.initiative, initiatives.finish)
    ),
    "actions.services.initiatives.stop": Deed(
        "actions.lead_initiative", residents, on(doing.initiative, initiatives.stop, reason="Klaar")
    ),
    "actions.services.initiatives.plan": Deed(
        "actions.join_initiative",
        residents,
        on(
            doing.initiative,
            initiatives.plan,
            what="Pannen lenen",
            due=lambda world: world.resident.today,
        ),
    ),
    "actions.services.initiatives.done": Deed(
        "actions.settle_action",
        residents,
        on(
            lambda world: doing.action(doing.initiative(world), by=world.resident), initiatives.done
        ),
    ),
    "actions.services.initiatives.drop": Deed(
        "actions.settle_action",
        residents,
        on(
            lambda world: doing.action(doing.initiative(world), by=world.resident),
            initiatives.drop,
            reason="Geen tijd",
        ),
    ),
    "actions.services.obstacles.raise_obstacle": Deed(
        "actions.raise_obstacle",
        a_partners,
        on(
            here,
            obstacles.raise_obstacle,
            what="Geen sleutel",
            sort="other",
            blocked=lambda world: obstacles.Blocked(initiative=doing.initiative(world)),
        ),
    ),
    "actions.services.obstacles.resolve_obstacle": Deed(
        "actions.resolve_obstacle",
        residents,
        on(doing.obstacle, obstacles.resolve_obstacle, how="Gevraagd"),
    ),
    "actions.services.requests.ask": Deed(
        "actions.ask_government",
        a_partners,
        on(
            here,
            requests.ask,
            addressee=lambda world: party_of(world.municipality),
            asks="space",
            title="Mag het?",
        ),
    ),
    "actions.services.requests.acknowledge": Deed(
        "actions.answer_request",
        municipalitys,
        on(make.request, requests.acknowledge),
        state="asked",
    ),
    "actions.services.requests.extend": Deed(
        "actions.answer_request",
        municipalitys,
        on(make.request, requests.extend, extra_days=3, reason="Vakantie"),
        state="asked",
    ),
    "actions.services.requests.answer": Deed(
        "actions.answer_request",
        municipalitys,
        on(make.request, requests.answer, verdict="granted", text="Ja.", role="facilitate"),
        state="asked",
    ),
    "actions.services.requests.accept": Deed(
        "actions.settle_request",
        residents,
        on(answered, requests.accept, helpful="yes"),
        state="answered",
    ),
    "actions.services.requests.reopen": Deed(
        "actions.settle_request",
        residents,
        on(answered, requests.reopen, reason="Het helpt niet"),
        state="answered",
    ),
    "actions.services.requests.escalate": Deed(
        "actions.follow_up_request",
        residents,
        on(answered, requests.escalate, reason="Het helpt niet"),
        state="answered",
    ),
    "actions.services.requests.withdraw": Deed(
        "actions.follow_up_request",
        residents,
        on(make.request, requests.withdraw),
        state="asked",
    ),
    "breakthroughs.services.claim": Deed(
        "breakthroughs.claim",
        a_partners,
        lambda world: lambda actor: make.breakthrough(world.coalition, by=actor),
    ),
    "breakthroughs.services.confirm": Deed(
        "breakthroughs.confirm",
        corporations,
        on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.confirm,
            confirms=True,
        ),
        state="claimed",
    ),
    "breakthroughs.services.confirm_as_resident": Deed(
        "breakthroughs.confirm_as_resident",
        nobodys,
        on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.confirm_as_resident,
            pseudonym=uuid.UUID(int=7),
        ),
        state="claimed",
    ),
    "breakthroughs.services.withdraw": Deed(
        "breakthroughs.withdraw",
        corporations,
        on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.withdraw,
            reason="Toch niet",
        ),
        state="claimed",
    ),
    "coalition.services.circle.suggest_missing": Deed(
        "coalition.suggest_missing_voice",
        anyones,
        on(here, coalitions.suggest_missing, sector="school", what="340 leerlingen"),
    ),
    "coalition.services.circle.dismiss_missing": Deed(
        "coalition.dismiss_missing_voice",
        nobodys,
        on(
            lambda world: coalitions.suggest_missing(
                world.coalition, actor=world.resident, sector="school", what="340 leerlingen"
            ),
            coalitions.dismiss_missing,
            reason="Er is er geen",
        ),
    ),
    "coalition.services.circle.report_tie": Deed(
        "coalition.report_tie",
        residents,
        on(
            resident,
            lambda party, *, actor, other: coalitions.report_tie(
                party, other, actor=actor, strength="coordinates"
            ),
            other=lambda world: party_of(world.shopkeeper),
        ),
    ),
    "coalition.services.circle.propose_hand_over": Deed(
        "coalition.propose_chair_and_rules",
        nobodys,
        on(here, coalitions.propose_hand_over, chair=resident, fallback="withdraw", rules="Zo."),
    ),
    "coalition.services.circle.confirm_hand_over": Deed(
        "coalition.confirm_chair_and_rules",
        lambda world, actor: actor.is_party,
        on(here, coalitions.confirm_hand_over),
    ),
    "coalition.services.inviting.invite": Deed(
        "coalition.invite", anyones, on(here, coalitions.invite, addressee="De school")
    ),
    "coalition.services.inviting.revoke_invitation": Deed(
        "coalition.revoke_invitation",
        residents,
        on(
            lambda world: coalitions.invite(
                world.coalition, actor=world.resident, addressee="De school"
            ),
            coalitions.revoke_invitation,
        ),
    ),
    "coalition.services.inviting.decline": Deed(
        "coalition.decline_invitation",
        anyones,
        on(
            lambda world: coalitions.invite(
                world.coalition, actor=world.resident, addressee="De school"
            ),
            coalitions.decline,
            reason="Geen tijd",
        ),
    ),
    "coalition.services.mandates.grant": Deed(
        "coalition.grant_mandate",
        residents,
        on(
            resident,
            lambda party, *, actor, person: coalitions.grant(
                party, person, actor=actor, may=["decide"]
            ),
            person=lambda world: make.user(),
        ),
    ),
    "coalition.services.mandates.confirm_mandate": Deed(
        "coalition.confirm_mandate",
        residents,
        on(unconfirmed, coalitions.confirm_mandate),
        refused=("residents",),  # who gave it does not confirm it
    ),
    "coalition.services.mandates.end_mandate": Deed(
        "coalition.end_mandate", residents, on(unconfirmed, coalitions.end_mandate)
    ),
    "coalition.services.mandates.grant_secretariat": Deed(
        "coalition.grant_secretariat",
        nobodys,
        on(
            here,
            lambda coalition, *, actor, person: coalitions.grant_secretariat(
                coalition, person, actor=actor
            ),
            person=lambda world: make.user(),
        ),
    ),
    "coalition.services.mandates.revoke_secretariat": Deed(
        "coalition.revoke_secretariat",
        one_persons("coordinator"),
        on(
            lambda world: Secretariat.objects.get(person=world.coordinator.person),
            coalitions.revoke_secretariat,
        ),
    ),
    "coalition.services.partaking.describe_party": Deed(
        "coalition.describe_party",
        residents,
        on(
            resident,
            lambda party, *, actor: coalitions.describe_party(
                party, make.taking_part(), actor=actor
            ),
        ),
    ),
    "coalition.services.partaking.describe_organisation": Deed(
        "coalition.describe_organisation",
        residents,
        on(
            resident,
            coalitions.describe_organisation,
            registration_number="",
            constituency="De straat",
            website="",
            paid=False,
        ),
    ),
    "coalition.services.partaking.leave": Deed(
        "coalition.leave", residents, on(resident, coalitions.leave, reason="We stoppen.")
    ),
    "coalition.services.partaking.change_access": Deed(
        "coalition.change_access", nobodys, on(here, coalitions.change_access, access="preparing")
    ),
    "commitments.services.covenants.draft": Deed(
        "commitments.compose_covenant",
        anyones,
        lambda world: _drafting(world, covenant_values(world)),
        state="draft",
    ),
    "commitments.services.covenants.rewrite": Deed(
        "commitments.compose_covenant",
        corporations,
        lambda world: _rewriting(agreed.draft(world), covenant_values(world)),
        state="draft",
    ),
    "commitments.services.covenants.open_for_signing": Deed(
        "commitments.compose_covenant",
        corporations,
        on(agreed.draft, covenants.open_for_signing),
        state="draft",
    ),
    "commitments.services.covenants.look_back": Deed(
        "commitments.look_back",
        nobodys,
        on(agreed.in_force, covenants.look_back, due=agreed.STARTS, conclusion="Goed."),
    ),
    "commitments.services.covenants.keep_time": Deed(
        "commitments.keep_time", nobodys, on(agreed.opened, covenants.keep_time)
    ),
    "commitments.services.pledges.draft_pledge": Deed(
        "commitments.pledge",
        a_partners,
        on(
            here,
            pledges.draft_pledge,
            wording=agreed.WORDING,
            goals=lambda world: [agreed.goal(world)],
        ),
        state="draft",
    ),
    "commitments.services.pledges.offer": Deed(
        "commitments.pledge",
        corporations,
        on(agreed.draft_pledge, pledges.offer),
        state="draft",
    ),
    "commitments.services.pledges.change": Deed(
        "commitments.pledge",
        corporations,
        on(
            agreed.pledge,
            pledges.change,
            wording=agreed.WORDING,
            goals=lambda world: [agreed.goal(world)],
            reason="Later",
        ),
        state="offered",
    ),
    "commitments.services.pledges.withdraw": Deed(
        "commitments.pledge",
        corporations,
        on(agreed.pledge, pledges.withdraw, reason="Lukt niet"),
        state="offered",
    ),
    "commitments.services.signing.check_not_signed": Deed(
        "commitments.sign",
        a_partners,
        on(agreed.opened, signing.check_not_signed),
        state="signing",
    ),
    "commitments.services.signing.sign": Deed(
        "commitments.sign",
        a_partners,
        on(
            agreed.opened,
            signing.sign,
            confirmation=lambda world: Confirmation(uuid.uuid4(), "", world.resident.now),
        ),
        state="signing",
    ),
    "commitments.services.signing.decline": Deed(
        "commitments.sign",
        a_partners,
        on(agreed.opened, signing.decline, reason="Geen geld"),
        state="signing",
    ),
    "decisions.limits.put_forward": Deed(
        "decisions.put_forward_legal_limit",
        a_partners,
        on(
            lambda world: make.decision(world.coalition),
            limits.put_forward,
            limit="Niet zo",
            law="Wegenwet, artikel 16",
        ),
        state="open",
    ),
    "decisions.services.propose": Deed(
        "decisions.propose",
        anyones,
        lambda world: lambda actor: make.decision(world.coalition, by=actor),
    ),
    "decisions.services.take_position": Deed(
        "decisions.take_position",
        a_partners,
        on(
            lambda world: make.decision(world.coalition),
            decisions.take_position,
            stance="consent",
        ),
        state="open",
    ),
    "decisions.services.enter_position": Deed(
        "decisions.enter_position",
        nobodys,
        on(
            lambda world: make.decision(world.coalition),
            lambda decision, *, actor, party: decisions.enter_position(
                decision, party, actor=actor, stance="consent", via="paper"
            ),
            party=lambda world: party_of(world.shopkeeper),
        ),
        state="open",
    ),
    "decisions.services.answer_objection": Deed(
        "decisions.answer_objection",
        residents,
        on(
            lambda world: make.objection(make.decision(world.coalition), by=world.corporation),
            decisions.answer_objection,
            answer="We letten erop.",
        ),
        state="open",
    ),
    "decisions.services.resolve_objection": Deed(
        "decisions.resolve_objection",
        corporations,
        on(
            lambda world: make.objection(make.decision(world.coalition), by=world.corporation),
            decisions.resolve_objection,
            how="answered",
        ),
        state="open",
    ),
    "decisions.services.adapt": Deed(
        "decisions.adapt",
        residents,
        on(lambda world: make.decision(world.coalition), decisions.adapt, text="Anders."),
        state="open",
    ),
    "decisions.services.withdraw": Deed(
        "decisions.adapt",
        residents,
        on(lambda world: make.decision(world.coalition), decisions.withdraw),
        state="open",
    ),
    "decisions.services.close": Deed(
        "decisions.close",
        residents,
        on(lambda world: make.decision(world.coalition), decisions.close),
        state="open",
    ),
    "insights.services.knowing.publish_insight": Deed(
        "insights.publish",
        a_partners,
        lambda world: lambda actor: knowing.insight(world.coalition, by=actor),
    ),
    "insights.services.knowing.revise_insight": Deed(
        "insights.publish",
        residents,
        on(
            lambda world: knowing.insight(world.coalition, by=world.resident),
            insights.revise_insight,
            statement="Anders.",
            reason="Nieuw",
            sources=[knowing.STORY],
        ),
    ),
    "insights.services.knowing.withdraw_insight": Deed(
        "insights.publish",
        residents,
        on(
            lambda world: knowing.insight(world.coalition, by=world.resident),
            insights.withdraw_insight,
            reason="Klopt niet",
        ),
    ),
    "insights.services.recognising.recognise": Deed(
        "insights.recognise",
        a_partners,
        on(lambda world: knowing.insight(world.coalition), insights.recognise, view="recognises"),
    ),
    "insights.services.recognising.recognise_as_person": Deed(
        "insights.recognise_as_person",
        anyones,
        on(
            lambda world: knowing.insight(world.coalition),
            insights.recognise_as_person,
            pseudonym=uuid.UUID(int=7),
            kind="residents",
            involvement="lives",
            view="recognises",
        ),
    ),
    "insights.services.recognising.count_recognition": Deed(
        "insights.count_recognition",
        nobodys,
        on(lambda world: knowing.insight(world.coalition), insights.count_recognition),
    ),
    "insights.services.signalling.give_signal": Deed(
        "insights.give_signal",
        anyones,
        lambda world: lambda actor: knowing.signal(world.coalition, by=actor),
    ),
    "insights.services.signalling.moderate_signal": Deed(
        "insights.moderate_signal",
        nobodys,
        on(lambda world: knowing.signal(world.coalition), insights.moderate_signal, publish=True),
    ),
    "insights.services.signalling.answer_signal": Deed(
        "insights.answer_signal",
        a_partners,
        on(
            lambda world: knowing.published_signal(world.coalition),
            insights.answer_signal,
            outcome="taken_up",
            reason="Gemaakt",
        ),
    ),
    "places.services.import_places": Deed(
        "places.import",
        nobodys,
        on(lambda world: 2024, places.import_places),
        anywhere=True,
    ),
    "results.services.measure": Deed(
        "results.record_measurement",
        residents,
        on(lambda world: make.goal(world.coalition), results.measure, measured=measured),
    ),
    "results.services.adopt": Deed(
        "results.record_measurement",
        residents,
        on(lambda world: make.goal(world.coalition), results.adopt),
    ),
    "results.services.correct": Deed(
        "results.correct_measurement",
        residents,
        on(
            lambda world: make.measurement(make.goal(world.coalition), by=world.resident),
            results.correct,
            measured=measured,
            reason="Verteld",
        ),
    ),
    "urgency.services.asking.open_conversation": Deed(
        "urgency.open_conversation",
        a_partners,
        lambda world: lambda actor: make.conversation(world.coalition, by=actor),
        refused=("system",),  # the clock closes questions; only a partner can ask one
    ),
    "urgency.services.asking.moderate": Deed(
        "urgency.moderate",
        nobodys,
        on(
            lambda world: urgencies.add_statement(
                answering(world), "Meer bankjes.", actor=world.participant
            ),
            urgencies.moderate,
            publish=True,
        ),
    ),
    "urgency.services.asking.take_in": Deed(
        "urgency.take_in",
        nobodys,
        on(
            lambda world: make.conversation(world.coalition),
            lambda asked, *, actor: urgencies.take_in(asked, [], actor=actor),
        ),
        state="open",
    ),
    "urgency.services.asking.publish_reading": Deed(
        "urgency.publish_reading",
        nobodys,
        on(lambda world: make.conversation(world.coalition), urgencies.publish_reading),
    ),
    "urgency.services.asking.close": Deed(
        "urgency.open_conversation",
        residents,
        on(lambda world: make.conversation(world.coalition), urgencies.close),
    ),
    "urgency.services.hosting.hide_as_host": Deed(
        "urgency.hide_as_host",
        nobodys,
        on(
            lambda world: make.conversation(world.coalition).statements.get(number=1),
            urgencies.hide_as_host,
            law="Wetboek, artikel 1",
        ),
        anywhere=True,
    ),
    "urgency.services.hosting.review_hiding": Deed(
        "urgency.review_hiding",
        one_persons("operator"),
        on(hidden, urgencies.review_hiding, upholds=True, reason="Terecht"),
        state="open",
    ),
    "urgency.services.responding.join": Deed(
        "urgency.respond",
        anyones,
        on(
            lambda world: make.conversation(world.coalition),
            urgencies.join,
            kind="residents",
            involvement="lives",
        ),
        state="open",
    ),
    "urgency.services.responding.answer": Deed(
        "urgency.respond",
        anyones,
        on(
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
    "urgency.services.responding.choose": Deed(
        "urgency.respond",
        anyones,
        on(answering, lambda someone, *, actor: urgencies.choose(someone, [], actor=actor)),
        state="open",
    ),
    "urgency.services.responding.finish": Deed(
        "urgency.respond", anyones, on(answering, urgencies.finish), state="open"
    ),
    "urgency.services.responding.add_statement": Deed(
        "urgency.respond",
        anyones,
        on(
            answering,
            lambda someone, *, actor: urgencies.add_statement(someone, "Bankjes.", actor=actor),
        ),
        state="open",
    ),
    "urgency.services.sharing.propose_urgency": Deed(
        "urgency.propose",
        a_partners,
        lambda world: _sharing(make.conversation(world.coalition)),
        state="proposed",
    ),
    "urgency.services.sharing.word_anew": Deed(
        "urgency.propose",
        residents,
        on(
            lambda world: make.urgency(make.conversation(world.coalition)),
            urgencies.word_anew,
            sentence="Veilig naar school",
            reason="Korter",
        ),
        state="proposed",
    ),
    "urgency.services.sharing.endorse": Deed(
        "urgency.endorse",
        a_partners,
        on(lambda world: make.urgency(make.conversation(world.coalition)), urgencies.endorse),
        state="proposed",
    ),
    "urgency.services.sharing.bring_to_decision": Deed(
        "urgency.propose",
        residents,
        on(
            lambda world: make.urgency(make.conversation(world.coalition)),
            urgencies.bring_to_decision,
        ),
        state="proposed",
    ),
    "vision.services.write_version": Deed(
        "vision.write_version",
        anyones,
        lambda world: lambda actor: make.version(world.coalition, by=actor),
        state="draft",
    ),
    "vision.services.propose_version": Deed(
        "vision.write_version",
        residents,
        on(lambda world: make.version(world.coalition), visions.propose_version),
        state="draft",
    ),
    "vision.services.propose_amendment": Deed(
        "vision.propose_amendment",
        anyones,
        on(
            lambda world: make.version(world.coalition),
            visions.propose_amendment,
            change="Noem de avond.",
        ),
    ),
    "vision.services.settle_amendment": Deed(
        "vision.settle_amendment",
        residents,
        on(
            lambda world: make.amendment(make.version(world.coalition), by=world.shopkeeper),
            visions.settle_amendment,
            outcome="taken_up",
            reason="Goed idee",
        ),
    ),
    "vision.services.set_goal": Deed(
        "vision.set_goal",
        anyones,
        lambda world: lambda actor: make.goal(world.coalition, by=actor),
    ),
    "vision.services.propose_goal_change": Deed(
        "vision.change_goal",
        residents,
        on(lambda world: make.goal(world.coalition), visions.propose_goal_change, reason="Klaar"),
    ),
    "vision.services.adapt_goal_change": Deed(
        "vision.change_goal",
        residents,
        on(proposed_change, visions.adapt_goal_change, reason="Verder", wording=make.WORDING),
    ),
    "vision.services.state_benefit": Deed(
        "vision.state_benefit",
        residents,
        lambda world: _stating(make.goal(world.coalition), resident(world)),
    ),
    "vision.services.confirm_benefit": Deed(
        "vision.confirm_benefit",
        residents,
        on(
            lambda world: make.benefit(
                make.goal(world.coalition), resident(world), by=world.resident
            ),
            visions.confirm_benefit,
        ),
    ),
    "vision.services.withdraw_benefit": Deed(
        "vision.confirm_benefit",
        residents,
        on(
            lambda world: make.benefit(
                make.goal(world.coalition), resident(world), by=world.resident
            ),
            visions.withdraw_benefit,
        ),
    ),
}

# What only other services call, in their own transaction and after they asked.
PARTS = {
    "coalition.services.circle.hand_over",
    "coalition.services.joining.listing",
    "commitments.services.signing.enter_into_force",
    "places.services.load_assen",
    "urgency.services.responding.new_statement",
    "urgency.services.sharing.adopt",
}
# Whoever does this speaks for an organisation that does not take part yet (coalition/tests/test_joining.py).
JOINING = {"coalition.services.joining.accept", "coalition.services.joining.start"}


def _drafting(world: World, values: dict[str, Any]) -> Act:
    return lambda actor: covenants.draft(world.coalition, actor=actor, **values)


def _rewriting(covenant: Any, values: dict[str, Any]) -> Act:
    return lambda actor: covenants.rewrite(covenant, actor=actor, **values)


def _sharing(conversation: Any) -> Act:
    return lambda actor: make.urgency(conversation, by=actor)


def _stating(goal: Any, party: Party) -> Act:
    return lambda actor: make.benefit(goal, party, by=actor)


def services() -> Iterator[str]:
    """Every public function in which somebody does something."""
    for module in pkgutil.walk_packages(wijkverbond.__path__, "wijkverbond."):
        if ".services" not in module.name and module.name != limits.__name__:
            continue
        found = importlib.import_module(module.name)
        for name, deed in vars(found).items():
            plain = inspect.unwrap(deed) if inspect.isfunction(deed) else None
            if plain is None or plain.__module__ != module.name or name.startswith("_"):
                continue
            if "actor" in inspect.signature(plain).parameters:
                yield f"{module.name}.{name}".removeprefix("wijkverbond.")


@pytest.fixture(scope="module")
def visited(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all deeds, because each of them is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make.world()
        transaction.set_rollback(True)


def is_refused(deed: Act, actor: Actor) -> bool:
    """Whether this actor is refused; what they did is undone, and what does not fit is no refusal."""
    with transaction.atomic():
        try:
            deed(actor)
        except Refused:
            return True
        except ValidationError:
            return False
        finally:
            transaction.set_rollback(True)
    return False


def test_every_service_is_tried() -> None:
    assert set(services()) == DEEDS.keys() | PARTS | JOINING


@pytest.mark.django_db  # also tells pytest-django that a database is needed
@pytest.mark.parametrize("name", DEEDS)
def test_a_service_refuses_whom_the_table_refuses_and_nobody_else(
    visited: World, name: str
) -> None:
    world, deed = visited, DEEDS[name]
    everyone = [
        *world.parties, world.participant, world.coordinator, world.operator, system(),
    ]  # fmt: skip

    def allows(actor: Actor) -> bool:
        whose = "own" if deed.of(world, actor) else "other"
        line = EXPECTED[deed.action, whose, deed.state]
        return line[actor.kind] == "y" and actor.kind not in deed.refused

    with transaction.atomic():
        act = deed.make(world)
        found = {actor.kind: not is_refused(act, actor) for actor in everyone}
        assert found == {actor.kind: allows(actor) for actor in everyone}
        assert set(found) == set(ActorKind)
        if not deed.anywhere:
            assert is_refused(act, world.stranger)
        if needed := EXPECTED[deed.action, "own", deed.state]["needs"]:
            for actor in filter(allows, world.parties):
                fewer = actor.mandates - {needed}
                assert is_refused(act, dataclasses.replace(actor, mandates=fewer)), actor.kind
        transaction.set_rollback(True)
