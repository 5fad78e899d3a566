"""What charts, maps and the street draw: always inside the picture, never more than is known."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.ui import charts, maps, street, trend
from wijkverbond.ui.samples import Partner
from wijkverbond.ui.templatetags import wv

SHARES = st.floats(0, 1)
FIGURES = st.one_of(
    st.integers(-(10**7), 10**7),
    st.floats(-1e6, 1e6),
    st.decimals(-(10**6), 10**6, allow_nan=False, places=2),
)
COUNTS = st.integers(0, 10**6)
YEARS = st.integers(1990, 2040)


def share_of(drawn: str) -> float:
    """A percentage in a drawing, after checking its form."""
    assert re.fullmatch(r"\d+(\.\d)?%", drawn)
    return float(drawn.removesuffix("%"))


@given(SHARES, SHARES, SHARES)
def test_an_interval_stays_inside_the_drawing(share: float, lower: float, upper: float) -> None:
    interval = charts.Interval("Bewoners", "residents", share, lower, upper, 10)
    assert all(0 <= share_of(drawn) <= 100 for drawn in (interval.x, interval.x1, interval.x2))


def test_shares_are_rounded_as_people_round() -> None:
    interval = charts.Interval("Bewoners", "residents", 0.745, 0.685, 0.795, 200)
    assert (interval.value, interval.low, interval.high) == (75, 69, 80)


def test_below_the_floor_there_is_nothing_to_show() -> None:
    assert not charts.Interval("Ondernemers", "entrepreneurs").heard


def test_an_interval_can_be_shown_without_its_share() -> None:
    rough = charts.Interval("Ondernemers", "entrepreneurs", lower=0.0, upper=0.3)
    assert (rough.heard, rough.counted, rough.low, rough.high) == (True, False, 0, 30)


@given(COUNTS, COUNTS, COUNTS)
def test_the_parts_of_a_split_add_up(agree: int, disagree: int, passed: int) -> None:
    split = charts.Split(agree, disagree, passed)
    parts = (split.agree_percent, split.disagree_percent, split.pass_percent)
    assert sum(parts) == (100 if split.total else 0)
    exact = [100 * count / (split.total or 1) for count in (agree, disagree, passed)]
    assert all(abs(part - value) < 1 for part, value in zip(parts, exact, strict=True))


@given(FIGURES, FIGURES, FIGURES, st.one_of(st.none(), FIGURES))
def test_a_goal_stays_inside_the_drawing(
    baseline: charts.Figure,
    target: charts.Figure,
    now: charts.Figure,
    expected: charts.Figure | None,
) -> None:
    goal = charts.GoalProgress(baseline, target, now, expected)
    assert 1 <= share_of(goal.x) <= 99
    assert goal.place in charts.GoalProgress.PLACES
    assert (goal.pace == "") == (expected is None)


@pytest.mark.parametrize(
    ("now", "x"), [(41, "1%"), (65, "99%"), (53, "50%"), (30, "1%"), (80, "99%")]
)
def test_a_goal_runs_from_baseline_to_target(now: int, x: str) -> None:
    assert charts.GoalProgress(41, 65, now).x == x


def test_a_goal_that_wants_less_runs_the_same_way() -> None:
    assert charts.GoalProgress(410, 0, 205).x == "50%"


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=1, max_size=5))
def test_bars_are_as_long_as_their_values(values: list[float | None]) -> None:
    bars = charts.bars([charts.Bar("x", value) for value in values])
    drawn = [(bar.value, share_of(bar.width)) for bar in bars if bar.width]
    assert all((bar.value is None) == (bar.width == "") for bar in bars)
    assert all(width <= 91.1 for _, width in drawn)
    ordered = sorted(drawn, key=lambda pair: float(pair[0] or 0))
    assert all(first[1] <= second[1] for first, second in pairwise(ordered))


@given(st.lists(FIGURES, min_size=1, max_size=40), st.one_of(st.none(), FIGURES))
def test_a_spark_stays_inside_the_drawing(
    values: list[charts.Figure], floor: charts.Figure | None
) -> None:
    spark = charts.Spark(values, floor)
    points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", spark.path)
    assert len(points) == len(values)
    assert all(0 <= float(x) <= 112 and 0 <= float(y) <= 36 for x, y in points)
    assert points[-1] == spark.last
    assert (spark.floor_path == "") == (floor is None)


@given(st.integers(0, 400), st.integers(1, 60))
def test_a_deadline_shows_what_is_late(waited: int, term: int) -> None:
    deadline = charts.Deadline(waited, term)
    assert (deadline.late == "") == (waited <= term)
    assert share_of(deadline.x) <= share_of(deadline.due) == 40
    assert not deadline.late or 40 <= share_of(deadline.late) <= 100


def test_a_term_has_a_line_between_its_years() -> None:
    term = charts.Term(elapsed=0.5, years=4)
    assert (term.x, term.marks) == ("50%", ["25%", "50%", "75%"])


SERIES = st.builds(
    trend.Series,
    st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=40),
    st.dictionaries(YEARS, st.one_of(st.none(), FIGURES), max_size=12),
    st.sampled_from(["area", "municipality", "country"]),
)


@given(st.lists(SERIES, max_size=3))
def test_a_trend_stays_inside_the_drawing(series: list[trend.Series]) -> None:
    chart = trend.Trend(series)
    assert 3 <= len(chart.ticks) <= 8
    assert 0 < chart.left < chart.right < trend.WIDTH
    for line in chart.lines:
        points = [*re.findall(r"(-?[\d.]+) (-?[\d.]+)", line.path), line.end, *line.single]
        assert all(chart.left - 0.1 <= float(x) <= chart.right + 0.1 for x, _ in points)
        assert all(trend.TOP - 0.1 <= float(y) <= trend.BOTTOM + 0.1 for _, y in points)


@given(st.lists(SERIES, max_size=3))
def test_the_labels_of_a_trend_do_not_lie_over_each_other(series: list[trend.Series]) -> None:
    tops = sorted(float(y) for line in trend.Trend(series).lines for _, y in line.words)
    assert all(second - first >= trend.LINE - 0.2 for first, second in pairwise(tops))


def test_a_year_without_a_value_is_a_gap() -> None:
    chart = trend.Trend([trend.Series("Wijk", {2020: 1, 2021: 2, 2022: None, 2023: 4})])
    [line] = chart.lines
    assert line.path.count("M") == 1
    assert line.single == [line.end]
    assert chart.rows[2] == (2022, [None])


def test_a_year_in_which_nobody_measures_does_not_cut_the_line() -> None:
    [line] = trend.Trend([trend.Series("Wijk", {2012: 1, 2016: 2, 2020: 3})]).lines
    assert line.path.count("M") == 1
    assert line.single == []


def test_a_series_without_values_is_in_the_table_and_not_in_the_drawing() -> None:
    chart = trend.Trend([trend.Series("Wijk", {2020: 5}), trend.Series("Land", {2020: None})])
    assert [line.label for line in chart.lines] == ["Wijk"]
    assert chart.rows == [(2020, [5, None])]


def test_an_axis_begins_at_zero() -> None:
    assert trend.Trend([trend.Series("Wijk", {2020: 31, 2021: 34})]).ticks[0].value == 0


def test_an_empty_trend_can_be_drawn() -> None:
    assert trend.Trend([]).lines == []


def box(west: float, south: float, size: float) -> maps.PolygonGeometry:
    """A square of land."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


