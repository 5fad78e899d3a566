"""Reading official tables: every form in which they come, and everything that can be wrong."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.places import table_reader
from wijkverbond.places.table_reader import FigureCell, Table, TableRow, UnreadableFile, value
from wijkverbond.places.tests.conftest import CRIMES, KWB, Write


def rows(path: Path, year: int = 2024) -> list[TableRow]:
    with path.open("rb") as file:
        return list(Table(file, path.name, year, this_year=2026))


@given(st.decimals(-99999, 999_999_999, places=3))
def test_a_number_reads_the_same_with_a_point_and_with_a_comma(number: Decimal) -> None:
    text = f"{number:.3f}"
    assert value(text) == value(text.replace(".", ",")) == Decimal(text)


@given(st.decimals(1000, 999_999_999, places=2))
def test_dutch_thousands_are_not_decimals(number: Decimal) -> None:
    dutch = f"{number:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
    assert value(dutch) == number


@given(st.text(max_size=12))
def test_a_text_is_a_number_or_missing_or_refused_but_never_zero_by_mistake(text: str) -> None:
    try:
        number = value(text)
    except ValueError:
        return
    zero = text.strip().lstrip("-").replace(",", ".").strip("0") in ("", ".")
    assert number is None or (number == 0) == (zero and "0" in text)


@pytest.mark.parametrize("text", ["", " ", ".", "      .", "x", "-", "-99997", "-99999999"])
def test_missing_and_secret_values_stay_missing(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    "text", ["1e5", "NaN", "Infinity", "12 345", "1,2,3", "٣", "0x10", "1.5.2"]
)
def test_anything_but_a_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        value(text)


def test_more_decimals_than_are_kept_are_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="more than 5 decimals"):
        value("1.123456")


def test_a_wide_table_gives_name_and_figures_of_each_place(write: Write) -> None:
    city, *_, empty = rows(write("kwb.csv", KWB))
    assert (city.code, city.name, city.province) == ("GM9001", "Waterstad", "PV22")
    assert ("g_woz", 2024, Decimal(300)) in city.figures
    assert {number for _, _, number in empty.figures} == {None}


def test_a_long_table_gives_figures_of_the_year_in_the_row(write: Write) -> None:
    table_rows = rows(write("misdrijven.csv", CRIMES))
    assert table_rows[-1] == TableRow(
        7, "GM9001", figures=[FigureCell("geregistreerde_misdrijven", 2024, Decimal(90))]
    )


def test_a_raw_statline_export_is_read_as_it_comes(write: Write) -> None:
    text = (
        '\ufeff"Perioden";"Wijken en buurten";"Regiocode (gemeente, wijk, buurt) (code)";'
        '"SES-WOA/Totaalscore/Gemiddelde score (Getal)";"Opleidingsniveau/Laag/Waarde (%)"\r\n'
        '"2019";"Oever; bij de ""Kade""";"WK900101  ";"  -0,022";"    20.8"\r\n'
        '"2019";"Leeg";"BU90010101";"       .";"       ."\r\n'
        '"Bron: CBS"\r\n'
    )
    first, second = rows(write("statline.csv", text), 2019)
    assert (first.code, first.name) == ("WK900101", 'Oever; bij de "Kade"')
    assert first.figures == [
        ("ses_woa", 2019, Decimal("-0.022")),
        ("ses_opl_laag", 2019, Decimal("20.8")),
    ]
    assert [number for _, _, number in second.figures] == [None, None]


def test_a_byte_order_mark_is_no_part_of_the_first_column(write: Write) -> None:
    (row,) = rows(write("t.csv", "\ufeffgwb_code,a_inw\nGM9001,5\n"))
    assert row.code == "GM9001"


def test_figures_of_another_division_are_not_joined_on_the_code_alone(write: Write) -> None:
    text = "Perioden;WijkenEnBuurten;a_inw\n2019JJ00;GM9001;5\n2024JJ00;GM9001;6\n"
    older, same = rows(write("t.csv", text))
    assert older.why_not == "is of the division of 2019, not of 2024"
    assert same.figures == [("a_inw", 2024, Decimal(6))]


