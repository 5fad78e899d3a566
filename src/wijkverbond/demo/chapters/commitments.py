"""Pledges and the covenant that composes them."""

import dataclasses
from decimal import Decimal

from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.commitments import queries
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.commitments.services import covenants, pledges, signing
from wijkverbond.demo.stage import Stage
from wijkverbond.vision.models import Goal

STARTS, ENDS = 372, 1095 + 150
RULES = """Nieuwe partners zijn welkom. Wie later meedoet, tekent hetzelfde convenant.
Stoppen kan altijd, met een reden. Wat beloofd is blijft bij de organisatie, ook als mensen wisselen.
Een wijziging is een nieuwe versie, waar iedereen opnieuw ja tegen zegt.
Ieder jaar kijken we samen terug."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class DemoPledge:
    """What a partner promises in the demonstration."""

    goal: str
    what: str
    measure: str
    resource: str
    rhythm: str
    quantity: int
    unit: str
    effect: str = "binding"
    approval: str = ""
    together: tuple[str, ...] = ()


PLEDGES = {
    "bewonersgroep": DemoPledge(
        goal="crossing",
        what="Elke schooldag staan er twee klaar-overs bij de school",
        measure="Het rooster hangt bij de school en is elke maand gevuld",
        resource="hours",
        rhythm="monthly",
        quantity=16,
        unit="uur",
        effect="intention",
    ),
    "basisschool": DemoPledge(
        goal="crossing",
        what="De school opent drie avonden per week de gymzaal",
        measure="Het rooster van de gymzaal is openbaar",
        resource="space",
        rhythm="monthly",
        quantity=12,
        unit="avonden",
    ),
    "corporatie": DemoPledge(
        goal="homes",
        what="160 huurwoningen krijgen isolatie en goede ventilatie",
        measure="Aantal opgeleverde woningen",
        resource="money",
        rhythm="yearly",
        quantity=160,
        unit="woningen",
    ),
    "huurders": DemoPledge(
        goal="homes",
        what="Wij gaan langs bij alle huurders voordat het werk begint",
        measure="Elk adres heeft een gesprek of een briefje gehad",
        resource="hours",
        rhythm="yearly",
        quantity=120,
        unit="uur",
        effect="intention",
    ),
    "winkeliers": DemoPledge(
        goal="safety",
        what="Vijf leerplekken per jaar in de winkels aan het plein",
        measure="Aantal jongeren met een leerplek",
        resource="expertise",
        rhythm="yearly",
        quantity=5,
        unit="plekken",
    ),
    "welzijn": DemoPledge(
        goal="meeting",
        what="Een gastvrouw of gastheer op de ontmoetingsplek, vier dagen per week",
        measure="De deur is open op de dagen die erop staan",
        resource="hours",
        rhythm="monthly",
        quantity=64,
        unit="uur",
    ),
    "sportclub": DemoPledge(
        goal="meeting",
        what="Het clubhuis is overdag beschikbaar als ontmoetingsplek",
        measure="Het clubhuis is open volgens het rooster",
        resource="space",
        rhythm="monthly",
        quantity=16,
        unit="dagdelen",
        effect="intention",
        together=("welzijn",),
    ),
    "kinderopvang": DemoPledge(
        goal="meeting",
        what="Eén keer per maand een ouderochtend voor de hele wijk",
        measure="De ochtend staat op de agenda en is geweest",
        resource="space",
        rhythm="monthly",
        quantity=1,
        unit="ochtend",
    ),
    "gemeente": DemoPledge(
        goal="crossing",
        what="Eén vast aanspreekpunt voor alle vergunningen in de wijk",
        measure="Naam en nummer staan op deze site en er wordt opgenomen",
        resource="network",
        rhythm="yearly",
        quantity=1,
        unit="aanspreekpunt",
        approval="de gemeenteraad",
    ),
}


def tell(stage: Stage, goals: dict[str, Goal]) -> tuple[dict[str, Pledge], Covenant]:
    """Every partner promises something; together they sign for more than two years."""
    pledges = {
        code: _pledge(stage, code, demo_pledge, goals) for code, demo_pledge in PLEDGES.items()
    }
    covenant = covenants.draft(
        stage.coalition,
        actor=stage.act("corporatie", 352),
        title="Convenant Pittelo",
        preamble="We delen dat het zo niet langer kan, en we hebben er allemaal iets aan.",
        rules=RULES,
        starts=stage.on(STARTS),
        ends=stage.on(ENDS),
        pledges=list(pledges.values()),
    )
    covenant = covenants.open_for_signing(covenant, actor=stage.act("corporatie", 355))
    for number, code in enumerate(pledges):
        covenant = _sign(stage, covenant, code, 357 + number * 0.5)
    return pledges, covenant


def _pledge(stage: Stage, code: str, demo_pledge: DemoPledge, goals: dict[str, Goal]) -> Pledge:
    wording = Pledge(
        what=demo_pledge.what,
        measure=demo_pledge.measure,
        effect=demo_pledge.effect,
        resource=demo_pledge.resource,
        starts=stage.on(STARTS),
        ends=stage.on(ENDS),
        rhythm=demo_pledge.rhythm,
        quantity=Decimal(demo_pledge.quantity),
        unit=demo_pledge.unit,
        subject_to_approval=demo_pledge.approval,
    )
    pledge = pledges.draft_pledge(
        stage.coalition,
        actor=stage.act(code, 342),
        wording=wording,
        goals=[goals[demo_pledge.goal]],
        with_parties=[stage.parties[other] for other in demo_pledge.together],
    )
    return pledges.offer(pledge, actor=stage.act(code, 344))


def _sign(stage: Stage, covenant: Covenant, code: str, day: float) -> Covenant:
    actor = stage.act(code, day)
    assert actor.person
    confirmation = CodeConfirmation(
        actor.person, queries.signing_purpose(covenant, actor), stage.at(day)
    )
    return signing.sign(covenant, actor=actor, confirmation=confirmation)
