"""What people see: signals spread over place and subject, and insights that partners recognise."""

from wijkverbond.demo.stage import STORY_DAYS, Scene, Stage
from wijkverbond.insights import services as insights
from wijkverbond.insights.models import Insight, Signal
from wijkverbond.insights.services import SourceGiven

SOUTH, MIDDLE, NORTH = "BU01060400", "BU01060401", "BU01060402"
# Categories in about the shares of the reports on public space; the sentences are examples.
SIGNALS = (
    ("traffic", MIDDLE, "Bij de school rijden auto’s te hard, vooral om half negen."),
    ("traffic", MIDDLE, "Oversteken bij het winkelplein duurt lang met een rollator."),
    ("traffic", NORTH, "Op het fietspad liggen losse tegels."),
    ("traffic", SOUTH, "Er staan veel bestelbusjes op de stoep."),
    ("waste", MIDDLE, "Naast de containers staan elke week vuilniszakken."),
    ("waste", NORTH, "Langs de vijver ligt veel zwerfafval."),
    ("waste", MIDDLE, "De prullenbak bij het speelveld is steeds vol."),
    ("green", NORTH, "Het gras bij de speeltuin is modder geworden."),
    ("green", SOUTH, "Onder de bomen is het donker in de winter."),
    ("green", MIDDLE, "Er kan best een moestuin op het lege veldje."),
    ("housing", MIDDLE, "Onze slaapkamer heeft schimmel, net als bij de buren."),
    ("housing", MIDDLE, "In de portieken tocht het erg."),
    ("safety", NORTH, "De lantaarns op het pad naar de school doen het niet."),
    ("safety", MIDDLE, "’s Avonds hangt er een groep bij de winkels. Ze vervelen zich."),
    ("meeting", MIDDLE, "Er is nergens een plek om even binnen te zitten."),
    ("meeting", SOUTH, "Mijn moeder kent niemand meer in de straat."),
    ("work", MIDDLE, "Twee winkels op het plein staan al lang leeg."),
)
UNANSWERED = 3
INSIGHTS = (
    (
        "basisschool",
        "Ouders brengen hun kind met de auto omdat de weg naar school niet veilig voelt",
        (0, 1, 12),
        "",
    ),
    (
        "corporatie",
        "In veel huurwoningen in Pittelo Midden is het vochtig en koud",
        (10, 11),
        f"{MIDDLE}/2022/p_goed_ervaren_gezondheid",
    ),
    ("welzijn", "Jong en oud hebben geen plek om elkaar zomaar tegen te komen", (13, 14, 15), ""),
    ("winkeliers", "Leegstand op het plein maakt dat mensen er minder komen", (16,), ""),
)


def tell(stage: Stage) -> list[Insight]:
    """Signals in the first months, insights drawn from them, and who recognises those."""
    signals = [_signal(stage, number, *given) for number, given in enumerate(SIGNALS)]
    return [_insight(stage, number, signals) for number in range(len(INSIGHTS))]


def new_signal(stage: Stage) -> Scene:
    """A signal of this week, that waits to be read."""
    day = STORY_DAYS - 2
    yield day
    insights.give_signal(
        stage.coalition,
        actor=stage.someone(day),
        category="green",
        text="De nieuwe boom bij het plein heeft water nodig.",
        place_code=MIDDLE,
    )


def _signal(stage: Stage, number: int, category: str, place: str, text: str) -> Signal:
    day = 95 + number * 0.5
    signal = insights.give_signal(
        stage.coalition, actor=stage.someone(day), category=category, text=text, place_code=place
    )
    signal = insights.moderate_signal(signal, actor=stage.act("welzijn", day + 0.2), publish=True)
    if number >= len(SIGNALS) - UNANSWERED:
        return signal
    return insights.answer_signal(
        signal,
        actor=stage.act("bewonersgroep", day + 12),
        outcome="taken_up" if category in ("traffic", "housing", "meeting") else "partly",
        reason="We namen dit mee in de vraag aan de wijk.",
    )


def _insight(stage: Stage, number: int, signals: list[Signal]) -> Insight:
    author, statement, rests_on, figure = INSIGHTS[number]
    sources = [SourceGiven(sort="signal", signal=signals[place]) for place in rests_on]
    if figure:
        sources.append(SourceGiven(sort="figure", figure=figure))
    insight = insights.publish_insight(
        stage.coalition,
        actor=stage.act(author, 116 + number * 0.2),
        statement=statement,
        explanation="Dit horen en zien we al langer.",
        sources=sources,
    )
    for place, code in enumerate(("bewonersgroep", "winkeliers", "corporatie", "gemeente")):
        if code == author or (number == len(INSIGHTS) - 1 and code == "gemeente"):
            continue
        insights.recognise(
            insight, actor=stage.act(code, 117 + number * 0.2 + place * 0.02), view="recognises"
        )
    return insight
