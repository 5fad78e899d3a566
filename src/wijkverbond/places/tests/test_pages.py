"""The pages about places: found by name, told in words, nothing made up."""

import html5lib
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from wijkverbond.places.tests.conftest import COUNTRY, HEALTH, KWB, Bring

MOST_QUERIES = 6


def page_text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    one_line = " ".join(response.content.decode().split())
    return one_line.replace("> <", "><")


@pytest.mark.usefixtures("waterstad")
class TestThePageOfAPlace:
    """A neighbourhood, district, municipality or the country."""

    def test_a_place_is_compared_with_municipality_and_country_of_the_same_year(
        self, client: Client
    ) -> None:
        page = page_text(client, "/plaats/BU90010101/")
        assert "Buurt in Waterstad. 600 inwoners in 2024." in page
        assert "Lager dan in Waterstad en Nederland. Over 2024. Bron: CBS." in page
        assert "€ 240.000" in page

    def test_a_rise_is_judged_by_the_distance(self, client: Client) -> None:
        page = page_text(client, "/plaats/BU90010101/")
        assert (
            "Vergeleken met Nederland: 9 punten lager in 2022, 10,8 punten lager in 2024."
            " Dat is slechter geworden."
        ) in page
        assert (
            "Vergeleken met Waterstad: 10 punten lager in 2022, 9 punten lager in 2024."
            " Dat is ongeveer gelijk gebleven."
        ) in page

    def test_each_trend_has_a_table(self, client: Client) -> None:
        page = page_text(client, "/plaats/BU90010101/")
        assert page.count("Volwassenen die hun gezondheid goed noemen</") == 1
        assert "<td>60%</td><td>70%</td><td>69%</td>" in page

    def test_the_page_is_in_english_too(self, client: Client) -> None:
        client.cookies["django_language"] = "en"
        page = page_text(client, "/plaats/BU90010101/")
        assert "Neighbourhood in Waterstad. 600 inhabitants in 2024." in page
        assert "10.8 points lower in 2024. That became worse." in page

    def test_a_missing_figure_is_shown_as_unknown_and_not_as_zero(self, client: Client) -> None:
        page = page_text(client, "/plaats/BU9001AB02/")
        assert "Hoeveel mensen er wonen is niet bekend." in page
        assert "Over deze plek is er niets om te vergelijken" in page
        assert "<td>2024</td><td>niet bekend</td><td>€ 300.000</td>" in page
        assert ">0<" not in page.replace(" ", "")

    def test_one_missing_figure_is_named_among_the_others(
        self, client: Client, bring: Bring
    ) -> None:
        bring(KWB.replace(",200,260,55,", ",200,.,55,"))
        page = page_text(client, "/plaats/BU90010102/")
        assert page.count("Niet bekend is iets anders dan nul.") == 1

    def test_the_html_is_valid(self, client: Client) -> None:
        for address in ("", "WK900101/", "BU9001AB02/"):
            html5lib.HTMLParser(strict=True).parse(client.get(f"/plaats/{address}").content)

    def test_the_map_has_its_list_with_the_same_numbers(self, client: Client) -> None:
        page = page_text(client, "/plaats/WK900101/")
        assert "<svg" in page
        assert page.index(">1</span>") < page.index("Kade</a>") < page.index("Sluis</a>")
        assert "600 inwoners" in page

    def test_figures_worked_out_from_neighbourhoods_say_so(self, client: Client) -> None:
        assert "Geregistreerde misdrijven <span" in page_text(client, "/plaats/WK900101/")
        assert "(berekend uit de buurten)" in page_text(client, "/plaats/WK900101/")
        assert "(berekend uit de buurten)" not in page_text(client, "/plaats/BU90010101/")

    def test_trends_worked_out_from_neighbourhoods_say_so(self, client: Client) -> None:
        page = page_text(client, "/plaats/WK900101/")
        drawn = page[page.index("Wordt het beter?") : page.index("Alle cijfers")]
        assert "Berekend uit de buurten." in drawn
        assert "Berekend uit de buurten." not in page_text(client, "/plaats/BU90010101/")

    def test_sources_and_licence_are_named(self, client: Client) -> None:
        page = page_text(client, "/plaats/BU90010101/")
        assert "CBS, Kerncijfers wijken en buurten (CC BY 4.0)" in page
        assert "grenzen: CBS en Kadaster (CC BY 4.0), vereenvoudigd" in page

    def test_another_division_is_another_page(self, client: Client, bring: Bring) -> None:
        bring("gwb_code,regio,a_inw\nBU90010101,Oude Kade,5\n", year=2022)
        assert "Bekijk de indeling van 2022" in page_text(client, "/plaats/BU90010101/")
        older = page_text(client, "/plaats/BU90010101/?jaar=2022")
        assert "Oude Kade" in older
        assert "5 inwoners in 2022" in older

    @pytest.mark.parametrize(
        "address",
        [
            "BU90019999/",
            "onzin/",
            "BU9001%000101/",
            "BU90010101/?jaar=2023",
            "BU90010101/?jaar=99999999999999999999",
            f"BU90010101/?jaar={'9' * 5000}",
        ],
    )
    def test_an_unknown_place_is_not_found(self, client: Client, address: str) -> None:
        assert client.get(f"/plaats/{address}").status_code == 404

    @pytest.mark.parametrize("code", ["bu90010101", "NL00", "PV22", "GM9001", "WK9001AB"])
    def test_every_level_has_a_page(self, client: Client, code: str) -> None:
        assert "Alle cijfers" in page_text(client, f"/plaats/{code}/")

    @pytest.mark.parametrize("code", ["BU90010101", "WK900101", "GM9001"])
    def test_it_takes_few_queries_however_much_there_is(
        self,
        client: Client,
        bring: Bring,
        django_assert_max_num_queries: DjangoAssertNumQueries,
        code: str,
    ) -> None:
        lines = [f"BU9001{i:04},Buurt {i},{i},{i}" for i in range(1000, 1200)]
        bring("\n".join(["gwb_code,regio,a_inw,g_woz", *lines]))
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(f"/plaats/{code}/")


