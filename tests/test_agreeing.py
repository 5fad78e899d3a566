"""Who agrees, agrees to what they were shown: every act that agrees to, judges or moderates a record.

Each is done on its page. When what was shown changes meanwhile nothing is recorded, both texts are on the
page with what was typed, and sent again it is recorded. What names its record another way stands in
`WITHOUT_TEXT` with why, so that whoever adds an action of the table says which of the two it is.
"""

import ast
import dataclasses
import importlib
import inspect
import operator
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import wijkverbond
from tests import make, matrices
from tests.sweeps import browser
from tests.test_every_page import text_in, tree, words
from tests.test_services import services
from wijkverbond.actions.services import requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Handover, MandateOffer
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.tests.service_cases import off_the_list
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.tests import make as make_decisions
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.policy import ACTIONS
from wijkverbond.ui.shown import FIELD
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.tests import make as make_urgency

World = make.World
STORES = re.compile(
    r'(?:INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|kernel_limit|kernel_sentform)'
)
LOCKS = re.compile(r"^SELECT .* FOR (?:NO KEY )?UPDATE")
NEW = "Heel andere woorden."
SERVICE_CASES = matrices.service_cases()

WITHOUT_TEXT = {
    "it brings something new, of which others say later what they think": {
        "actions.ask_government",
        "actions.propose_initiative",
        "actions.raise_obstacle",
        "breakthroughs.claim",
        "coalition.invite",
        "coalition.join",
        "coalition.propose_chair_and_rules",
        "coalition.report_name",
        "coalition.report_tie",
        "coalition.set_places",
        "coalition.ask_successor",
        "coalition.start",
        "coalition.suggest_missing_voice",
        "decisions.propose",
        "decisions.put_forward_legal_limit",
        "insights.give_signal",
        "insights.publish",
        "results.record_measurement",
        "urgency.open_conversation",
        "urgency.propose",
        "urgency.take_in",
        "vision.propose_amendment",
        "vision.set_goal",
        "vision.state_benefit",
    },
    "it changes, ends or tells of what is one's own": {
        "installation.set_up",
        "accounts.change",
        "accounts.erase",
        "accounts.export",
        "actions.check_in",
        "actions.follow_up_request",
        "actions.lead_initiative",
        "actions.resolve_obstacle",
        "actions.settle_action",
        "breakthroughs.withdraw",
        "coalition.change_access",
        "coalition.choose_side",
        "coalition.describe_organisation",
        "coalition.describe_party",
        "coalition.end_mandate",
        "coalition.grant_mandate",
        "coalition.leave",
        "coalition.revoke_invitation",
        "commitments.compose_covenant",
        "commitments.look_back",
        "commitments.pledge",
        "commitments.reopen_covenant",
        "decisions.adapt",
        "register.change_key",
        "results.correct_measurement",
        "urgency.erase_answers",
        "urgency.expect_in_the_hall",
        "urgency.take_back_apart",
        "vision.change_goal",
        "vision.write_version",
    },
    "it answers words that never change once they were given": {
        "actions.answer_request",
        "actions.join_initiative",
        "coalition.decline_invitation",
        "coalition.dismiss_missing_voice",
        "insights.answer_signal",
        "urgency.respond",
        "vision.settle_amendment",
    },
    "it names a person or a coalition, and nothing else of it can change": {
        "accounts.appoint_operator",
        "accounts.reset_second_step",
        "coalition.follow_sign_in",
        "coalition.grant_secretariat",
        "coalition.revoke_secretariat",
        "coalition.step_down",
        "coalition.unlist",
    },
    "it only counts what others said, or follows from the calendar": {
        "breakthroughs.establish",
        "coalition.send_again",
        "coalition.keep_review_time",
        "commitments.ask_afterwards",
        "commitments.keep_time",
        "decisions.ask_afterwards",
        "decisions.close",
        "insights.count_recognition",
        "operations.look_after",
        "places.import",
        "register.change_key",
        "urgency.publish_reading",
    },
}


@dataclasses.dataclass(frozen=True)
class AgreeingCase:
    """Somebody (`by`, nobody when they need no account) who agrees to a record that `make` made.

    They do so on `page`, of the record, with the form to the address `sends_to`, where that is another.
    `change` changes what they were shown; `old` is in it before. `code` says that a mailed code is asked.
    """

    service: str
    by: str
    make: Callable[[World], Any]
    page: str
    change: Callable[[Any], None]
    of: str = "id"
    sends_to: str = ""
    typed: dict[str, str] = dataclasses.field(default_factory=dict)
    code_page: str = ""

    def __str__(self) -> str:
        return f"{self.page} {self.service.rpartition('.')[2]}"


