"""Vision, goals and benefits: where the coalition wants to go, and what each partner gains."""

import datetime as dt
from decimal import Decimal

from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision, Position, Resolution, Stance
from wijkverbond.demo.stage import Stage
from wijkverbond.urgency.models import SharedUrgency
from wijkverbond.vision import services as vision
from wijkverbond.vision.models import Benefit, Goal, VisionVersion

FIRST = """In Pittelo groeien kinderen veilig op en kent iedereen zijn straat.
Over twintig jaar zijn de huizen warm en droog. Er is een plek waar jong en oud elkaar tegenkomen.
Wie hier woont of werkt, praat mee en pakt zelf iets op."""
SECOND = """In Pittelo groeien kinderen veilig op en kent iedereen zijn straat.
Over twintig jaar zijn de huizen warm, droog en betaalbaar. Rond het winkelplein en de school is er \
een plek waar jong en oud elkaar tegenkomen, ook in de avond.
Wie hier woont of werkt, praat mee en pakt zelf iets op. Plannen maken we samen, of niet."""
BENEFITS = {
    "crossing": {
        "bewonersgroep": ("Onze kinderen kunnen alleen naar school.", "social"),
        "basisschool": ("Minder auto’s voor de deur, meer leerlingen die lopen.", "operational"),
        "winkeliers": ("Klanten steken makkelijker over naar het plein.", "financial"),
        "gemeente": ("Minder ongelukken en minder klachten.", "operational"),
    },
    "homes": {
        "corporatie": ("Minder reparaties en huurders die blijven.", "financial"),
        "huurders": ("Lagere stookkosten en gezonde kamers.", "financial"),
    },
    "meeting": {
        "welzijn": ("Mensen vinden ons zonder dat we hoeven te bellen.", "operational"),
        "sportclub": ("Het clubhuis wordt ook overdag gebruikt.", "financial"),
        "kinderopvang": ("Ouders leren elkaar en ons kennen.", "social"),
    },
}
UNCONFIRMED = "kinderopvang"


def tell(stage: Stage, urgency: SharedUrgency) -> dict[str, Goal]:
    """A first vision, goals with a change on the way, benefits, and a second vision."""
    _vision(stage, urgency, FIRST, day=240, author="bewonersgroep", objection=True)
    goals = _goals(stage, urgency)
    _benefits(stage, goals)
    _change(stage, goals["meeting"])
    _vision(stage, urgency, SECOND, day=330, author="corporatie", objection=False)
    return goals


def answer(stage: Stage, decision: Decision, day: float, *, objecting: str = "") -> None:
    """Every partner answers; one may object first, and is met half-way."""
    for code in stage.parties:
        if code != objecting:
            decisions.take_position(
                decision, actor=stage.act(code, day), wording=Position(stance=Stance.CONSENT)
            )
    if objecting:
        _object(stage, decision, day, objecting)
    decisions.close(decision, actor=stage.act(_proposer(stage, decision), day + 6))


def _object(stage: Stage, decision: Decision, day: float, code: str) -> None:
    proposer = _proposer(stage, decision)
    decisions.take_position(
        decision,
        actor=stage.act(code, day + 1),
        wording=Position(
            stance=Stance.OBJECTION,
            argument="Over de avond staat er niets. Juist dan is er voor jongeren niets te doen.",
        ),
    )
    objection = decision.objections.get()
    decisions.answer_objection(
        objection,
        actor=stage.act(proposer, day + 2),
        answer="Dat klopt. De volgende versie noemt de avond. Is dat zo genoeg?",
    )
    decisions.resolve_objection(objection, actor=stage.act(code, day + 3), how=Resolution.ANSWERED)
    decisions.take_position(
        decision, actor=stage.act(code, day + 4), wording=Position(stance=Stance.CONCERN)
    )


def _proposer(stage: Stage, decision: Decision) -> str:
    return next(code for code, party in stage.parties.items() if party.id == decision.proposer_id)


