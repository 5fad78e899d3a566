"""The life of a coalition in a real browser, from nothing to a reading of its vitality.

Each partner has a browser of its own, without JavaScript; only the resident who answers the question
has a browser with it. What hundreds of people would do is done for them by the services.
"""

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests import make
from tests.visitor import Visitor
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import system
from wijkverbond.places import services as places
from wijkverbond.register import verify
from wijkverbond.urgency import services as urgency
from wijkverbond.urgency.models import Conversation
from wijkverbond.urgency.views import responses

HOME = "/w/noorderhof/"
PARTNERS = {
    "bewoners": ("Bewonersgroep Noorderhof", "residents_group", "association", "lives"),
    "winkels": ("Winkeliers Noorderhof", "shopkeepers", "association", "works"),
    "corporatie": ("Woningcorporatie", "housing_corporation", "foundation", "owns"),
    "gemeente": ("De gemeente", "municipality", "public_body", "responsible"),
}
SOCIETY = ("bewoners", "winkels", "corporatie")
SENTENCES = """Kinderen moeten veilig naar school kunnen lopen.
Er moet een plek komen voor jongeren.
Het plein moet eerst worden opgeknapt."""
Visitors = dict[str, Visitor]


@pytest.fixture
def visitors(
    browser: Browser, base_url: str, mailoutbox: list[EmailMessage], transactional_db: None
) -> Iterator[Visitors]:
    """Everyone in the story: four partners, and a resident on a phone."""
    places.load_assen(actor=system())
    everyone = {}
    for name in (*PARTNERS, "iemand"):
        context = browser.new_context(
            base_url=base_url,
            locale="nl-NL",
            java_script_enabled=name == "iemand",
            viewport={"width": 390, "height": 844},
        )
        everyone[name] = Visitor(context.new_page(), mailoutbox)
    yield everyone
    for visitor in everyone.values():
        visitor.page.context.close()


def year(ahead: int) -> str:
    """A day so many years from today, as a form wants it."""
    today = timezone.localdate(clock.now())
    return f"{today.year + ahead}-01-15"


def party_of(name: str) -> Party:
    """The party of this partner."""
    return Party.objects.get(organisation__name=PARTNERS[name][0])


def organisation(name: str) -> dict[str, object]:
    """What a partner fills in about itself."""
    title, sector, form, involvement = PARTNERS[name]
    return {
        "organisation__name": title,
        "organisation__sector": sector,
        "organisation__legal_form": form,
        "organisation__paid": "yes",
        "involvement": involvement,
        "levels": ["governing", "operation"],
    }


def start_coalition(visitors: Visitors) -> None:
    """The residents begin; the others join by a link; all get mandates and confirm each other."""
    for name in PARTNERS:
        visitors[name].sign_in(f"{name}@noorderhof.example")
    starter = visitors["bewoners"]
    starter.go("/w/nieuw/").fill(
        name="Noorderhof", place_codes="BU01060402", access="public", **organisation("bewoners")
    ).send()
    starter.go(f"{HOME}wie-doet-mee/")
    assert "Deze wijkcoalitie is in oprichting" in starter.words
    for name in ("winkels", "corporatie", "gemeente"):
        starter.go(f"{HOME}wie-doet-mee/uitnodigen/").fill(addressee=name, role="partner").send()
        link = starter.page.get_by_label("De link, om door te geven").first.input_value()
        visitors[name].go(link).fill(**organisation(name)).send()
    for name in PARTNERS:
        visitors[name].go(f"{HOME}wie-doet-mee/{party_of(name).id}/mandaten/").fill(
            email=f"{name}@noorderhof.example",
            may=["decide", "sign"],
            ground="administrative_mandate" if name == "gemeente" else "statutes",
        ).send()
        confirmer = visitors["winkels" if name == "bewoners" else "bewoners"]
        confirmer.go(f"{HOME}wie-doet-mee/mandaten/").press("Ik bevestig dit")
    for name, by in (("winkels", "bewoners"), ("bewoners", "winkels"), ("corporatie", "winkels")):
        page = f"{HOME}wie-doet-mee/{party_of(name).id}/"
        visitors[by].go(page).press("Zij zijn wat ze zeggen")
    starter.go(f"{HOME}wie-doet-mee/")
    assert "Deze wijkcoalitie is in oprichting" not in starter.words


