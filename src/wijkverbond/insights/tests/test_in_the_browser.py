"""Insights in a real browser: for everyone, on every screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import make
from wijkverbond.insights import services
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel import actor as actors
from wijkverbond.places import services as places

Check = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_are_for_everyone_and_fit(page: Page, for_everyone: Check) -> None:
    places.load_assen(actor=make.operator())
    coalition = make.coalition(places=["BU01060401", "BU01060402"], name="Pittelo")
    for code, text in zip(
        coalition.place_codes, (make_insights.TEXT, "Het bankje is weg."), strict=True
    ):
        signal = make_insights.signal(coalition, text=text, place_code=code)
        services.moderate_signal(signal, actor=make.first_actor(coalition), publish=True)
    insight = make_insights.insight(coalition)
    make_insights.recognitions(insight, "residents", 12)
    services.count_recognition(insight, actor=actors.system())
    services.recognise(insight, actor=make.first_actor(coalition), view="recognises")
    for path in ("", "signaal/", "signaal/klaar/", "signalen/", f"{insight.id}/",
                 f"{insight.id}/herken/"):  # fmt: skip
        page.goto(f"/w/{coalition.slug}/inzichten/{path}")
        for_everyone(page)
