"""Every form of the site, filled in and sent as a browser without JavaScript does: it is accepted.

The forms are those that any role sees on a page of the access matrix, and on the pages of things
in another state (`_STATES`): an address that takes what people send fails while no form sends it.
"""

import collections
import dataclasses
import datetime as dt
import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from xml.etree.ElementTree import Element

import pytest
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone
from html5lib.html5parser import HTMLParser, ParseError
from pytest_django import DjangoDbBlocker

from tests import make
from tests.html import shown
from tests.ready_world import ReadyWorld
from tests.sweeps import LINES, ROLES, SEEN_BY, Visitors, browser, undone
from tests.test_every_page import WITHOUT_TOKEN, Form, problems, tree, words
from tests.two_hats import for_government_too
from wijkverbond.accounts.tests.make import add_steps, first_step_done, signed_in
from wijkverbond.actions.services import initiatives, requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Access, Coalition, Invitation, Secretariat
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Position, Stance
from wijkverbond.insights.models import Insight
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.installation.models import NEEDED, FirstRun
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel import clock
from wijkverbond.operations.tests.service_cases import given_up
from wijkverbond.places import services as places
from wijkverbond.places.indicators import CRIMES
from wijkverbond.urgency import services as urgencies
from wijkverbond.vision import services as visions

TODAY = timezone.localdate(clock.now())
YESTERDAY, TOMORROW, LATER = (str(TODAY + dt.timedelta(days=days)) for days in (-1, 1, 1200))
SOMEBODY = "iemand@voorbeeld.example"
BY_TYPE = {
    "date": TOMORROW,
    "time": "20:00",
    "email": SOMEBODY,
    "number": "1",
    "numeric": "1",
    "decimal": "1",
    "url": "https://voorbeeld.example/",
}
# What the labels of these fields ask for, where any words will not do.
BY_NAME = {
    "place_codes": make.PLACES[0],
    "happened_on": YESTERDAY,
    "baseline_on": YESTERDAY,
    "ends": LATER,
    "due": LATER,
    "colour": "#0b5a45",
    "seeds": "Eerste zin.\nTweede zin.\nDerde zin.",
    "delivered": "3",
    "until_time": "23:00",
    "registration_number": "12345678",
    "sector": "culture",
    "code": "1234 5678",
    "typed": SOMEBODY,  # to confirm that one's account is erased
}
# People take a while to read what they answer.
BY_HIDDEN_NAME = {"shown_at": "0"}
# Addresses that answer a POST, though nothing on the site sends one.
SENT_BY_NO_FORM = {
    "accounts:export": "whoever is not signed in goes to the sign-in page, whatever they send",
    "coalition:to_confirm": "the same",
    "operations:look_after": "the same",
    "installation:host": "only while nobody hosts the site: installation/tests/test_in_the_browser.py",
    "mfa_index": "the same",
    "mfa_list_webauthn": "the same",
    "mfa_view_recovery_codes": "the same",
    "mfa_reauthenticate_webauthn": "a passkey is the browser's: accounts/tests/test_second_step.py",
    "overview:my_work": "the same",
    "urgency:done": "whoever has not begun goes to the beginning, whatever they send",
    "ui:preferences": "the forms of the header, which tests/test_every_page.py sends from each page",
}
# What is right to refuse, since it was made up here; each has a test that types what was mailed.
REFUSED = {
    "operations:unlist": "Deze coalitie staat niet op de lijst",  # for other pages here it is off
    "installation:places_file": "Vul dit in",  # a file, which is not text
    "accounts:code": "Dit is niet de code uit de nieuwste mail",
    "mfa_activate_totp": "Dit klopt niet",
    "mfa_add_webauthn": "Je browser gaf geen passkey",
    "mfa_authenticate": "Pas het hieronder aan",
    "mfa_generate_recovery_codes": "Voeg eerst een app of een passkey toe",
    "mfa_reauthenticate": "Dit klopt niet",
    "commitments:open": "De visie of de doelen zijn na dit ontwerp veranderd",  # by other pages here
    "commitments:reopen": "is sindsdien veranderd",  # as above; what did not change is accepted
    "breakthroughs:resident_code": "Dit is niet de code uit de nieuwste mail",
    "commitments:sign_code": "Deze code is niet meer geldig",
    "urgency:erase": "Deze code kennen we niet",
    "decisions:enter": "Deze partner heeft zelf al geantwoord",
}
# Of these the visitor is another afterwards, in another session or with a cookie: what they send again
# is no longer sent by the same person. It has a key of its own (a pseudonym, a code, an account).
KNOWN_ANEW = (
    "account_login",
    "account_logout",
    "accounts:erase",
    "accounts:my_data",
    "accounts:sign_out_everywhere",
    "breakthroughs:resident",
    "insights:recognise",
    "insights:someone_else",
    "urgency:again",
    "urgency:respond",
    "urgency:sentence",
)
# What is remembered in the visitor's own session, or forgotten in their browser.
KEPT_NOWHERE = (
    "account_logout",
    "accounts:sign_out_session",
    "coalition:switch",
    "insights:someone_else",
    "urgency:again",
)
# Filled with the words that stand there: sent as it is, nobody is asked again.
NOTHING_NEW = "decisions:adapt", "decisions:adapt_chair_and_rules"
WRITES = re.compile(
    r'(?:INSERT INTO|(?<!FOR )(?<!KEY )UPDATE|DELETE FROM) "?(?!"?(?:django_session|kernel_limit|kernel_sentform)\b)'
)
# What is another each time that a page is shown: tokens, and what the reader saw.
HIDDEN_VALUE = re.compile(r'(?<=type="hidden") [^>]*')
# A tag with its attributes, without what they say.
TAG = re.compile(r"<[^\s>]*|(?<=\s)[a-z-]+=|&(?!\w+;|#)")
TARGETS = sorted(
    {
        line["url"]
        for line in LINES
        if line["method"] == "POST" and any(line[role] not in ("404", "405") for role in ROLES)
    }
    - SENT_BY_NO_FORM.keys()
)


