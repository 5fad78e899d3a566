"""Navigation is declared by capabilities: no link without a page, one entry is current."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.utils.datastructures import MultiValueDict

from wijkverbond.ui import context, navigation


def view(request: object, slug: str = "") -> HttpResponse:
    """Any page."""
    return HttpResponse()


urlpatterns = [
    path("w/<slug:slug>/", view, name="home"),
    path("w/<slug:slug>/visie/", view, name="vision"),
    path("w/<slug:slug>/visie/doel/", view, name="goal"),
    path("w/<slug:slug>/besluiten/", view, name="decisions"),
    path("spelregels/", view, name="rules"),
    path("register/", view, name="register"),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_coalition", {})
    monkeypatch.setattr(navigation, "_footer", {})
    navigation.coalition_page("vision", "Visie", order=50)
    navigation.coalition_page("home", "Overzicht", order=10)
    navigation.coalition_page("decisions", "Besluiten", order=20, more=True)
    navigation.footer_link("register", "Register", column="how", order=30)
    navigation.footer_link("rules", "Wie mag wat", column="how", order=10)


def test_entries_stand_in_the_declared_order_with_the_coalitions_addresses() -> None:
    nav = navigation.coalition_nav("pittelo", "/elders/")
    assert [(link.label, link.url) for link in nav.row] == [
        ("Overzicht", "/w/pittelo/"),
        ("Visie", "/w/pittelo/visie/"),
    ]
    assert [link.label for link in nav.more] == ["Besluiten"]
    assert [link.label for link in nav.links] == ["Overzicht", "Visie", "Besluiten"]
    assert not any(link.current for link in nav.links)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/w/pittelo/", "Overzicht"),
        ("/w/pittelo/visie/", "Visie"),
        ("/w/pittelo/visie/doel/", "Visie"),
        ("/w/pittelo/besluiten/1/", "Besluiten"),
        ("/w/pittelo/onbekend/", "Overzicht"),
    ],
)
def test_the_nearest_entry_is_current(path: str, current: str) -> None:
    nav = navigation.coalition_nav("pittelo", path)
    assert [link.label for link in nav.links if link.current] == [current]


def test_a_folded_menu_names_the_current_page() -> None:
    folded = navigation.coalition_nav("pittelo", "/w/pittelo/besluiten/").folded
    assert folded
    assert folded.label == "Besluiten"
    assert navigation.coalition_nav("pittelo", "/w/pittelo/visie/").folded is None


def test_the_footer_shows_a_column_in_order() -> None:
    assert [link.url for link in navigation.footer("how")] == ["/spelregels/", "/register/"]
    assert navigation.footer("about") == []


def test_a_page_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        navigation.coalition_page("vision", "Visie en doelen", order=51)
    with pytest.raises(ValueError, match="twice"):
        navigation.footer_link("rules", "Regels", column="about", order=1)


@pytest.mark.parametrize(
    ("cookie", "display"), [("licht", "licht"), ("donker", "donker"), ("paars", ""), ("", "")]
)
def test_only_displays_that_exist_are_followed(cookie: str, display: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES = MultiValueDict({"weergave": [cookie]})
    assert context.display(request) == display


def test_crumbs_lead_from_the_coalition_over_a_declared_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(navigation, "COALITION_HOME", "home")
    coalition = SimpleNamespace(slug="pittelo", name="Pittelo")
    crumbs = navigation.crumbs("decisions", coalition, navigation.Link("Een plein"))
    assert [(link.label, link.url) for link in crumbs] == [
        ("Pittelo", "/w/pittelo/"),
        ("Besluiten", "/w/pittelo/besluiten/"),
        ("Een plein", ""),
    ]


def test_a_page_has_a_longer_title_in_the_crumbs_when_one_is_declared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(navigation, "COALITION_HOME", "home")
    navigation.coalition_page("goal", "Doel", order=60, title="Waar we heen willen")
    crumbs = navigation.crumbs("goal", SimpleNamespace(slug="pittelo", name="Pittelo"))
    assert crumbs[-1].label == "Waar we heen willen"