def reword(path: str) -> Callable[[Any], None]:
    """Other words in a field of the record, or of what belongs to it."""
    owner, _dot, field = path.rpartition(".")

    def change(record: Any) -> None:
        changed = operator.attrgetter(owner)(record) if owner else record
        type(changed).objects.filter(pk=changed.pk).update(**{field: NEW})

    return change


def propose_another(proposal: Handover) -> None:
    """The same chair, with other rules."""
    proposer = make.actor(proposal.proposed_by)
    other = Handover(chair=proposal.chair, rules=NEW)
    coalitions.propose_handover(proposal.coalition, actor=proposer, chair_and_rules=other)


def answered_objection(world: World) -> Any:
    decision = make.decision(world.coalition, by=world.corporation)
    objection = make.objection(decision, by=world.shopkeeper)
    decisions.answer_objection(objection, actor=world.corporation, answer="Dan later.")
    objection.refresh_from_db()
    return objection


def waiting_sentence(world: World) -> Any:
    answering = urgencies.join(
        make.conversation(world.coalition),
        actor=world.participant,
        kind="residents",
        involvement="lives",
    )
    return urgencies.add_statement(answering, "Meer bankjes.", actor=world.participant)


def hidden_sentence(world: World) -> Any:
    sentence = make.conversation(world.coalition).statements.get(number=1)
    return urgencies.hide_as_host(sentence, actor=world.operator, law="Wetboek, artikel 1")


def answered_request(world: World) -> Any:
    return requests.answer(
        make.request(world),
        actor=world.municipality,
        verdict="granted",
        text="Dat mag.",
        role="facilitate",
    )


def proposed_handover(world: World) -> Any:
    rules = Handover(chair=party_of(world.resident), rules="Wij luisteren.")
    return coalitions.propose_handover(world.coalition, actor=world.resident, chair_and_rules=rules)


def reported_name(world: World) -> Any:
    return coalitions.report_name(
        party_of(world.resident), actor=world.shopkeeper, why="Wij heten al dertig jaar zo."
    )


def mandate_to_sign(world: World) -> Any:
    granted = make.grant(
        party_of(world.resident),
        make.user(),
        actor=world.resident,
        may=["sign"],
        ground="statutes",
    )
    return granted[-1]


def offered(world: World) -> Any:
    person = make.account_of(world.participant)
    coalitions.grant(party_of(world.resident), person, actor=world.resident, may=["decide"])
    return MandateOffer.objects.get(person=person)


def claimed(world: World) -> Any:
    return make.breakthrough(world.coalition, by=world.corporation)


def naming(world: World) -> Any:
    shop = party_of(world.shopkeeper)
    return make.breakthrough(world.coalition, by=world.corporation, named=[shop])


def decided(world: World) -> Any:
    return make.decision(world.coalition, by=world.corporation)


def reported(world: World) -> Any:
    return make_actions.check_in(make_actions.pledge(world), by=world.resident)


def benefit(world: World) -> Any:
    goal = make.goal(world.coalition)
    return make.benefit(goal, party_of(world.shopkeeper), by=world.shopkeeper)


