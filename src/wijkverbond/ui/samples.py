"""Figures and names for the component page: examples, nobody's real data."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import pgettext, pgettext_lazy

from wijkverbond.kernel.shown import Changed, Shown
from wijkverbond.ui import charts, maps, street, trend
from wijkverbond.ui.forms import ChoiceCards, DateInput, ShortRadios
from wijkverbond.ui.house import Stone
from wijkverbond.ui.navigation import Link, Navigation, TraceStep

ICONS = (
    "link", "person", "people", "pin", "warning", "info", "display", "clock", "globe", "plus",
    "bolt", "speech", "mail", "check", "pen", "calendar", "lock", "flag", "cross", "bell",
    "document", "hand", "print", "eye", "download", "search",
)  # fmt: skip


@dataclass(frozen=True)
class Partner:
    """A partner of the street."""

    kind: str
    name: str
    is_confirmed: bool = True


class Proposal(Shown):
    """Something that people agree to."""

    pk = ""

    @property
    def shown_text(self) -> str:
        """What it says now."""
        return pgettext("example", "Children cross safely")


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix: confirmed, missing or none."""

    column: str
    state: str
    text: str = ""


@dataclass(frozen=True)
class SampleRow:
    """A row of the matrix: a party and its cells."""

    kind: str
    name: str
    cells: list[Cell]
    url: str = ""