@dataclasses.dataclass(frozen=True)
class Sweep:
    """Every distinct form with the browser that shows it, and what is wrong with a page.

    `asking` are the forms that change nothing: searching, and choosing what is shown.
    """

    forms: dict[str, list[tuple[Client, Form]]]
    asking: dict[str, tuple[Client, Form]]
    wrong: dict[str, list[str]]


@pytest.fixture(scope="module")
def sweep(ready_world: ReadyWorld, django_db_blocker: DjangoDbBlocker) -> Iterator[Sweep]:
    """All pages in all roles that may see them, in a world in which there is everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield swept(Visitors(ready_world.put_back()))
        transaction.set_rollback(True)


def swept(visitors: Visitors, names: Collection[str] = SEEN_BY.keys()) -> Sweep:
    """What is on the pages of these names, and of all of them on those in another state too."""
    places.load_assen(actor=visitors.world.operator)
    for name in sorted(names):
        visitors.address(name)
    forms_to: dict[str, dict[tuple[str, ...], tuple[Client, Form]]] = collections.defaultdict(dict)
    asking, wrong = {}, {}
    shapes: set[str] = set()
    for client, address, html in _distinct(_pages(visitors, names)):
        root = tree(html)
        if mistakes := [*_mistakes(html, shapes), *problems(root)]:
            wrong[address] = mistakes
        for element in root.iter("form"):
            form = Form(element.get("action") or address, _filled(element), [])
            if element.get("method") == "get":
                asking[resolve(address).view_name] = client, form
            elif form.action not in WITHOUT_TOKEN:
                forms_to[resolve(form.action).view_name][tuple(form.fields)] = client, form
    forms = {name: list(distinct.values()) for name, distinct in forms_to.items()}
    return Sweep(forms, asking, wrong)


def _mistakes(html: str, shapes: set[str]) -> list[str]:
    """What a strict parser says of a page, unless it read one of the same shape: it takes its time."""
    shape = "".join(TAG.findall(html))
    if shape in shapes:
        return []
    shapes.add(shape)
    try:
        HTMLParser(strict=True).parse(html)
    except ParseError as error:
        return [str(error)]
    return []


def _pages(
    visitors: Visitors, names: Collection[str]
) -> Iterator[tuple[Client, str, HttpResponse]]:
    states = _STATES if names == SEEN_BY.keys() else ()
    for client, address in itertools.chain(
        _of_matrix(visitors, names), *(state(visitors) for state in states)
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        html = response["Content-Type"].startswith("text/html")
        if html and isinstance(response, HttpResponse):
            yield client, address, response


def _distinct(
    pages: Iterable[tuple[Client, str, HttpResponse]],
) -> Iterator[tuple[Client, str, str]]:
    """The HTML of pages: most say the same to most roles."""
    read: set[tuple[str, str]] = set()
    for client, address, response in pages:
        html = response.content.decode()
        page = address, HIDDEN_VALUE.sub("", html[html.index("<main") :])
        if page not in read:
            read.add(page)
            yield client, address, html


def _of_matrix(visitors: Visitors, names: Collection[str]) -> Iterator[tuple[Client, str]]:
    for line in LINES:
        if line["method"] == "GET" and line["url"] in names:
            for role in ROLES:
                if line[role] == "200":
                    yield visitors.browsers[role], visitors.address(line["url"])


def _pages_of_agreements_and_actions(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """What was started, answered, promised, agreed by everyone, and is a year old."""
    world, roles = visitors.world, visitors.browsers
    resident, slug = roles["residents"], world.coalition.slug
    started = initiatives.start(make_actions.initiative(world), actor=world.resident)
    yield resident, reverse("actions:initiative", args=[slug, started.id])
    answered = requests.answer(
        make.request(world),
        actor=world.municipality,
        verdict="granted",
        text="Dat mag.",
        role="facilitate",
    )
    for name in ("accept", "reopen", "escalate"):
        yield resident, reverse(f"actions:{name}", args=[slug, answered.id])
    draft = make_commitments.draft_pledge(world)
    yield roles["civil_society"], reverse("commitments:pledge", args=[slug, draft.id])
    decision = make.decision(world.coalition)
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))
    yield resident, reverse("decisions:page", args=[slug, decision.id])
    covenant = make_commitments.in_force(world, starts=TODAY - dt.timedelta(days=500))
    yield resident, reverse("commitments:yearly_check", args=[slug, covenant.id])
    following = make_commitments.draft(world)
    yield roles["civil_society"], reverse("commitments:open", args=[slug, following.id])
    unsigned = make_commitments.unsigned(world)
    yield roles["civil_society"], reverse("commitments:reopen", args=[slug, unsigned.id])


def _pages_of_goals(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """Goals with an official figure that nobody proposes to change: a benefit said, and confirmed."""
    world, resident = visitors.world, visitors.browsers["residents"]
    wording = make.changed(make.GOAL, figure=CRIMES, unit="")
    suggested, confirmed = (make.goal(world.coalition, wording=wording) for _ in range(2))
    for goal in (suggested, confirmed):
        benefit = make.benefit(goal, party_of(world.resident), by=world.resident)
    visions.confirm_benefit(benefit, actor=world.resident)
    for name in ("results:goal", "vision:goal", "vision:change", "vision:drop"):
        yield resident, reverse(name, args=[world.coalition.slug, suggested.id])
    yield resident, reverse("vision:goal", args=[world.coalition.slug, confirmed.id])


def _pages_of_newcomers(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """Who comes, goes, prepares a coalition, and waits for a second person's yes."""
    world = visitors.world
    make_commitments.colleague(world.shopkeeper, confirmed=False)
    yield (
        visitors.browsers["residents"],
        reverse("coalition:to_confirm", args=[world.coalition.slug]),
    )
    coalitions.grant_secretariat(world.coalition, make.user(), actor=world.resident)
    secretariat = reverse("coalition:secretariat", args=[world.coalition.slug])
    yield visitors.browsers["entrepreneurs"], secretariat
    ending = Secretariat.objects.get(person=world.coordinator.person)
    coalitions.revoke_secretariat(ending, actor=world.resident)
    yield visitors.browsers["residents"], secretariat
    for name in ("", "Gemeente van buren"):
        waiting = make.party(world.coalition, "school", name=name, may=[], confirmed=False)
        yield (
            visitors.browsers["residents"],
            reverse("coalition:party", args=[world.coalition.slug, waiting.id]),
        )
    claimed = coalitions.report_name(
        party_of(world.shopkeeper), actor=world.resident, why="Wij heten al dertig jaar zo."
    )
    yield (
        visitors.browsers["civil_society"],
        reverse("coalition:name", args=[world.coalition.slug, claimed.about_id]),
    )
    preparing = make.coalition(access=Access.PREPARING)
    yield browser(make.first_actor(preparing)), reverse("overview:home", args=[preparing.slug])
    newcomer = Client()
    newcomer.post(reverse("account_login"), {"email": "nieuw@voorbeeld.example"})
    yield newcomer, reverse("accounts:code")
    newcomer.post(visitors.address("breakthroughs:resident"), {"email": "buur@voorbeeld.example"})
    yield newcomer, visitors.address("breakthroughs:resident_code")
    yield browser(make.someone(make.user(SOMEBODY))), reverse("accounts:erase")