WHY = "Zo zien wij het."
CASES = (
    AgreeingCase(
        "decisions.services.rounds.take_position", "shopkeeper", decided,
        "decisions:answer", reword("proposal"), typed={"stance": "concern", "argument": WHY},
    ),
    AgreeingCase(
        "decisions.services.rounds.enter_position", "coordinator", decided,
        "decisions:enter", reword("proposal"),
        typed={"stance": "concern", "argument": WHY, "via": "phone"},
    ),
    AgreeingCase(
        "decisions.services.rounds.answer_objection", "corporation",
        lambda world: make.objection(decided(world), by=world.shopkeeper),
        "decisions:reply", reword("argument"), typed={"answer": WHY},
    ),
    AgreeingCase(
        "decisions.services.rounds.resolve_objection", "shopkeeper", answered_objection,
        "decisions:resolve", reword("answer"), typed={"how": "answered"},
    ),
    AgreeingCase(
        "decisions.services.afterwards.answer_afterwards", "shopkeeper",
        lambda world: make_decisions.later_answer(world, party_of(world.shopkeeper)),
        "decisions:answer_afterwards", reword("decision.proposal"),
        typed={"stance": "concern", "argument": WHY},
    ),
    AgreeingCase(
        "urgency.services.shared_urgencies.endorse", "shopkeeper",
        lambda world: make.urgency(make.conversation(world.coalition)),
        "urgency:urgency", reword("sentence"), sends_to="urgency:endorse",
    ),
    AgreeingCase(
        "urgency.services.conversations.moderate", "shopkeeper", waiting_sentence,
        "urgency:read_new", reword("text"), of="",
        typed={"publish": "no", "why": "unclear", "reason": WHY},
    ),
    AgreeingCase(
        "urgency.services.host_hidings.hide_as_host", "operator",
        lambda world: make.conversation(world.coalition).statements.get(number=1),
        "urgency:hide", reword("text"), typed={"ground": "law", "law": WHY},
    ),
    AgreeingCase(
        "coalition.services.unlistings.review_unlisting", "shopkeeper", off_the_list,
        "coalition:review_unlisting", reword("law"), typed={"upholds": "yes", "reason": WHY},
    ),
    AgreeingCase(
        "urgency.services.host_hidings.review_hiding", "shopkeeper", hidden_sentence,
        "urgency:review", reword("law"), typed={"upholds": "yes", "reason": WHY},
    ),
    AgreeingCase(
        "urgency.services.set_apart.agree_apart", "shopkeeper",
        lambda world: make_urgency.set_apart(
            make.conversation(world.coalition), by=world.resident
        ),
        "urgency:apart", lambda apart: apart.voices.update(reason=NEW), typed={"reason": WHY},
    ),
    AgreeingCase(
        "insights.services.recognition.recognise", "shopkeeper",
        lambda world: make_insights.insight(world.coalition),
        "insights:recognise", reword("statement"), typed={"view": "differs", "because": WHY},
    ),
    AgreeingCase(
        "insights.services.recognition.recognise_as_person", "",
        lambda world: make_insights.insight(world.coalition),
        "insights:recognise", reword("statement"),
        typed={"view": "recognises", "kind": "residents"},
    ),
    AgreeingCase(
        "insights.services.signals.moderate_signal", "shopkeeper",
        lambda world: make_insights.signal(world.coalition),
        "insights:read_new", reword("text"), of="",
        typed={"publish": "no", "why": "off_topic", "reason": WHY},
    ),
    AgreeingCase(
        "vision.services.confirm_benefit", "shopkeeper", benefit,
        "vision:goal", reword("goal.sentence"), of="goal_id", sends_to="vision:confirm",
    ),
    AgreeingCase(
        "coalition.services.handover.confirm_handover", "shopkeeper", proposed_handover,
        "coalition:handover", propose_another, of="",
    ),
    AgreeingCase(
        "coalition.services.confirming.confirm_party", "shopkeeper",
        lambda world: make.party(world.coalition, "school", may=[], confirmed=False),
        "coalition:party", reword("organisation.name"), sends_to="coalition:confirm_party",
    ),
    AgreeingCase(
        "coalition.services.names.judge_name", "corporation", reported_name,
        "coalition:name", reword("why"), of="about_id", sends_to="coalition:judge_name",
    ),
    AgreeingCase(
        "coalition.services.mandate_offers.accept_mandate", "participant", offered,
        "coalition:mandate_offer", reword("party.organisation.name"),
    ),
    AgreeingCase(
        "coalition.services.mandates.confirm_mandate", "shopkeeper", mandate_to_sign,
        "coalition:to_confirm", reword("party.organisation.name"), of="",
        sends_to="coalition:confirm",
    ),
    AgreeingCase(
        "actions.services.requests.accept", "resident", answered_request,
        "actions:accept", reword("answer_text"), typed={"helpful": "yes"},
    ),
    AgreeingCase(
        "actions.services.requests.reopen", "resident", answered_request,
        "actions:reopen", reword("answer_text"), typed={"reason": WHY},
    ),
    AgreeingCase(
        "actions.services.check_ins.judge", "shopkeeper", reported,
        "actions:judge", reword("remark"), typed={"verdict": "partly", "remark": WHY},
    ),
    AgreeingCase(
        "actions.services.check_ins.announce", "shopkeeper", reported,
        "actions:judge", reword("pledge.what"), typed={"verdict": "not", "remark": WHY},
    ),
    AgreeingCase(
        "commitments.services.signing.sign", "shopkeeper", make_commitments.opened,
        "commitments:sign_code", reword("rules"), code_page="commitments:sign",
    ),
    AgreeingCase(
        "commitments.services.signing.decline", "shopkeeper", make_commitments.opened,
        "commitments:decline", reword("rules"), typed={"reason": WHY},
    ),
    AgreeingCase(
        "breakthroughs.services.say_worked_on", "shopkeeper", naming,
        "breakthroughs:page", reword("after"), sends_to="breakthroughs:say_worked_on",
    ),
    AgreeingCase(
        "breakthroughs.services.confirm", "shopkeeper", claimed,
        "breakthroughs:confirm", reword("after"), typed={"remark": WHY},
    ),
    AgreeingCase(
        "breakthroughs.services.confirm", "shopkeeper", claimed,
        "breakthroughs:dispute", reword("evidence_text"), typed={"remark": WHY},
    ),
    AgreeingCase(
        "breakthroughs.services.confirm_as_resident", "", claimed,
        "breakthroughs:resident_code", reword("after"), code_page="breakthroughs:resident",
    ),
)  # fmt: skip