@pytest.mark.usefixtures("waterstad")
class TestFindingAPlace:
    """By a part of its name."""

    def test_municipalities_come_first(self, client: Client) -> None:
        page = page_text(client, "/plaats/")
        assert "/plaats/GM9001/?jaar=2024" in page
        assert "Kade" not in page

    def test_a_part_of_the_name_is_enough(self, client: Client) -> None:
        page = page_text(client, "/plaats/?q=hoge+erf")
        assert "1 plek gevonden" in page
        assert "&#x27;t Hoge Érf</a>" in page
        assert "Buurt: Het Érf, Waterstad" in page

    @pytest.mark.parametrize("query", ["tovenaar", "%00", "' OR 1=1", "x" * 300])
    def test_a_search_without_results_says_what_to_try(self, client: Client, query: str) -> None:
        response = client.get("/plaats/", {"q": query})
        assert response.status_code == 200

    def test_nothing_found_says_what_to_try(self, client: Client) -> None:
        assert "Probeer een deel van de naam" in page_text(client, "/plaats/?q=tovenaar")

    def test_many_places_come_in_pages(
        self,
        client: Client,
        bring: Bring,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        lines = [f"BU9001{i:04},Straat {i},5" for i in range(1000, 1100)]
        bring("\n".join(["gwb_code,regio,a_inw", *lines]))
        with django_assert_max_num_queries(MOST_QUERIES):
            page = page_text(client, "/plaats/?q=straat&page=2")
        assert "100 plekken gevonden" in page
        assert page.count("<h3>") == 30
        assert "?q=straat&amp;page=3" in page


@pytest.mark.django_db
def test_without_any_figures_the_page_says_so(client: Client) -> None:
    assert "Er zijn nog geen plaatsen." in page_text(client, "/plaats/")


def test_a_place_without_boundaries_has_a_list_and_no_map(client: Client, bring: Bring) -> None:
    bring(KWB, COUNTRY, HEALTH)
    page = page_text(client, "/plaats/WK900101/")
    assert "Waar is het?" not in page
    assert "Kade</a>" in page