def share_insights(visitors: Visitors) -> None:
    """A resident gives a signal; from it and an official figure an insight that others recognise."""
    visitors["iemand"].go(f"{HOME}inzichten/signaal/").fill(
        category="traffic", text="Bij de school rijden auto’s te hard."
    ).send()
    visitors["winkels"].go(f"{HOME}inzichten/signalen/lezen/").fill(publish="yes").send()
    visitors["bewoners"].go(f"{HOME}inzichten/delen/")
    figure = visitors["bewoners"].page.locator("[name=figure] option").nth(1)
    signal = visitors["bewoners"].page.locator("[name=signals]")
    visitors["bewoners"].fill(
        statement="De weg naar school voelt niet veilig",
        figure=figure.get_attribute("value"),
        signals=[signal.get_attribute("value")],
    ).send()
    for name in SOCIETY:
        visitors[name].go(f"{HOME}inzichten/").follow("De weg naar school voelt niet veilig")
        visitors[name].follow("Herken je dit?").fill(view="recognises").send()


def share_urgency(visitors: Visitors) -> None:
    """The neighbourhood is asked; what all three kinds say becomes a shared urgency, by consent."""
    visitors["bewoners"].go(f"{HOME}wat-nodig-is/vraag/").fill(
        question="Wat moet als eerste beter?", seeds=SENTENCES, closes=year(1)
    ).send()
    respond(visitors["iemand"])
    visitors["corporatie"].go(f"{HOME}wat-nodig-is/lezen/").fill(publish="yes").send()
    conversation = Conversation.objects.get()
    for kind in ("residents", "entrepreneurs", "civil_society"):
        make.answers(conversation, kind, 12, {1: 1, 2: -1, 3: 0}, first=[1])
    urgency.publish_reading(conversation, actor=system())
    first = str(conversation.statements.get(number=1).id)
    visitors["bewoners"].go(f"{HOME}wat-nodig-is/urgentie/").fill(
        sentence="Kinderen lopen veilig naar school", statements=[first]
    ).send()
    for name in SOCIETY:
        visitors[name].go(f"{HOME}wat-nodig-is/").follow("Kinderen lopen veilig naar school")
        visitors[name].press("Onze organisatie deelt deze urgentie")
    visitors["bewoners"].press("Leg het voor aan de wijkcoalitie")
    consent(visitors, objecting="winkels")
    visitors["bewoners"].go(f"{HOME}wat-nodig-is/").follow("Kinderen lopen veilig naar school")
    assert "Aangenomen door de wijkcoalitie" in visitors["bewoners"].words


def respond(visitor: Visitor) -> None:
    """Somebody answers on a phone, without an account."""
    visitor.go(f"{HOME}meedoen/").fill(kind="residents").send()
    for answer in ("Eens", "Oneens", "Weet niet"):
        visitor.press(answer)
    visitor.go(f"{HOME}meedoen/zelf/").fill(text="Meer fietsenrekken bij de winkels.").send()
    visitor.go(f"{HOME}meedoen/eerst/")
    visitor.page.get_by_label("Kinderen moeten veilig naar school kunnen lopen.").check(force=True)
    visitor.press("Dit moet als eerste")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Dank je wel")