PLACES = st.tuples(st.floats(3.3, 7.2), st.floats(50.7, 53.5), st.floats(0.001, 0.3))


@given(st.lists(PLACES, min_size=1, max_size=6), st.booleans())
def test_a_map_stays_inside_the_drawing(
    places: list[tuple[float, float, float]], coloured: bool
) -> None:
    areas = [
        maps.MapArea(str(n), box(*place), None if n == 1 else n, chosen=n == 0)
        for n, place in enumerate(places)
    ]
    drawing = maps.AreaMap(areas, [maps.Pin(1, *places[0][:2])], coloured=coloured)
    for shape in drawing.shapes:
        points = re.findall(r"([\d.]+) ([\d.]+)", shape.path)
        assert all(
            -0.1 <= float(x) <= maps.WIDTH + 0.1 and -0.1 <= float(y) <= float(drawing.height) + 0.1
            for x, y in points
        )
    assert len(drawing.drawn_pins) == 1


def test_a_map_shows_islands_and_holes() -> None:
    squares = [box(longitude, 53, 0.1)["coordinates"] for longitude in (6, 6.2)]
    islands: maps.Geometry = {"type": "MultiPolygon", "coordinates": squares}
    [shape] = maps.AreaMap([maps.MapArea("Eilanden", islands)]).shapes
    assert shape.path.count("M") == shape.path.count("z") == 2