@pytest.mark.parametrize("year", ["20224", "", "jaar", "1066", "2027"])
def test_a_row_without_a_possible_year_is_skipped(write: Write, year: str) -> None:
    text = f"gwb_code,jaar,geregistreerde_misdrijven\nGM9001,{year},5\n"
    assert "is not a year that has figures" in str(rows(write("t.csv", text))[0].why_not)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("XX9001,5", "'XX9001' is not a code of CBS"),
        ("BU9001,5", "'BU9001' is not a code of CBS"),
        (",5", "'' is not a code of CBS"),
        ("GM9001", "has 1 columns, the header 2"),
        ("GM9001,5,6", "has 3 columns, the header 2"),
    ],
)
def test_a_bad_row_is_skipped_with_the_reason_and_the_rest_is_read(
    write: Write, line: str, why: str
) -> None:
    bad, good = rows(write("t.csv", f"gwb_code,a_inw\n{line}\nGM9002,7\n"))
    assert bad.why_not == why
    assert good.figures == [("a_inw", 2024, Decimal(7))]


@pytest.mark.parametrize(
    ("cell", "why"),
    [("veel", "'veel' is not a number"), ("101", "101 is not possible"), ("-1", "-1 is not pos")],
)
def test_a_bad_cell_is_named_and_the_rest_of_the_row_counts(
    write: Write, cell: str, why: str
) -> None:
    (row,) = rows(write("t.csv", f"gwb_code,a_inw,p_koopw\nGM9001,5,{cell}\n"))
    assert row.bad_cells[0].column == "p_koopw"
    assert why in row.bad_cells[0].why_not
    assert row.figures == [("a_inw", 2024, Decimal(5))]


def test_the_first_of_two_rows_of_a_place_counts(write: Write) -> None:
    text = "gwb_code,jaar,geregistreerde_misdrijven\nGM9001,2023,5\nGM9001,2024,6\nGM9001,2023,7\n"
    assert [row.why_not for row in rows(write("t.csv", text))] == [
        None,
        None,
        "GM9001 stands on line 2 already",
    ]


def test_a_year_in_the_name_of_a_column_is_the_year_of_its_figures(write: Write) -> None:
    text = "gwb_code,p_goed_ervaren_gezondheid_2022\nGM9001,70\n"
    assert rows(write("t.csv", text))[0].figures == [
        ("p_goed_ervaren_gezondheid", 2022, Decimal(70))
    ]


def test_unknown_columns_are_reported(write: Write) -> None:
    text = "gwb_code,a_inw,a_tovenaars,pst_mvp\nGM9001,5,6,9401\n"
    with write("t.csv", text).open("rb") as file:
        table = Table(file, "t.csv", 2024, this_year=2026)
    assert table.ignored == ["a_tovenaars"]


def test_a_whole_last_line_needs_no_newline(write: Write) -> None:
    assert rows(write("t.csv", "gwb_code,a_inw\nGM9001,5"))[0].figures


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no column gwb_code"),
        (b"naam,a_inw\nWaterstad,5\n", "no column gwb_code"),
        (b'{"type": "FeatureCollection", "features": []}', "no column gwb_code"),
        (b"gwb_code,a_inw,a_inw\nGM9001,5,6\n", "has the column a_inw twice"),
        (b"gwb_code,a_tovenaars\nGM9001,5\n", "no column with a key figure"),
        (b"gwb_code,regio,a_inw\nGM9001,Waterstad,5\nGM9002,Berg", "line 3: it is truncated"),
        (b'gwb_code,regio\nGM9001,"Waterst', "line 2: unexpected end of data"),
        (b'gwb_code,regio\nGM9001,"Water"stad\n', "line 2: "),
        ("gwb_code,regio\nGM9001,Súdwest\n".encode("cp1252"), "line 2: byte 9 is not UTF-8"),
        ("gwb_code,regio\nGM9001,Waterstad\n".encode("utf-16"), "not a text table"),
        (b"gwb_code,regio\nGM9001,Water\x00stad\n", "line 2: this is not a text table"),
    ],
)
def test_an_unusable_file_is_reported_with_reason_and_line(
    write: Write, content: bytes, why: str
) -> None:
    with pytest.raises(UnreadableFile, match=f"^t.csv.*{why}"):
        rows(write("t.csv", content))


def test_an_endless_line_does_not_fill_the_memory(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_reader, "LONGEST_LINE", 100)
    with pytest.raises(UnreadableFile, match="line 2: this is not a text table"):
        rows(write("t.csv", "gwb_code,a_inw\n" + "5" * 200))
