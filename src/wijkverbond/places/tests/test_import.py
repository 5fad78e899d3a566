"""Bringing in figures and boundaries: complete, repeatable, all or nothing, nothing made up."""

from decimal import Decimal

import pytest

from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import Refused
from wijkverbond.places import services
from wijkverbond.places.models import Boundary, KeyFigure, Place
from wijkverbond.places.services import Skipped
from wijkverbond.places.table_reader import UnreadableFile
from wijkverbond.places.tests.conftest import (
    COUNTRY,
    CRIMES,
    HEALTH,
    KWB,
    Bring,
    Write,
    collection,
    feature,
    square,
)

EVERYTHING = (KWB, COUNTRY, CRIMES, HEALTH)
OUTLINES = collection(
    feature("GM9001", square(6.5, 53.0)), feature("BU90010101", square(6.5, 53.0))
)


def snapshot() -> list[object]:
    return [
        *Place.objects.order_by("pk").values_list(),
        *KeyFigure.objects.order_by("pk").values_list(),
        *Boundary.objects.order_by("pk").values_list(),
    ]


def value(code: str, indicator: str, year: int = 2024) -> Decimal | None:
    figure = KeyFigure.objects.filter(place__code=code, indicator=indicator, year=year).first()
    return figure.value if figure else None


def test_every_row_is_stored_unchanged_or_skipped(bring: Bring) -> None:
    report = bring(*EVERYTHING, "gwb_code,a_inw\nXX1,5\nGM9999,5\n", boundaries=(OUTLINES,))
    assert report.read == 7 + 1 + 6 + 6 + 2 + 2
    assert [file.skipped for file in report.files] == [0, 0, 0, 0, 2, 0]
    for file in report.files:
        assert file.read == file.stored + file.unchanged + file.skipped


def test_importing_again_changes_nothing(bring: Bring) -> None:
    bring(*EVERYTHING, boundaries=(OUTLINES,))
    before = snapshot()
    second_import = bring(*EVERYTHING, boundaries=(OUTLINES,))
    assert (second_import.stored, second_import.unchanged) == (0, second_import.read)
    assert snapshot() == before


def test_the_order_of_the_files_does_not_matter(bring: Bring) -> None:
    report = bring(*reversed(EVERYTHING), boundaries=(OUTLINES,))
    assert report.skipped == []
    assert Place.objects.get(code="GM9001").name == "Waterstad"


def test_empty_is_not_zero(bring: Bring) -> None:
    bring(KWB, HEALTH)
    assert value("BU9001AB02", "a_inw") is None
    assert value("BU90010102", "p_goed_ervaren_gezondheid") is None
    assert not KeyFigure.objects.filter(value=0).exists()


def test_a_corrected_figure_replaces_the_old_one_and_a_withdrawn_one_goes(bring: Bring) -> None:
    bring(KWB)
    report = bring(KWB.replace(",600,300,240,30,", ",605,300,.,30,"))
    assert (report.stored, report.unchanged) == (1, 6)
    assert value("BU90010101", "a_inw") == 605
    assert value("BU90010101", "g_woz") is None


def test_a_table_that_lacks_a_figure_takes_nothing_away(bring: Bring) -> None:
    bring(KWB, HEALTH)
    bring("gwb_code,regio,a_inw\nBU90010101,Kade,600\n")
    assert value("BU90010101", "g_woz") == 240
    assert value("BU90010101", "p_goed_ervaren_gezondheid") == 62


def test_a_code_of_another_year_is_another_place(bring: Bring) -> None:
    bring(KWB)
    bring("gwb_code,regio,a_inw\nBU90010101,Oude Kade,5\n", year=2022)
    assert list(
        Place.objects.filter(code="BU90010101").order_by("year").values_list("year", "name")
    ) == [(2022, "Oude Kade"), (2024, "Kade")]
    assert value("BU90010101", "a_inw", 2024) == 600


def test_figures_of_an_unknown_place_are_skipped_row_by_row(bring: Bring) -> None:
    report = bring(CRIMES)
    assert (report.stored, len(report.skipped)) == (0, 6)
    assert report.skipped[0] == Skipped(
        "table0.csv, line 2",
        "GM9001 is not known in this division; import the table with its name first",
    )
    assert not KeyFigure.objects.exists()


def test_parents_come_from_the_codes_and_provinces_are_completed(bring: Bring) -> None:
    bring(KWB)
    buurt = Place.objects.get(code="BU9001AB01")
    chain = []
    while buurt.parent:
        buurt = buurt.parent
        chain.append((buurt.code, buurt.level, buurt.name))
    assert chain == [
        ("WK9001AB", "district", "Het Érf"),
        ("GM9001", "municipality", "Waterstad"),
        ("PV22", "province", "Drenthe"),
        ("NL00", "country", "Nederland"),
    ]


