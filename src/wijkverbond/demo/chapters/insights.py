"""What people see: signals spread over place and subject, and insights that partners recognise."""

import uuid

from wijkverbond.coalition.models import Kind
from wijkverbond.demo.stage import STORY_DAYS, Scene, Stage
from wijkverbond.insights import services as insights
from wijkverbond.insights.models import Insight, Signal, Source

SOUTH, MIDDLE, NORTH = "BU01060400", "BU01060401", "BU01060402"
# Places and categories in about the shares of the reports on public space, most of them about green,
# then waste, then streets; beside those what is no matter of public space. The sentences are examples.
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
    ("green", NORTH, "De heg langs het voetpad steekt ver uit."),
    ("green", MIDDLE, "Wortels drukken de stoep omhoog bij de flat."),
    ("waste", NORTH, "Bij de flat staat al weken grofvuil."),
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
        (0, 1, 15),
        "",
    ),
    (
        "corporatie",
        "In veel huurwoningen in Pittelo Midden is het vochtig en koud",
        (13, 14),
        f"{MIDDLE}/2022/p_goed_ervaren_gezondheid",
    ),
    ("welzijn", "Jong en oud hebben geen plek om elkaar zomaar tegen te komen", (16, 17, 18), ""),
    ("winkeliers", "Leegstand op het plein maakt dat mensen er minder komen", (19,), ""),
)
# Of each insight: people of a kind who recognise it, and who see it otherwise. From twenty they count.
PEOPLE = (
    {Kind.RESIDENTS: (22, 1), Kind.CIVIL_SOCIETY: (20, 0)},
    {Kind.RESIDENTS: (21, 1), Kind.ENTREPRENEURS: (20, 0)},
    {Kind.RESIDENTS: (19, 2)},
    {Kind.RESIDENTS: (19, 1)},
)


def tell(stage: Stage) -> list[Insight]:
    """Signals in the first months, insights drawn from them, and who recognises those."""
    signals = [_signal(stage, number, *values) for number, values in enumerate(SIGNALS)]
    insights = [_insight(stage, number, signals) for number in range(len(INSIGHTS))]
    for number, insight in enumerate(insights):
        _people(stage, number, insight)
    return insights


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
    sources = [Source(sort="signal", signal=signals[place]) for place in rests_on]
    if figure:
        sources.append(Source(sort="figure", figure=figure))
    insight = insights.publish_insight(
        stage.coalition,
        actor=stage.act(author, 116 + number * 0.2),
        wording=Insight(statement=statement, explanation="Dit horen en zien we al langer."),
        sources=sources,
    )
    for place, code in enumerate(("bewonersgroep", "winkeliers", "corporatie", "gemeente")):
        if code == author or (number == len(INSIGHTS) - 1 and code == "gemeente"):
            continue
        insights.recognise(
            insight, actor=stage.act(code, 117 + number * 0.2 + place * 0.02), view="recognises"
        )
    return insight


def _people(stage: Stage, number: int, insight: Insight) -> None:
    day = 118 + number * 0.2
    for kind, numbers in PEOPLE[number].items():
        for view, people in zip(("recognises", "differs"), numbers, strict=True):
            for _ in range(people):
                insights.recognise_as_person(
                    insight,
                    actor=stage.someone(day),
                    pseudonym=uuid.uuid4(),
                    kind=kind,
                    involvement="lives" if kind == Kind.RESIDENTS else "works",
                    view=view,
                )
    insights.count_recognition(insight, actor=stage.clock(day + 0.1))
