"""A resident confirms a breakthrough in a real browser: for everyone, on every screen."""

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from playwright.sync_api import Page

from tests import make

Check = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_resident_confirms_with_a_code_from_the_mail(
    page: Page, for_everyone: Check, world: make.World, mailoutbox: list[EmailMessage]
) -> None:
    claimed = make.breakthrough(world.coalition, by=world.corporation)
    page.goto(reverse("breakthroughs:page", args=[world.coalition.slug, claimed.id]))
    page.get_by_role("link", name="Ik ben een bewoner").click()
    for_everyone(page)
    page.get_by_label("Je e-mailadres").fill("bewoner@voorbeeld.example")
    page.get_by_role("button", name="Stuur mij een code").click()
    for_everyone(page)
    code = re.search(r"\d{4} \d{4}", str(mailoutbox[-1].body))
    assert code
    page.get_by_label("De code uit de mail").fill(code[0])
    page.get_by_role("button", name="Ik bevestig dit").click()
    page.get_by_text("in stappen van vijf").first.wait_for()
    assert claimed.residents.count() == 1