def test_a_parent_imported_later_is_still_linked(bring: Bring) -> None:
    header, *lines = KWB.splitlines()
    bring("\n".join([header, lines[2]]))
    assert Place.objects.get(code="BU90010101").parent is None
    bring("\n".join([header, lines[1]]))
    parent = Place.objects.get(code="BU90010101").parent
    assert parent is not None
    assert parent.code == "WK900101"


def test_a_boundary_alone_makes_a_place_and_never_renames_one(bring: Bring) -> None:
    bring(boundaries=(collection(feature("BU90010101", square(6.5, 53.0))),))
    assert Place.objects.get().name == "Grens van BU90010101"
    bring(KWB)
    second_import = bring(KWB, boundaries=(collection(feature("BU90010101", square(6.5, 53.0))),))
    assert second_import.stored == 0
    assert Place.objects.get(code="BU90010101").name == "Kade"


def test_boundaries_that_come_later_do_not_rename_a_place(bring: Bring) -> None:
    bring(KWB)
    outline = collection(feature("BU90010101", square(6.5, 53.0)))
    assert bring(boundaries=(outline,)).stored == 1
    assert bring(boundaries=(outline,)).unchanged == 1
    assert Place.objects.get(code="BU90010101").name == "Kade"


def test_a_municipality_can_move_to_another_province(bring: Bring) -> None:
    bring(KWB)
    report = bring(KWB.replace("PV22", "Groningen"))
    assert (report.stored, report.unchanged) == (1, 6)
    parent = Place.objects.get(code="GM9001").parent
    assert parent is not None
    assert parent.code == "PV20"


def test_a_moved_boundary_replaces_the_old_one(bring: Bring) -> None:
    bring(boundaries=(OUTLINES,))
    moved = collection(feature("GM9001", square(6.6, 53.0)))
    assert bring(boundaries=(moved,)).stored == 1
    assert Boundary.objects.get(place__code="GM9001").west == 6.6
    assert Boundary.objects.count() == 2


def test_the_first_of_two_values_counts_and_the_conflict_is_reported(bring: Bring) -> None:
    other = "gwb_code,a_inw,g_woz\nGM9001,1701,300\nBU9001AB02,5,\n"
    report = bring(KWB, other)
    assert value("GM9001", "a_inw") == 1700
    assert value("BU9001AB02", "a_inw") == 5
    assert report.skipped == [
        Skipped("table1.csv, line 2", "a_inw of 2024 was given before with another value")
    ]
    second_import = bring(KWB, other)
    assert (second_import.stored, second_import.unchanged) == (0, second_import.read)


@pytest.mark.parametrize("broken", ["gwb_code,regio,a_inw\nGM9002,Berg,5\nGM9003,Da", "geen tabel"])
def test_a_damaged_file_rolls_back_the_whole_import(bring: Bring, broken: str) -> None:
    bring(KWB)
    before = snapshot()
    with pytest.raises(UnreadableFile):
        bring(KWB.replace("Waterstad", "Nieuwstad"), broken)
    with pytest.raises(UnreadableFile):
        bring(KWB.replace("600", "601"), boundaries=('{"features": [',))
    assert snapshot() == before


def test_bad_cells_and_unknown_columns_are_reported(bring: Bring) -> None:
    report = bring("gwb_code,regio,a_inw,p_koopw,a_tovenaars\nGM9002,Berg,5,honderd,1\n")
    assert report.skipped == [
        Skipped(
            "table0.csv, column a_tovenaars", "no key figure of one year is known by this name"
        ),
        Skipped("table0.csv, line 2, column p_koopw", "'honderd' is not a number"),
    ]
    assert report.stored == 1
    assert value("GM9002", "a_inw") == 5


@pytest.mark.parametrize(
    "kind", [kind for kind in ActorKind if kind not in (ActorKind.OPERATOR, ActorKind.SYSTEM)]
)
def test_only_the_host_imports_figures(db: None, write: Write, kind: ActorKind) -> None:
    with pytest.raises(Refused, match=r"host|beheerder"):
        services.import_places(2024, figures=[write("t.csv", KWB)], actor=Actor(kind=kind))
    assert not Place.objects.exists()


def test_many_rows_are_staged_in_batches(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wijkverbond.places.import_staging.BATCH", 2)
    bring(*EVERYTHING, boundaries=(OUTLINES,))
    assert value("BU9001AB01", "geregistreerde_misdrijven", 2023) == 40
    assert Boundary.objects.count() == 2


def test_the_bundled_figures_load_and_load_again(db: None, host: Actor) -> None:
    report = services.load_assen(actor=host)
    assert report.skipped == []
    assert report.unchanged == 0
    assert value("BU01060401", "a_inw") == 1745
    assert value("NL00", "p_goed_ervaren_gezondheid", 2022) == 69
    assert Place.objects.filter(year=2024, level="neighbourhood").count() == 109
    assert Boundary.objects.filter(place__year=2024).count() == 120
    assert services.load_assen(actor=host).stored == 0


def test_the_bundled_figures_stay_compact() -> None:
    assert sum(path.stat().st_size for path in services.DATA.rglob("*.*")) < 300_000
