"""One person, one voice about an insight; and only partners that others confirmed count."""

import pytest
from django.urls import reverse

from tests import make
from tests.html import page_html
from tests.sweeps import browser
from tests.two_hats import two_hats
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.insights import presenters, queries, services
from wijkverbond.insights.models import Insight
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def insight(world: make.World) -> Insight:
    return make_insights.insight(world.coalition)


def kinds_that_recognise(insight: Insight) -> int:
    shown = queries.current(insight.coalition).get(id=insight.id)
    return presenters.insight_card(shown, []).kinds


def test_a_person_recognises_an_insight_for_one_partner_only(
    insight: Insight, world: make.World
) -> None:
    for_shop, for_corporation = two_hats(world.shopkeeper, world.corporation)
    services.recognise(insight, actor=for_corporation, view="recognises")
    with pytest.raises(Refused):
        services.recognise(insight, actor=for_shop, view="differs", because="Nee.")
    services.recognise(insight, actor=for_corporation, view="differs", because="Toch niet.")
    assert insight.by_parties.get().person_id == for_shop.person
    recognise = reverse("insights:recognise", args=[world.coalition.slug, insight.id])
    for name, arguments in (("insight", [insight.id]), ("index", [])):
        address = reverse(f"insights:{name}", args=[world.coalition.slug, *arguments])
        page = page_html(browser(for_shop), address)
        assert recognise not in page
        assert "Nu doet iemand anders het" in page
        assert recognise in page_html(browser(world.resident), address)
    services.recognise(insight, actor=world.municipality, view="recognises")


def test_the_view_of_an_unconfirmed_partner_is_shown_and_not_counted(
    insight: Insight, world: make.World
) -> None:
    shop = make.actor(make.party(world.coalition, "shop", confirmed=False))
    services.recognise(insight, actor=shop, view="recognises")
    assert kinds_that_recognise(insight) == 0
    for name, arguments in (("insight", [insight.id]), ("index", [])):
        address = reverse(f"insights:{name}", args=[world.coalition.slug, *arguments])
        page = page_html(browser(shop), address)
        assert party_of(shop).name in page
        assert "Nog niet bevestigd, telt nog niet mee" in page
    Party.objects.filter(id=party_of(shop).id).update(confirmed_at=shop.now)
    assert kinds_that_recognise(insight) == 1