@dataclasses.dataclass
class OpenPage:
    """A page in somebody's browser, with one of its forms."""

    client: Client
    address: str
    form: Element

    @property
    def fields(self) -> dict[str, str]:
        """What stands in the form: hidden, typed and chosen."""
        fields = {}
        for control in self.form.iter():
            kept = control.get("type") not in ("radio", "checkbox") or "checked" in control.attrib
            if (name := control.get("name")) and kept:
                options = [option for option in control.iter("option") if option.get("value")]
                chosen = [option for option in options if "selected" in option.attrib]
                value = (chosen or options or [control])[0].get("value")
                fields[name] = text_in(control) if value is None else value
        return fields

    def send(self, typed: dict[str, str]) -> tuple[HttpResponse, bool]:
        """What is answered to the form with this typed in it, and whether something was stored."""
        with CaptureQueriesContext(connection) as queries:
            answer = self.client.post(self.address, self.fields | typed)
        assert isinstance(answer, HttpResponse)
        return answer, any(STORES.match(query["sql"]) for query in queries)


def opened(case: AgreeingCase, world: World, record: Any) -> tuple[OpenPage, dict[str, str]]:
    """The page with the form, and what is typed in it."""
    client = browser(getattr(world, case.by) if case.by else None)
    arguments = [world.coalition.slug, *([getattr(record, case.of)] if case.of else [])]
    typed = dict(case.typed)
    if case.code_page:
        client.post(
            reverse(case.code_page, args=arguments),
            {"email": "buur@voorbeeld.example", "read": "on"},
        )
        code = re.search(r"\d{4} \d{4}", str(mail.outbox[-1].body))
        assert code
        typed["code"] = code[0]
    page = reverse(case.page, args=arguments)
    address = (
        reverse(case.sends_to, args=[world.coalition.slug, record.id]) if case.sends_to else page
    )
    return OpenPage(client, address, the_form(client.get(page), address, page)), typed


def the_form(answer: Any, address: str, page: str) -> Any:
    """The form to this address with which somebody agrees."""
    for form in tree(answer.content.decode()).iter("form"):
        sends_to = form.get("action") or page
        if sends_to == address and form.find(f".//input[@name='{FIELD}']") is not None:
            return form
    raise AssertionError(f"no form to {address} carries what the page shows")