def _vision(
    stage: Stage, urgency: SharedUrgency, body: str, *, day: int, author: str, objection: bool
) -> VisionVersion:
    version = vision.write_version(
        stage.coalition,
        actor=stage.act(author, day),
        body=body,
        horizon=stage.on(20 * 365),
        urgencies=[urgency],
        reason="" if objection else "De avond en de woonlasten ontbraken.",
    )
    amendment = vision.propose_amendment(
        version,
        actor=stage.act("huurders", day + 1),
        change="Noem ook dat mensen zelf iets kunnen oppakken.",
    )
    vision.settle_amendment(
        amendment,
        actor=stage.act(author, day + 2),
        outcome="taken_up",
        reason="Dat staat nu in de laatste zin.",
    )
    decision = vision.propose_version(version, actor=stage.act(author, day + 3))
    answer(stage, decision, day + 4, objecting="welzijn" if objection else "")
    version.refresh_from_db()
    return version


def _goals(stage: Stage, urgency: SharedUrgency) -> dict[str, Goal]:
    wordings = {
        "crossing": (
            "bewonersgroep",
            Goal(
                sentence="Kinderen lopen en fietsen veilig naar school",
                indicator_name="Leerlingen die lopend of fietsend komen",
                unit="%",
                baseline=Decimal(41),
                baseline_on=stage.on(255),
                target=Decimal(70),
                due=stage.on(1600),
            ),
        ),
        "homes": (
            "corporatie",
            Goal(
                sentence="De huurwoningen in Pittelo Midden zijn warm en droog",
                indicator_name="Huurwoningen met goede isolatie",
                unit="woningen",
                baseline=Decimal(60),
                baseline_on=stage.on(250),
                target=Decimal(220),
                due=stage.on(1500),
            ),
        ),
        "meeting": (
            "welzijn",
            Goal(
                sentence="Er is een plek waar jong en oud elkaar tegenkomen",
                indicator_name="Mensen die per week binnenlopen",
                unit="mensen",
                baseline=Decimal(0),
                baseline_on=stage.on(250),
                target=Decimal(80),
                due=stage.on(1400),
            ),
        ),
        "safety": (
            "winkeliers",
            Goal(
                sentence="Minder misdrijven in de wijk",
                indicator_name="Geregistreerde misdrijven per 1.000 inwoners",
                figure="misdrijven_per_1000",
                direction="down",
                baseline=Decimal("25.8"),
                baseline_on=dt.date(2023, 12, 31),
                target=Decimal(22),
                due=stage.on(1460),
            ),
        ),
    }
    return {
        code: vision.set_goal(
            stage.coalition, actor=stage.act(owner, 262), wording=wording, urgency=urgency
        )
        for code, (owner, wording) in wordings.items()
    }


def _benefits(stage: Stage, goals: dict[str, Goal]) -> None:
    for number, (goal, stated) in enumerate(BENEFITS.items()):
        for code, (own, sort) in stated.items():
            benefit = vision.state_benefit(
                goals[goal],
                stage.parties[code],
                actor=stage.act(code, 270 + number),
                wording=Benefit(
                    own=own, shared="Een wijk waar het prettig wonen en werken is.", sort=sort
                ),
            )
            if code != UNCONFIRMED:
                vision.confirm_benefit(benefit, actor=stage.act(code, 275 + number))


def _change(stage: Stage, goal: Goal) -> None:
    wording = Goal(
        sentence="Er is een plek waar jong en oud elkaar tegenkomen, ook in de avond",
        indicator_name=goal.indicator_name,
        unit=goal.unit,
        baseline=goal.baseline,
        baseline_on=goal.baseline_on,
        target=Decimal(100),
        due=goal.due,
    )
    decision = vision.propose_goal_change(
        goal,
        actor=stage.act("welzijn", 300),
        wording=wording,
        reason="Jongeren zeiden dat juist de avond telt.",
    )
    answer(stage, decision, 302)
    for benefit in Benefit.objects.filter(goal=goal).exclude(party=stage.parties[UNCONFIRMED]):
        code = next(c for c, party in stage.parties.items() if party.id == benefit.party_id)
        vision.confirm_benefit(benefit, actor=stage.act(code, 312))