def consent(visitors: Visitors, *, objecting: str = "") -> None:
    """Everyone answers the open proposal; an objection is answered and resolved; then it closes."""
    for name in PARTNERS:
        objects = name == objecting
        open_proposal(visitors[name]).follow("Geef ons antwoord").fill(
            stance="objection" if objects else "consent",
            argument="Onze klanten moeten er nog bij kunnen." if objects else "",
        ).send()
    proposer = visitors["bewoners"]
    if objecting:
        open_proposal(proposer).follow("Beantwoord dit bezwaar")
        proposer.fill(answer="Over de straat zelf beslissen we apart.").send()
        open_proposal(visitors[objecting]).follow("Het is opgelost").fill(how="answered").send()
        again = open_proposal(visitors[objecting]).follow("Verander ons antwoord")
        again.fill(stance="concern").send()
    open_proposal(proposer).press("Sluit het voorstel")
    assert "Aangenomen" in proposer.words


def open_proposal(visitor: Visitor) -> Visitor:
    """The proposal that waits for answers."""
    proposal = Coalition.objects.get().decisions.get(state="open")
    return visitor.go(f"{HOME}besluiten/{proposal.id}/")


def adopt_vision_and_goals(visitors: Visitors) -> None:
    """A vision by consent, a goal, and what each partner gains by it."""
    proposer = visitors["bewoners"]
    proposer.go(f"{HOME}visie/versie/").fill(
        body="In Noorderhof kom je veilig thuis.", horizon=year(20)
    ).send()
    proposer.press("Leg het voor aan de wijkcoalitie")
    consent(visitors)
    proposer.go(f"{HOME}visie/doel/")
    answers = proposer.page.locator("[name=urgency] option").nth(1).get_attribute("value")
    proposer.fill(
        sentence="Kinderen lopen naar school",
        urgency=answers,
        indicator_name="Leerlingen die lopend komen",
        unit="%",
        baseline="40",
        baseline_on=year(-1),
        target="70",
        due=year(4),
    ).send()
    for name in PARTNERS:
        visitors[name].go(f"{HOME}visie/").follow("Kinderen lopen naar school")
        visitors[name].follow("Schrijf op wat wij eraan hebben").fill(
            own="Minder auto’s voor de deur.", shared="Een veilige straat.", sort="social"
        ).send()
        visitors[name].press("Ja, dit hebben wij eraan")


def sign_covenant(visitors: Visitors) -> None:
    """Everyone promises something; the covenant is composed, opened and signed with codes."""
    for name in PARTNERS:
        visitors[name].go(f"{HOME}beloften/nieuw/")
        goal = visitors[name].page.locator("[name=goals]").first.get_attribute("value")
        visitors[name].fill(
            what=f"{PARTNERS[name][0]} telt elke maand mee",
            measure="De telling hangt bij de school",
            goals=[goal],
            effect="binding",
            resource="hours",
            quantity="4",
            unit="uur",
            starts=year(0),
            ends=year(4),
            rhythm="monthly",
        ).send()
        visitors[name].press("Bied deze belofte aan")
    composer = visitors["corporatie"]
    composer.go(f"{HOME}convenant/nieuw/")
    boxes = composer.page.locator("[name=pledges]").all()
    composer.fill(
        title="Convenant Noorderhof",
        preamble="Wij willen dat kinderen veilig naar school lopen.",
        starts=year(0),
        ends=year(4),
        pledges=[box.get_attribute("value") for box in boxes],
        rules="Nieuwe partners zijn welkom. Stoppen kan met een reden.",
    ).send()
    composer.follow("Open om te tekenen").press("Open om te tekenen")
    for name in PARTNERS:
        signer = visitors[name].go(f"{HOME}convenant/").follow("Teken namens je organisatie")
        signer.fill(read=True).send()
        signer.fill(code=signer.code).press("Tekenen")
    assert "4 van 4 getekend" in composer.go(f"{HOME}convenant/").words


