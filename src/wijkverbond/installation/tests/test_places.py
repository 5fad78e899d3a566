"""Figures and boundaries: fetched by the worker, going on where it broke off, or from files."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.publisher import Publisher, json_answer
from tests.sweeps import browser
from wijkverbond.installation import services
from wijkverbond.installation.models import FetchingOfPlaces
from wijkverbond.kernel.actor import system
from wijkverbond.places import official_sources
from wijkverbond.places.models import KeyFigure, Place
from wijkverbond.places.tests.conftest import KWB

pytestmark = pytest.mark.django_db

PAGE = "/inrichten/gemeente/"
MUNICIPALITY, YEAR = "GM9001", 2024


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is fetched is kept apart for each test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_the_list_names_every_municipality() -> None:
    names = official_sources.municipalities()
    assert len(names) == 342
    assert names["GM0106"] == "Assen"
    assert [*names.values()][:2] == ["Aa en Hunze", "Aalsmeer"]


def test_the_host_asks_for_a_municipality_and_the_page_says_how_far_it_is(
    world: make.World,
) -> None:
    host = browser(world.operator)
    assert host.post(PAGE, {"municipality": "GM0106", "year": "2024"}).status_code == 302
    page = host.get(PAGE)
    assert "Assen 2024" in page.content.decode()
    assert "Het begint zo" in page.content.decode()
    assert page["Refresh"]
    [job] = ProcrastinateJob.objects.filter(task_name="installation.fetch_places")
    assert job.args == {"municipality": "GM0106", "year": 2024}


def test_what_was_asked_is_fetched_and_brought_in(publisher: Publisher) -> None:
    services.ask_for_places(MUNICIPALITY, year=YEAR, actor=system())
    services.fetch_places(MUNICIPALITY, YEAR)
    known = FetchingOfPlaces.objects.get()
    assert (known.state, known.fetched) == ("done", official_sources.PARTS)
    assert Place.objects.filter(code="BU90010101", boundary__isnull=False).exists()


def test_what_broke_off_says_why_and_goes_on_from_there(
    publisher: Publisher, world: make.World
) -> None:
    good = publisher.answers["/figures"]
    publisher.answers["/figures"] = (500, b"", {})
    services.ask_for_places(MUNICIPALITY, year=YEAR, actor=system())
    services.fetch_places(MUNICIPALITY, YEAR)
    page = browser(world.operator).get(PAGE)
    assert "Het lukte niet" in page.content.decode()
    assert "answers 500" in page.content.decode()
    assert "Refresh" not in page
    publisher.answers["/figures"] = good
    publisher.asked.clear()
    services.ask_for_places(MUNICIPALITY, year=YEAR, actor=system())
    services.fetch_places(MUNICIPALITY, YEAR)
    assert publisher.asked == ["/figures"]
    assert FetchingOfPlaces.objects.get().state == "done"


def test_what_cannot_be_brought_in_is_fetched_anew(publisher: Publisher) -> None:
    good = publisher.answers["/wijken"]
    publisher.answers["/wijken"] = json_answer({"features": [{"type": "Feature"}]})
    for answer, state in ((publisher.answers["/wijken"], "failed"), (good, "done")):
        publisher.answers["/wijken"] = answer
        services.ask_for_places(MUNICIPALITY, year=YEAR, actor=system())
        services.fetch_places(MUNICIPALITY, YEAR)
        assert FetchingOfPlaces.objects.get().state == state


def test_a_folder_that_somebody_else_made_is_not_believed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / f"{MUNICIPALITY}-{YEAR}").symlink_to(elsewhere)
    services.ask_for_places(MUNICIPALITY, year=YEAR, actor=system())
    services.fetch_places(MUNICIPALITY, YEAR)
    assert "another user" in FetchingOfPlaces.objects.get().why


def test_files_are_brought_in_by_hand(world: make.World) -> None:
    host = browser(world.operator)
    table = SimpleUploadedFile("kwb.csv", KWB.encode())
    answer = host.post(f"{PAGE}bestand/", {"file": table, "year": "2024"}, follow=True)
    assert "kwb.csv: 7 regels gelezen, 7 ingelezen" in answer.content.decode()
    assert KeyFigure.objects.filter(place__code="BU90010101").exists()
    assert "en nog" not in answer.content.decode()
    useless = SimpleUploadedFile("kwb.xlsx", b"PK\x03\x04")
    refused = host.post(f"{PAGE}bestand/", {"file": useless, "year": "2024"})
    assert refused.status_code == 422
    assert "save the table as CSV" in refused.content.decode()


def test_what_of_a_file_was_not_used_is_said(world: make.World) -> None:
    rows = [f"BU900101{number:02},<b>,honderd" for number in range(1, 9)]
    table = "\n".join(["gwb_code,regio,a_inw,a_tovenaars", *(f"{row},1" for row in rows)])
    file = SimpleUploadedFile("kwb.csv", table.encode())
    asked = {"file": file, "year": "2024"}
    said = browser(world.operator).post(f"{PAGE}bestand/", asked, follow=True).content.decode()
    assert "kwb.csv, kolom a_tovenaars: " in said
    assert "kwb.csv, regel 2, kolom a_inw: &#x27;honderd&#x27; is geen getal" in said
    assert "BU90010101 ligt in geen wijk" in said
    assert "en nog 7" in said
