"""Figures and boundaries of a municipality are fetched from a real server, that also answers badly."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tests.publisher import CODES, Answer, Publisher, json_answer
from wijkverbond.places import downloads
from wijkverbond.places.models import Boundary, KeyFigure, Place

pytestmark = pytest.mark.django_db


def fetch(folder: Path) -> None:
    """Fetch the municipality, as an administrator does."""
    call_command(
        "places", "fetch", "--municipality", "gm9001", "--year", "2024", "--folder", str(folder)
    )


def test_a_municipality_is_fetched_and_brought_in(publisher: Publisher, tmp_path: Path) -> None:
    fetch(tmp_path)
    assert set(Place.objects.values_list("code", flat=True)) == {*CODES.values()}
    assert Place.objects.get(code="BU90010101").name == "Naam van BU90010101"
    assert KeyFigure.objects.get(place__code="GM9001", indicator="p_koopw").value == 60
    assert not KeyFigure.objects.filter(place__code="WK900101", indicator="p_koopw").exists()
    assert Boundary.objects.count() == 3


BAD: dict[str, tuple[Answer, str]] = {
    "an error": ((500, b"", {}), "answers 500"),
    "a page of a website": ((200, b"<html>", {}), "JSON in UTF-8"),
    "another encoding": ((200, '{"value": "é"}'.encode("latin-1"), {}), "JSON in UTF-8"),
    "half an answer in pieces": (
        (200, b'ff\r\n{"value": [', {"Transfer-Encoding": "chunked"}),
        "ended in the middle",
    ),
    "half a file": ((200, b"[]", {"Content-Length": "999"}), "ended in the middle"),
    "something packed": ((200, b"\x1f\x8b", {"Content-Encoding": "gzip"}), "something packed"),
    "another table": (json_answer({"value": []}), "has no rows of GM9001"),
    "something else": (json_answer([1, 2]), "does not answer with rows"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_answer_is_said_and_the_next_call_goes_on_from_there(
    bad: str, publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = publisher.answers["/figures"]
    publisher.answers["/figures"], sentence = BAD[bad]
    with pytest.raises(CommandError) as refused:
        fetch(tmp_path)
    assert sentence in str(refused.value)
    assert not Place.objects.exists()
    publisher.answers["/figures"] = good
    publisher.asked.clear()
    fetch(tmp_path)
    assert publisher.asked == ["/figures"]
    assert Place.objects.count() == 3


@pytest.mark.parametrize("bad", [{"exceptions": []}, {"features": []}, {"features": [{}]}])
def test_boundaries_of_no_use_are_asked_again(
    bad: object, publisher: Publisher, tmp_path: Path
) -> None:
    good = publisher.answers["/wijken"]
    publisher.answers["/wijken"] = json_answer(bad)
    with pytest.raises(CommandError, match="wijken"):
        fetch(tmp_path)
    publisher.answers["/wijken"] = good
    fetch(tmp_path)
    assert Boundary.objects.count() == 3


def test_an_answer_without_end_is_broken_off(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "LARGEST", 2**20)
    publisher.answers["/wijken"] = (200, b" " * (2**20 + 1), {})
    with pytest.raises(CommandError, match="more than 1 MB"):
        fetch(tmp_path)


def test_a_server_that_is_not_there_is_said(settings: Settings, tmp_path: Path) -> None:
    settings.BOUNDARIES_URL = "http://127.0.0.1:1/{layer}"
    with pytest.raises(CommandError, match="does not answer"):
        fetch(tmp_path)
    settings.BOUNDARIES_URL = "file:///etc/passwd"
    with pytest.raises(CommandError, match="not the address of a web server"):
        fetch(tmp_path)


@pytest.mark.parametrize(
    ("code", "year", "sentence"),
    [("BU90010101", "2024", "not the code of a municipality"), ("GM9001", "1999", "known are")],
)
def test_a_wrong_call_is_said(code: str, year: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command(
            "places", "fetch", "--municipality", code, "--year", year, "--folder", str(tmp_path)
        )


USELESS: dict[str, tuple[str, bytes, str]] = {
    "only a heading": ("a.csv", b"gwb_code,regio,a_inw\n", "nothing below it"),
    "of another edition": (
        "a.csv",
        b"Perioden,WijkenEnBuurten,a_inw\n2023JJ00,GM9001,5\n",
        "is of the division of 2023",
    ),
    "a GeoPackage": ("a.gpkg", b"SQLite format 3\0" + b"\0" * 99, "choose GeoJSON"),
    "an Excel file": ("a.csv", b"PK\x03\x04" + b"\0" * 99, "save the table as CSV"),
}


@pytest.mark.parametrize("useless", USELESS)
def test_a_file_of_no_use_is_no_success(useless: str, tmp_path: Path) -> None:
    name, contents, sentence = USELESS[useless]
    (tmp_path / name).write_bytes(contents)
    with pytest.raises(CommandError, match=sentence):
        call_command("places", "import", "--year", "2024", "--figures", str(tmp_path / name))


def test_a_neighbourhood_without_its_district_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], write: Callable[..., Path]
) -> None:
    table = write("a.csv", "gwb_code,regio,a_inw\nBU90010101,Kade,600\n")
    call_command("places", "import", "--year", "2024", "--figures", str(table))
    [skipped] = json.loads(capsys.readouterr().out)["skipped"]
    assert skipped["why"] == "BU90010101 stands in no district of this division; import that too"
