"""The reading of a coalition, on its page and from the command line."""

import datetime as dt
import json
import re
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import make
from wijkverbond.analysis.vitality.measures import Measure, Number
from wijkverbond.analysis.vitality.steps import STEPS, Step
from wijkverbond.analysis.vitality.thresholds import CODES, State
from wijkverbond.coalition.models import Organisation
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel import clock
from wijkverbond.vitality import labels, presenters, queries

pytestmark = pytest.mark.django_db


def page_url(world: make.World) -> str:
    return reverse("vitality:index", args=[world.coalition.slug])


def test_a_new_coalition_reads_just_beginning(client: Client, world: make.World) -> None:
    assert "Net begonnen" in client.get(page_url(world)).content.decode()


def test_every_figure_leads_to_its_line_in_the_register(client: Client, world: make.World) -> None:
    page_html = client.get(page_url(world)).content.decode()
    register = reverse("register:entries", args=[world.coalition.slug])
    lines = re.findall(rf'href="{register}\?page=1#(regel-\d+)"', page_html)
    assert lines
    register_html = client.get(register).content.decode()
    assert all(f'id="{line}"' in register_html for line in lines)


def test_also_the_evidence_beyond_the_last_few_lines_is_linked(
    client: Client, world: make.World
) -> None:
    for sector in ("school", "sport", "welfare", "care", "shop"):
        make.party(world.coalition, sector)
    reading = queries.reading(world.coalition, timezone.localdate(clock.now()))
    vitality_page = presenters.vitality_page(reading)
    figures = [
        figure
        for condition in vitality_page.conditions
        for figure in condition.figures
        if figure.earlier
    ]
    lines = [line for figure in figures for line in (*figure.earlier, *figure.evidence)]
    assert lines
    page_html = client.get(page_url(world)).content.decode()
    assert all(f'#regel-{line.number}"' in page_html for line in lines)


def test_a_next_step_names_the_paid_partners_concerned(world: make.World) -> None:
    Organisation.objects.filter(parties=world.resident.party).update(paid=False)
    records = tuple(f"party:{actor.party}" for actor in (world.resident, world.shopkeeper))
    advice = presenters.advise([Step("benefit", "confirm_benefit", records)])
    assert advice[0].whom == [party_of(world.shopkeeper).name]


def test_the_reading_of_a_past_day_does_not_change(world: make.World) -> None:
    today = timezone.localdate(clock.now())
    before = queries.reading(world.coalition, today - dt.timedelta(days=1)).digest
    make.conversation(world.coalition)
    assert queries.reading(world.coalition, today - dt.timedelta(days=1)).digest == before


@pytest.mark.parametrize("day", ["morgen", "9999-12-31", "2026-02-31"])
def test_an_invalid_day_is_refused_and_stays_in_the_form(
    client: Client, world: make.World, day: str
) -> None:
    response = client.get(page_url(world), {"op": day})
    assert response.status_code == 400
    assert f'value="{day}"' in response.content.decode()


def test_the_page_takes_few_queries(
    client: Client, world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(page_url(world))
    with django_assert_max_num_queries(6):
        client.get(page_url(world))


def test_the_command_prints_the_reading_as_json(world: make.World) -> None:
    out = StringIO()
    call_command("vitality", world.coalition.slug, "--json", stdout=out)
    printed = json.loads(out.getvalue())
    assert printed["overall"] == "starting"
    assert list(printed["conditions"]) == list(CODES)


@pytest.mark.parametrize(
    "call", [["niets"], ["SLUG", "--as-of", "gisteren"], ["SLUG", "--as-of", "9999-12-31"]]
)
def test_a_usage_error_exits_with_two(world: make.World, call: list[str]) -> None:
    slug = {"SLUG": world.coalition.slug}
    with pytest.raises(CommandError) as refused:
        call_command("vitality", *(slug.get(word, word) for word in call))
    assert refused.value.returncode == 2


def test_every_condition_has_words() -> None:
    assert set(labels.CONDITIONS) == set(CODES) == set(STEPS)


def _figure_card(name: str, value: Number | None, **levels: Fraction) -> presenters.Figure:
    thresholds = {State[level.upper()]: limit for level, limit in levels.items()}
    measure = Measure(name, value, thresholds, at_most=False, evidence=(), met=frozenset())
    return presenters.figure(measure, {})


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("worst_terms_late", Fraction(8, 7), "1,1 termijnen te laat, op zijn ergst"),
        ("worst_terms_late", Fraction(1), "1 termijn te laat, op zijn ergst"),
        ("late_open", 1, "1 verzoek waarvan de termijn voorbij is"),
        ("late_open", 2, "2 verzoeken waarvan de termijn voorbij is"),
        ("in_term", 1, "1 binnen de termijn beantwoord"),
        ("in_term", Fraction(4, 5), "80% binnen de termijn beantwoord"),
        ("people_active", 1243, "1.243 mensen actief"),
    ],
)
def test_figures_are_written_as_people_write_them(name: str, value: Number, expected: str) -> None:
    figure = _figure_card(name, value)
    assert f"{figure.value} {figure.name}" == expected


def test_a_target_of_zero_asks_for_nothing() -> None:
    nothing = _figure_card("remaining_days", None, present=Fraction(0), strong=Fraction(0))
    assert (nothing.value, nothing.needed) == ("", [])
    share = _figure_card("in_term", None, present=Fraction(3, 4))
    assert share.needed == [("present", "75%")]