def test_the_classes_of_a_map_say_what_they_hold() -> None:
    areas = [maps.MapArea(str(n), box(6 + n / 10, 53, 0.05), n) for n in range(1, 11)]
    drawing = maps.AreaMap(areas, coloured=True)
    assert [(step.css, step.low, step.high) for step in drawing.key] == [
        ("land--1", 1, 2),
        ("land--2", 3, 4),
        ("land--3", 5, 6),
        ("land--4", 7, 8),
        ("land--5", 9, 10),
    ]
    assert not drawing.some_unknown


def test_an_area_without_a_figure_is_not_zero() -> None:
    areas = [maps.MapArea("A", box(6, 53, 0.1), 0), maps.MapArea("B", box(6.2, 53, 0.1))]
    drawing = maps.AreaMap(areas, coloured=True)
    assert [shape.css for shape in drawing.shapes] == ["land--1", "land--unknown"]
    assert drawing.some_unknown


def test_north_is_up() -> None:
    pins = [maps.Pin(1, 6.0, 53.0), maps.Pin(2, 6.1, 53.1)]
    (_, x1, y1), (_, x2, y2) = maps.AreaMap([], pins).drawn_pins
    assert float(x1) < float(x2)
    assert float(y1) > float(y2)


@given(st.integers(0, 60), st.integers(0, 6))
def test_the_street_has_a_place_for_everyone(parties: int, missing: int) -> None:
    names = [f"ontbreekt {n}" for n in range(missing)]
    houses = street.facades([Partner("residents", f"partner {n}") for n in range(parties)], names)
    assert [house.name for house in houses if not house.is_open] == [
        f"partner {n}" for n in range(parties)
    ]
    assert sorted(house.name for house in houses if house.is_open) == names
    assert 4 <= wv.street_columns(houses) <= 8


@given(st.integers(0, 28))
def test_a_house_stands_on_its_ground_floor(storey: int) -> None:
    house = street.Facade("Partner", "government", storey)
    assert float(house.ground) + 36.5 == house.height
    assert 46 + house.window <= max(43 + storey, 46)


@pytest.mark.parametrize(("storey", "window"), [(0, 0), (12, 0), (18, 10), (20, 12), (28, 14)])
def test_a_low_storey_has_no_windows(storey: int, window: int) -> None:
    assert street.Facade("Partner", "residents", storey).window == window


@pytest.mark.parametrize(
    ("value", "unit", "dutch"),
    [
        (41, "%", "41%"),
        (Decimal("4.10"), "", "4,1"),
        (3200000, "€", "€ 3.200.000"),
        (236, "woningen", "236 woningen"),
        (400, "", "400"),
        (0, "%", "0%"),
        (-0.5, "", "-0,5"),
        (None, "%", "–"),
    ],
)
def test_figures_are_written_as_people_write_them(
    value: charts.Figure | None, unit: str, dutch: str
) -> None:
    with translation.override("nl"):
        assert wv.amount(value, unit) == dutch


def test_english_figures_have_a_point() -> None:
    with translation.override("en"):
        assert wv.amount(Decimal("3200.5"), "") == "3,200.5"


def test_a_digest_is_read_in_fours() -> None:
    assert wv.in_fours("9f2c41d877a") == "9f2c 41d8 77a"