def both_texts(root: Element) -> list[str]:
    """What somebody was shown, and what it says now."""
    shown = root.findall(".//p[@class='wv-pre']")
    return [" ".join("".join(text.itertext()).split()) for text in shown]


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=str)
def test_nobody_agrees_to_what_changed_under_their_hands(world: World, case: AgreeingCase) -> None:
    record = case.make(world)
    page, typed = opened(case, world, record)
    case.change(record)

    refused, stored = page.send(typed)
    assert (refused.status_code, stored) == (409, False)
    root = tree(refused.content.decode())
    before, now = both_texts(root)
    assert NEW in now
    assert NEW not in before
    assert before
    assert "Dit veranderde terwijl je het las" in words(root)
    again = OpenPage(page.client, page.address, the_form(refused, page.address, page.address))
    kept = {name: again.fields.get(name) for name in typed if name != "code"}
    assert kept == {name: value for name, value in typed.items() if name != "code"}

    accepted, stored = again.send(typed)
    assert (accepted.status_code, stored) == (302, True)


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_compared_once_nobody_else_can_change_it(world: World, case: AgreeingCase) -> None:
    record = case.make(world)
    page, typed = opened(case, world, record)
    waiting = [case.change]

    def change_just_before(execute: Any, sql: str, *arguments: Any) -> object:
        if waiting and LOCKS.search(sql):
            waiting.pop()(record)
        return execute(sql, *arguments)

    with connection.execute_wrapper(change_just_before):
        refused, _stored = page.send(typed)
    assert (refused.status_code, waiting) == (409, [])
    assert NEW in both_texts(tree(refused.content.decode()))[1]


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "WyJpa3ppZSBkaXQiXQ:vervalst"])
@pytest.mark.parametrize(
    "service",
    ["decisions.services.rounds.take_position", "urgency.services.shared_urgencies.endorse",
     "urgency.services.conversations.moderate"],
)  # fmt: skip
def test_a_form_that_does_not_say_what_it_showed_is_asked_again(
    world: World, service: str, sent: str
) -> None:
    case = next(case for case in CASES if case.service == service)
    page, typed = opened(case, world, case.make(world))
    refused, stored = page.send(typed | {FIELD: sent})
    assert (refused.status_code, stored) == (409, False)
    assert "Lees dit eerst" in words(tree(refused.content.decode()))
    again = OpenPage(page.client, page.address, the_form(refused, page.address, page.address))
    assert again.send(typed)[0].status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("service", "names"),
    [
        ("urgency.services.conversations.moderate", "statement"),
        ("insights.services.signals.moderate_signal", "signal"),
    ],
)
def test_a_choice_without_its_sentence_is_about_none(
    world: World, service: str, names: str
) -> None:
    case = next(case for case in CASES if case.service == service)
    page, typed = opened(case, world, case.make(world))
    refused, stored = page.send(typed | {names: ""})
    assert (refused.status_code, stored) == (409, False)


@pytest.mark.django_db
def test_who_corrects_a_field_still_answers_what_they_first_read(world: World) -> None:
    decision = make.decision(world.coalition, by=world.corporation)
    case = CASES[0]
    page, _typed = opened(case, world, decision)
    case.change(decision)
    lacking, _stored = page.send({"stance": "", "argument": WHY})
    assert lacking.status_code == 422
    again = OpenPage(page.client, page.address, the_form(lacking, page.address, page.address))
    assert again.send({"stance": "consent"})[0].status_code == 409


@pytest.mark.django_db
def test_what_one_record_showed_is_no_answer_to_another(world: World) -> None:
    case = CASES[0]
    first, typed = opened(case, world, make.decision(world.coalition, by=world.corporation))
    other, _typed = opened(case, world, make.decision(world.coalition, by=world.corporation))
    refused, stored = other.send(typed | {FIELD: first.fields[FIELD]})
    assert (refused.status_code, stored) == (409, False)


def test_every_act_is_tried_and_every_action_says_whether_it_agrees() -> None:
    agreeing = {
        name for name in services() if "shown" in inspect.signature(function(name)).parameters
    }
    assert {case.service for case in CASES} == agreeing
    with_text = {SERVICE_CASES[name].action for name in agreeing}
    without_text = set().union(*WITHOUT_TEXT.values())
    assert with_text | without_text == ACTIONS.keys()
    assert not with_text & without_text


def test_every_page_says_what_it_showed() -> None:
    agreeing = {function(case.service) for case in CASES}
    forgotten = [
        f"{module.__name__}:{call.lineno}"
        for module in view_modules()
        for call in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(call, ast.Call)
        and called(module, call) in agreeing
        and "shown" not in {keyword.arg for keyword in call.keywords}
    ]
    assert forgotten == []


def function(service: str) -> Callable[..., object]:
    """The service of this name."""
    module, _dot, name = f"wijkverbond.{service}".rpartition(".")
    act: Callable[..., object] = getattr(importlib.import_module(module), name)
    return act


def view_modules() -> Iterator[ModuleType]:
    """Where what people send arrives."""
    for module in pkgutil.walk_packages(wijkverbond.__path__, "wijkverbond."):
        if {"views", "api"} & set(module.name.split(".")):
            yield importlib.import_module(module.name)


def called(module: ModuleType, call: ast.Call) -> object:
    """What a call such as `services.endorse(…)` calls in a module."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=name), attr=attribute):
            return getattr(getattr(module, name, None), attribute, None)
    return None
