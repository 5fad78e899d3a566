"""The command line: JSON alone on standard output, and an exit status that says how it ended."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from wijkverbond.places.models import Place
from wijkverbond.places.tests.conftest import CRIMES, KWB, Write


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    call_command("places", *map(str, arguments))
    return json.loads(capsys.readouterr().out)


def test_import_reports_what_was_read_stored_unchanged_and_skipped(
    db: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    kwb, crimes = write("kwb.csv", KWB), write("misdrijven.csv", CRIMES + "GM9009,,,2023,5\n")
    report = run(capsys, "import", "--year", 2024, "--figures", crimes, kwb)
    assert (report["read"], report["stored"], report["unchanged"]) == (14, 13, 0)
    assert [skipped["where"] for skipped in report["skipped"]] == ["misdrijven.csv, line 8"]
    assert run(capsys, "import", "--year", 2024, "--figures", kwb)["unchanged"] == 7


@pytest.mark.usefixtures("waterstad")
def test_show_gives_a_place_with_parent_figures_and_reference_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = run(capsys, "show", "bu90010102", "--json")
    assert (place["name"], place["year"], place["level"]) == ("Sluis", 2024, "neighbourhood")
    assert place["parent"] == {"code": "WK900101", "name": "De Oever", "level": "district"}
    assert place["figures"]["p_koopw"] == {"2024": 55}
    assert place["figures"]["p_goed_ervaren_gezondheid"] == {"2022": 70}
    assert place["reference"]["municipality"]["figures"]["p_koopw"] == {"2024": 60}
    assert place["reference"]["country"]["figures"]["p_goed_ervaren_gezondheid"]["2024"] == 72.8
    assert place["indicators"]["p_koopw"]["licence"] == "CC BY 4.0"
    assert place["centroid"] == [6.515, 53.005]


@pytest.mark.usefixtures("waterstad")
def test_show_lists_missing_figures_and_never_shows_zero(
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = run(capsys, "show", "BU9001AB02", "--json")
    assert place["figures"] == {"geregistreerde_misdrijven": {"2023": 5}}
    assert {"a_inw", "g_woz", "p_goed_ervaren_gezondheid"} <= set(place["missing"])


@pytest.mark.usefixtures("waterstad")
def test_area_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    area = run(capsys, "area", "WK900101", "BU9001AB01", "--json")
    assert (area["buurten"], area["inhabitants"], area["year"]) == (3, 1700, 2024)
    assert area["figures"]["geregistreerde_misdrijven"] == {"2023": 80}
    assert area["buurten_with_value"]["p_goed_ervaren_gezondheid"] == {"2022": 2, "2024": 1}


@pytest.mark.usefixtures("waterstad")
def test_without_json_there_is_a_text_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("places", "show", "BU90010102")
    assert "name: Sluis" in capsys.readouterr().out
    call_command("places", "area", "GM9001")
    assert "inhabitants: 1700" in capsys.readouterr().out


@pytest.mark.usefixtures("waterstad")
@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        ("import --year 1024 --figures x", 2, "1024 is not a year"),
        ("import --year 2024", 2, "Name files"),
        ("import --year 2024 --figures /no/such/file.csv", 2, "/no/such/file.csv is not a file"),
        ("show 9001", 2, "'9001' is not a code"),
        ("show BU90019999", 1, "Not known"),
        ("show BU90010101 --year 2022", 1, "division of 2022"),
        ("area GM9001 BU90019999", 1, "BU90019999"),
        ("area GM9001 --year 2022", 1, "division of 2022"),
    ],
)
def test_a_failing_command_says_why(arguments: str, status: int, why: str) -> None:
    with pytest.raises(CommandError, match=why) as refusal:
        call_command("places", *arguments.split())
    assert refusal.value.returncode == status


def test_a_damaged_file_is_reported_and_nothing_is_stored(db: None, write: Write) -> None:
    kwb, broken = write("kwb.csv", KWB), write("grens.geojson", '{"features": [')
    with pytest.raises(CommandError, match=r"grens.geojson(.|\n)*Nothing was stored") as refusal:
        call_command("places", "import", "--year", "2024", "--figures", kwb, "--boundaries", broken)
    assert refusal.value.returncode == 1
    assert not Place.objects.exists()


def test_a_division_without_neighbourhoods_has_no_areas(db: None, write: Write) -> None:
    table = write("kwb.csv", "gwb_code,regio,a_inw\nGM9001,Waterstad,5\n")
    call_command("places", "import", "--year", "2022", "--figures", table)
    with pytest.raises(CommandError, match="has no neighbourhoods here"):
        call_command("places", "area", "GM9001", "--year", "2022")


def test_without_a_database_it_says_so() -> None:
    call = [sys.executable, "-m", "django", "places", "show", "GM9001"]
    env = {**os.environ, "DATABASE_URL": "postgresql://nobody@/nothing?host=/no/such/folder"}
    ended = subprocess.run(call, capture_output=True, text=True, check=False, env=env)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "The database refused" in ended.stderr


def test_a_usage_error_exits_with_two_and_prints_nothing() -> None:
    call = [sys.executable, "-m", "django", "places", "show"]
    ended = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "CODE" in ended.stderr