def _pages_of_both_sides(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """Somebody who acts for government and for another partner, and has to choose."""
    world = visitors.world
    colleague = make.colleague(world.resident)
    for_government_too(world, colleague)
    yield browser(colleague), reverse("coalition:choose_side", args=[world.coalition.slug])


def _pages_of_who_is_named(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """A breakthrough that waits for the word of a partner that others named."""
    named = resolve(visitors.address("breakthroughs:say_worked_on")).kwargs
    yield visitors.browsers["entrepreneurs"], reverse("breakthroughs:page", kwargs=named)


def _pages_of_what_did_not_arrive(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """An invitation by mail, and a mail that was given up, seen by who hosts the site."""
    world = visitors.world
    invitation = Invitation(addressee="De moskee", email="moskee@voorbeeld.example")
    coalitions.invite(world.coalition, actor=world.resident, wording=invitation)
    yield visitors.browsers["residents"], reverse("coalition:invite", args=[world.coalition.slug])
    given_up()
    yield visitors.browsers["operator"], reverse("operations:look_after")


def _pages_of_an_area_in_words(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """A coalition that named its area in words."""
    coalition = make.coalition(places=[], area="Tussen spoor en kanaal")
    page = reverse("coalition:set_places", args=[coalition.slug])
    yield browser(make.first_actor(coalition)), page


def _pages_of_the_first_run(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """A site of which everything that it needs was filled in."""
    FirstRun.objects.create(id=1, passed=[*NEEDED])
    yield visitors.browsers["operator"], reverse("installation:index")


def _pages_of_sleepers(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """A partner for which nobody acts, seen by who did so last."""
    party = make.party(visitors.world.coalition, "residents_group")
    last = browser(make.actor(party))
    make.asleep(party)
    arguments = [visitors.world.coalition.slug, party.id]
    yield last, reverse("coalition:ask_successor", args=arguments)


def _pages_of_chair_and_rules(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """A coalition without a chair of its own, and one that has one and can choose another."""
    without = party_of(visitors.world.stranger).coalition
    yield browser(visitors.world.stranger), reverse("coalition:handover", args=[without.slug])
    chaired = make.coalition()
    leader = make.first_actor(chaired)
    Coalition.objects.filter(id=chaired.id).update(handed_over_at=leader.now, chair=leader.party)
    yield browser(leader), reverse("decisions:propose_chair_and_rules", args=[chaired.slug])


def _pages_of_answers(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """Somebody without an account who answers, and what they wrote, to be read."""
    coalition, resident, neighbour = (
        visitors.world.coalition,
        visitors.browsers["residents"],
        Client(),
    )
    respond, sentence, own, first, read = (
        reverse(f"urgency:{name}", args=[coalition.slug])
        for name in ("respond", "sentence", "own", "first", "read_new")
    )
    neighbour.post(respond, {"kind": "residents"})
    yield neighbour, sentence
    yield neighbour, own
    yield neighbour, first
    neighbour.post(own, {"text": "Een bankje bij de vijver."})
    recognise = visitors.address("insights:recognise")
    insight = Insight.objects.get(id=resolve(recognise).kwargs["insight_id"])
    neighbour.post(recognise, {"view": "recognises", "kind": "residents", **shown(insight)})
    yield neighbour, recognise
    yield resident, read
    make_insights.signal(coalition)
    yield resident, reverse("insights:read_new", args=[coalition.slug])
    for conversation in coalition.conversations.all():
        urgencies.publish_reading(conversation, actor=actors.system())
    yield resident, reverse("urgency:propose", args=[coalition.slug])


def _pages_of_an_account(visitors: Visitors) -> Iterator[tuple[Client, str]]:
    """One's own data, while one is signed in elsewhere too; a second step, to change and to show."""
    browser(visitors.world.resident)
    yield visitors.browsers["residents"], reverse("accounts:my_data")
    person = make.user()
    passkey = add_steps(person)
    yield first_step_done(person), reverse("mfa_authenticate")
    yield signed_in(person), reverse("mfa_reauthenticate")
    client = signed_in(person, shown=True)
    yield client, reverse("mfa_deactivate_totp")
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield client, reverse(name, args=[passkey.pk])


# Pages with a form that only works, or is only there, in the state that they are in.
_STATES = (
    _pages_of_goals,
    _pages_of_agreements_and_actions,
    _pages_of_newcomers,
    _pages_of_both_sides,
    _pages_of_who_is_named,
    _pages_of_an_area_in_words,
    _pages_of_the_first_run,
    _pages_of_sleepers,
    _pages_of_what_did_not_arrive,
    _pages_of_chair_and_rules,
    _pages_of_answers,
    _pages_of_an_account,
)


def _filled(form: Element) -> dict[str, list[str]]:
    """What somebody sends who fills in every field and presses the first button."""
    fields: dict[str, list[str]] = {}
    choices: dict[str, list[Element]] = collections.defaultdict(list)
    for control in form.iter():
        name, type_ = control.get("name", ""), control.get("type")
        if not name or "disabled" in control.attrib:
            continue
        if type_ in ("radio", "checkbox"):
            choices[name].append(control)
        elif control.tag == "select":
            fields[name] = _chosen(control, BY_NAME.get(name.rpartition("-")[2], ""))
        elif type_ == "hidden" or control.tag == "button":
            fields.setdefault(name, [BY_HIDDEN_NAME.get(name, control.get("value", ""))])
        elif control.tag in ("input", "textarea"):
            input_type = control.get("inputmode") or type_ or ""
            typed = BY_NAME.get(name.rpartition("-")[2], BY_TYPE.get(input_type, "Een zin."))
            value = control.get("value") or (control.text or "").strip()
            # Who sends a text again that stands there already has changed it.
            changed = f"{value}." if value and control.tag == "textarea" else value
            fields.setdefault(name, []).append(changed or typed)
    for name, controls in choices.items():
        ticked = [control for control in controls if "checked" in control.attrib] or controls[:1]
        fields[name] = [control.get("value", "on") for control in ticked]
    return fields


def _chosen(select: Element, meant: str) -> list[str]:
    options = [option for option in select.iter("option") if option.get("value")]
    chosen = [option.get("value", "") for option in options if "selected" in option.attrib]
    values = [option.get("value", "") for option in options]
    return chosen or [meant if meant in values else value for value in values[:1]]


def _posted(client: Client, form: Form) -> tuple[HttpResponse, list[str]]:
    """What the site answers to a form, and what it asked of the database."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(form.action, form.fields)
    assert isinstance(answer, HttpResponse)
    return answer, [query["sql"] for query in queries]


@pytest.mark.django_db  # also tells pytest-django that a database is needed
def test_the_html_is_valid_for_every_role_and_state(sweep: Sweep) -> None:
    assert sweep.wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("target", TARGETS)
def test_a_form_works_without_javascript_and_is_accepted(sweep: Sweep, target: str) -> None:
    assert sweep.forms.get(target), "no page has a form to this address"
    for client, form in sweep.forms[target]:
        with undone(client):
            answer, queries = _posted(client, form)
            again, queries_again = _posted(client, form)
        if answer.status_code != 302:
            assert answer.status_code == 422, (form.action, answer.status_code)
            page_text = words(tree(answer.content.decode()))
            assert REFUSED.get(target, "it is not accepted") in page_text, (
                form.fields,
                page_text.partition("Er is niets weg")[2],
            )
            continue
        shown_messages = messages.get_messages(answer.wsgi_request)  # type: ignore[attr-defined]
        assert [
            str(message) for message in shown_messages if message.level >= messages.WARNING
        ] == []
        stores = target not in (*KEPT_NOWHERE, *NOTHING_NEW)
        assert not stores or any(WRITES.search(sql) for sql in queries), form
        if target not in KNOWN_ANEW:
            assert (again.status_code, again["Location"]) == (302, answer["Location"])
            assert not any(WRITES.search(sql) for sql in queries_again), form


@pytest.mark.django_db
def test_a_form_that_changes_nothing_works_without_javascript(sweep: Sweep) -> None:
    answered = {
        name: client.get(form.action, form.fields).status_code
        for name, (client, form) in sweep.asking.items()
    }
    expected = ("overview:portal", "overview:timeline", "places:search", "vitality:index")
    assert answered == dict.fromkeys(expected, 200)