def make_a_breakthrough(visitors: Visitors) -> None:
    """A request gets its answer in time; what was stuck came loose, and others confirm it."""
    asker, government = visitors["bewoners"], visitors["gemeente"]
    asker.go(f"{HOME}verzoeken/nieuw/").fill(
        asks="permission", title="Mag de straat bij de school een week dicht?"
    ).send()
    government.go(f"{HOME}verzoeken/").follow("Mag de straat bij de school een week dicht?")
    government.follow("Antwoord").fill(verdict="granted", text="Ja.", role="facilitate").send()
    asker.go(f"{HOME}verzoeken/").follow("Mag de straat bij de school een week dicht?")
    asker.follow("Dit lost ons verzoek op").fill(helpful="yes").send()
    asker.go(f"{HOME}doorbraken/melden/").fill(
        title="De straat is dicht als de school begint",
        before="Niemand mocht een hek plaatsen.",
        after="Ouders zetten elke dag het hek neer.",
        happened_on=timezone.localdate(clock.now()).isoformat(),
        evidence=["story"],
        evidence_text="Kom om half negen kijken.",
    ).send()
    for name in ("winkels", "corporatie"):
        confirmer = visitors[name].go(f"{HOME}doorbraken/")
        confirmer.follow("De straat is dicht als de school begint")
        confirmer.follow("Onze organisatie bevestigt dit")
        confirmer.press("Onze organisatie bevestigt dit")


def keep_a_pledge(visitors: Visitors) -> None:
    """An initiative is done, a promise is reported and judged by another, the goal is measured."""
    today = timezone.localdate(clock.now()).isoformat()
    lead, other = visitors["bewoners"], visitors["corporatie"]
    lead.go(f"{HOME}doen/nieuw/")
    goal = lead.page.locator("[name=goals]").first.get_attribute("value")
    lead.fill(title="Samen naar school lopen", goals=[goal]).send().press("Wij beginnen")
    other.go(f"{HOME}doen/").follow("Samen naar school lopen").press("Wij doen mee")
    lead.follow("Plan een actie").fill(what="Een rooster maken", due=today).send()
    lead.follow("Dit is gedaan: Een rooster maken").fill(people="6").send()
    lead.press("Het hele initiatief is klaar")
    pledge = Pledge.objects.get(party=party_of("bewoners"))
    lead.go(f"{HOME}doen/beloften/{pledge.id}/").follow("Meld hoe het gaat")
    lead.fill(verdict="kept", people="5").send()
    check_in = pledge.check_ins.get()
    other.go(f"{HOME}doen/meldingen/{check_in.id}/oordeel/").fill(verdict="kept").send()
    assert "nagekomen" in other.go(f"{HOME}doen/beloften/{pledge.id}/").words.lower()
    lead.go(f"{HOME}resultaten/{goal}/meten/").fill(
        value="52", year=today[:4], measured_on=today, source="own", source_text="Telling"
    ).send()
    assert "52" in lead.go(f"{HOME}resultaten/").words


def verify_register(visitor: Visitor, folder: Path) -> None:
    """Anyone downloads the register and checks it; the reading leads to its evidence."""
    export = visitor.page.request.get(f"{HOME}register.json").body()
    (folder / "register.json").write_bytes(export)
    checked = subprocess.run(
        [sys.executable, verify.__file__, folder / "register.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    events = {entry["event"] for entry in json.loads(export)["entries"]}
    assert events >= {"commitments.covenant_in_force", "breakthroughs.established"}
    for code in ("insight", "urgency", "benefit", "commitment", "facilitation", "breakthroughs"):
        visitor.go(f"{HOME}hoe-vitaal/")
        condition = visitor.page.locator(f"#{code}")
        expect(condition).to_contain_text(re.compile("Begint|Op orde|Sterk"))
        evidence = condition.get_by_role("link").first
        line = evidence.inner_text()
        evidence.click()
        expect(visitor.page.locator(f"#regel-{line}")).to_be_visible()


def test_a_coalition_lives_from_nothing_to_a_reading(
    visitors: Visitors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "UNREAD", dt.timedelta())  # this finger taps faster than people
    start_coalition(visitors)
    share_insights(visitors)
    share_urgency(visitors)
    adopt_vision_and_goals(visitors)
    sign_covenant(visitors)
    make_a_breakthrough(visitors)
    keep_a_pledge(visitors)
    verify_register(visitors["iemand"], tmp_path)