class SampleForm(forms.Form):
    """Every type of field once."""

    who = forms.ChoiceField(
        label=pgettext_lazy("example", "Who are you in this neighbourhood?"),
        choices=[
            ("residents", pgettext_lazy("example", "I live here")),
            ("entrepreneurs", pgettext_lazy("example", "I have a business here")),
            ("civil_society", pgettext_lazy("example", "I work here")),
            ("government", pgettext_lazy("example", "I work for the government")),
        ],
        widget=ChoiceCards(hints={"residents": pgettext_lazy("example", "Resident")}, columns=2),
    )
    sentence = forms.CharField(
        label=pgettext_lazy("example", "Your sentence"),
        help_text=pgettext_lazy("example", "One idea in a sentence. Write no names of people."),
        max_length=140,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    how = forms.ChoiceField(
        label=pgettext_lazy("example", "How is it going?"),
        choices=[
            ("on", pgettext_lazy("example", "On schedule")),
            ("behind", pgettext_lazy("example", "Behind")),
            ("still", pgettext_lazy("example", "Standing still")),
        ],
        widget=ShortRadios,
    )
    subject = forms.ChoiceField(
        label=pgettext_lazy("example", "Subject"),
        choices=[
            ("safety", pgettext_lazy("example", "Safety")),
            ("homes", pgettext_lazy("example", "Homes")),
        ],
    )
    since = forms.DateField(
        label=pgettext_lazy("example", "Since when?"), widget=DateInput, required=False
    )
    people = forms.IntegerField(label=pgettext_lazy("example", "How many people?"), min_value=1)
    mail = forms.EmailField(
        label=pgettext_lazy("example", "Your e-mail address"),
        help_text=pgettext_lazy("example", "We use your address once."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    picture = forms.FileField(label=pgettext_lazy("example", "Photo"), required=False)
    goals = forms.MultipleChoiceField(
        label=pgettext_lazy("example", "For which goals?"),
        choices=[
            ("1", pgettext_lazy("example", "Safely home")),
            ("2", pgettext_lazy("example", "Dry homes")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label=pgettext_lazy("example", "My organisation knows about this"))


def _wrong_form() -> SampleForm:
    typed = {"who": "residents", "sentence": "x" * 152, "subject": "homes", "mail": "mail"}
    return SampleForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")


def _street() -> list[street.Facade]:
    kinds = (
        "residents", "civil_society", "residents", "entrepreneurs", "civil_society",
        "government", "residents", "entrepreneurs", "civil_society",
    )  # fmt: skip
    parties = [
        Partner(kind, pgettext("example", "Example %(number)s") % {"number": n}, n < len(kinds))
        for n, kind in enumerate(kinds, 1)
    ]
    return street.facades(
        parties, [pgettext("example", "family doctors"), pgettext("example", "private landlords")]
    )


def _intervals() -> list[charts.Interval]:
    return [
        charts.Interval(pgettext("example", "Residents"), "residents", 0.74, 0.69, 0.79, 318),
        charts.Interval(
            pgettext("example", "Entrepreneurs"), "entrepreneurs", 0.61, 0.52, 0.70, 41
        ),
        charts.Interval(
            pgettext("example", "Civil society"), "civil_society", 0.83, 0.72, 0.91, 38
        ),
        charts.Interval(pgettext("example", "Government"), "government", 0.78, 0.61, 0.90, 15),
    ]


def _block(west: float, south: float) -> maps.Geometry:
    """A made-up neighbourhood, about 500 metres wide."""
    corners = ((0, 0), (8, 0.4), (8.6, 3), (7.6, 5), (3, 5.4), (0, 5), (0, 0))
    return {
        "type": "Polygon",
        "coordinates": [[[west + x / 1000, south + y / 1000] for x, y in corners]],
    }


def _maps() -> dict[str, maps.AreaMap]:
    places = [(6.55, 53.00), (6.558, 53.0004), (6.55, 53.005), (6.558, 53.0054)]
    geometries = [_block(west, south) for west, south in places]
    values = (12, 18, None, 31)
    names = [pgettext("example", "Area %(number)s") % {"number": n} for n in range(1, 5)]
    drawn = list(zip(names, geometries, values, strict=True))
    pins = [maps.Pin(1, 6.553, 53.003), maps.Pin(2, 6.563, 53.004)]
    return {
        "figures_map": maps.AreaMap(
            [
                maps.MapArea(name, geometry, value, chosen=value == 18)
                for name, geometry, value in drawn
            ],
            coloured=True,
            unit="%",
        ),
        "pins_map": maps.AreaMap(
            [
                maps.MapArea(name, geometry, chosen=name == names[0])
                for name, geometry, _value in drawn
            ],
            pins,
        ),
    }


def _trends() -> dict[str, trend.Trend]:
    years = range(2018, 2026)
    lines = {
        "area": (31, 32, 33, 33, 34, 31, 29, 27),
        "municipality": (15, 15, 16, 16, 17, 16, 16, 15),
        "country": (14, 14, 14, 15, 15, 15, 14, 14),
    }
    neighbourhood, town, land = (
        pgettext("example", "Neighbourhood"),
        pgettext("example", "Municipality"),
        pgettext("example", "Netherlands"),
    )
    return {
        "trend": trend.Trend(
            [
                trend.Series(neighbourhood, dict(zip(years, lines["area"], strict=True)), "area"),
                trend.Series(
                    town, dict(zip(years, lines["municipality"], strict=True)), "municipality"
                ),
                trend.Series(land, dict(zip(years, lines["country"], strict=True)), "country"),
            ],
            unit="%",
        ),
        "trend_gaps": trend.Trend(
            [
                trend.Series(
                    neighbourhood, {2020: 3120, 2021: None, 2022: 3180, 2023: 3205, 2025: 3190}
                )
            ]
        ),
    }


def _house() -> dict[str, object]:
    return {
        "proofs": [
            Stone("condition", pgettext("example", "There is energy"), "present"),
            Stone("condition", pgettext("example", "There are breakthroughs"), "emerging"),
        ],
        "conditions": [
            Stone("condition", pgettext("example", "Insight is shared"), "strong"),
            Stone("condition", pgettext("example", "Urgency is shared"), "present"),
            Stone("condition", pgettext("example", "The circle is complete"), "present"),
            Stone(
                "condition", pgettext("example", "Everyone gains by it"), "emerging", weakest=True
            ),
            Stone("condition", pgettext("example", "Agreements for years"), "absent"),
            Stone("condition", pgettext("example", "Aimed at results"), "not_enough_data"),
        ],
        "mirror": Stone(
            "condition", pgettext("example", "Government makes it possible"), "emerging"
        ),
    }


def _matrix() -> dict[str, object]:
    columns = [pgettext("example", "Safely home"), pgettext("example", "Dry homes")]
    missing, none = Cell(columns[0], "missing"), Cell(columns[1], "none")
    gain = Cell(columns[0], "confirmed", pgettext("example", "Children walk to school alone"))
    return {
        "columns": columns,
        "matrix": [
            SampleRow("residents", pgettext("example", "Residents’ group"), [gain, none]),
            SampleRow("entrepreneurs", pgettext("example", "Day nursery"), [missing, none]),
        ],
    }


def _figures() -> dict[str, object]:
    neighbourhood, town, land = (
        pgettext("example", "Neighbourhood"),
        pgettext("example", "Municipality"),
        pgettext("example", "Netherlands"),
    )
    intervals = _intervals()
    rough = charts.Interval(
        pgettext("example", "Entrepreneurs"), "entrepreneurs", lower=0.6, upper=0.9
    )
    held_back = charts.Interval(
        pgettext("example", "Civil society"),
        "civil_society",
        words=pgettext("example", "heard, not shown yet"),
    )
    unheard = charts.Interval(pgettext("example", "Government"), "government")
    bars = [
        charts.Bar(neighbourhood, 27),
        charts.Bar(town, 15, "municipality"),
        charts.Bar(land, 14, "country"),
    ]
    return {
        "intervals": intervals,
        "intervals_unheard": [intervals[0], rough, held_back, unheard],
        "intervals_neutral": [
            charts.Interval(pgettext("example", "Lives here"), "", 0.74, 0.69, 0.79, 318),
            charts.Interval(pgettext("example", "Stands at a distance"), "", 0.69, 0.42, 0.89, 15),
        ],
        "bars": charts.bars(bars),
        "bars_unknown": charts.bars([charts.Bar(neighbourhood, None), *bars[1:]]),
        "counts": [("residents", 118, ""), ("entrepreneurs", 24, ""), ("civil_society", 31, "")],
        "counts_unheard": [
            ("residents", 118, ""),
            ("entrepreneurs", None, pgettext("example", "not heard yet")),
        ],
        "deadline": charts.Deadline(waited=6, term=15),
        "deadline_late": charts.Deadline(waited=36, term=15),
        "goal": charts.GoalProgress(41, 65, 55, 58, "%", "2022", "2027"),
        "goal_new": charts.GoalProgress(
            410, 0, unit=pgettext("example", "homes"), baseline_when="2022", target_when="2030"
        ),
        "groups": [
            charts.Share(pgettext("example", "Group A"), 0.91),
            charts.Share(pgettext("example", "Group B"), 0.24),
            charts.Share(pgettext("example", "Group C"), 0.51),
        ],
        "spark": charts.Spark([41, 44, 52, 55, 58, 61], floor=50),
        "split": charts.Split(37, 11, 4),
        "split_empty": charts.Split(0, 0, 0),
        "term": charts.Term(0.93, years=5),
    }


def navigation_context() -> dict[str, object]:
    """A coalition's navigation, with links that stay on the page."""
    labels = [
        pgettext("example", "Overview"),
        pgettext("example", "Insights"),
        pgettext("example", "What is needed"),
        pgettext("example", "Who takes part"),
    ]
    pages = [Link(label, "/ui/") for label in labels]
    more = [
        Link(pgettext("example", "Decisions"), "/ui/", current=True),
        Link(pgettext("example", "Timeline"), "/ui/"),
    ]
    nav = Navigation(pages, more)
    return {"nav": nav, "nav_label": pgettext("example", "Example neighbourhood")}


def context() -> dict[str, object]:
    """Everything the stories draw."""
    return {
        "icons": ICONS,
        "street": _street(),
        "form": SampleForm(prefix="empty"),
        "form_wrong": _wrong_form(),
        "crumbs": [
            Link(pgettext("example", "Municipality"), "/ui/"),
            Link(pgettext("example", "Neighbourhood"), "/ui/"),
            Link(pgettext("example", "Insights")),
        ],
        "views": [
            Link(pgettext("example", "Everyone"), "#toggle", current=True),
            Link(pgettext("example", "Only who is directly involved"), "#toggle"),
        ],
        "trace": [
            TraceStep(
                pgettext("example", "Insight"),
                pgettext("example", "Children cycle a longer way"),
                "#trace",
            ),
            TraceStep(
                pgettext("example", "Shared urgency"),
                pgettext("example", "Children cross safely"),
                is_current=True,
            ),
            TraceStep(
                pgettext("example", "Goal"),
                pgettext("example", "Everyone comes home safely"),
                "#trace",
            ),
        ],
        "proposal": Proposal(),
        "changed": Changed(pgettext("example", "Children cycle a longer way"), Proposal()),
        "page": Paginator(range(60), 20).page(2),
        **_figures(),
        **_house(),
        **_maps(),
        **_matrix(),
        **_trends(),
    }
