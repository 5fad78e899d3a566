"""The whole first run in a browser, with a real mail server."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.inbox import Inbox
from wijkverbond.accounts.models import User
from wijkverbond.accounts.tests.test_second_step import add_authenticator
from wijkverbond.installation import services
from wijkverbond.installation.models import FirstRun
from wijkverbond.kernel import site
from wijkverbond.kernel.actor import system

ADDRESS = "beheerder@wijk.example"


class FirstRunPages:
    """Somebody who sets up a site, and looks at each page."""

    def __init__(self, page: Page, url: str, inbox: Inbox, look: Callable[[Page], None]) -> None:
        self.page, self.url, self.inbox, self.look = page, url, inbox, look

    def click(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).click()

    def fill(self, label: str, text: str) -> None:
        """Fill in a field."""
        self.page.get_by_label(label).fill(text)

    def step(self, title: str) -> None:
        """Go on to a step."""
        self.page.get_by_role("heading", name="De stappen").wait_for()
        self.page.get_by_role("link", name=title, exact=True).click()
        self.page.get_by_role("heading", name=title, level=1).wait_for()
        self.look(self.page)

    def begin(self) -> None:
        """Use the link of the log."""
        token = services.show_link(actor=system())
        self.page.goto(f"{self.url}/inrichten/begin/{token}/")
        self.look(self.page)
        self.click("Beginnen")

    def name_it(self) -> None:
        """Say what the site is called, and whose it is."""
        self.step("Naam")
        self.fill("Hoe heet de site?", "Samen in Veldhoek")
        self.fill("Welke organisatie beheert de site?", "Gemeente Veldhoek")
        self.click("Dit bewaren")

    def try_mail(self) -> None:
        """Say from where it mails, and get a mail."""
        self.step("Mail")
        self.fill("Vanaf welk adres mailt de site?", "wijk@veldhoek.example")
        self.fill("Je eigen e-mailadres", ADDRESS)
        self.click("Een proefmail sturen")
        self.page.get_by_text("nam de mail aan").wait_for()

    def become_host(self) -> None:
        """Sign in, host the site, and add a second step."""
        self.step("Wie de site beheert")
        self.page.get_by_role("main").get_by_role("link", name="Inloggen").click()
        self.fill("Je e-mailadres", ADDRESS)
        self.click("Stuur mij een code")
        self.page.wait_for_url("**/code/")
        code = re.search(r"\d{4} \d{4}", self.inbox.mails[-1].get_content())
        assert code
        self.fill("De code uit de mail", code[0])
        self.click("Inloggen")
        self.click("Ik beheer deze site")
        self.page.get_by_text("Je beheert deze site nu").wait_for()
        add_authenticator(self.page)
        self.page.get_by_role("link", name="Een passkey toevoegen").click()
        self.click("De passkey maken")
        self.page.wait_for_url("**/noodcodes/")
        self.page.get_by_role("link", name="Verder waar je was").click()

    def fill_in_texts(self) -> None:
        """Fill in the gaps of the texts, and read each as visitors do."""
        self.step("Contact")
        self.fill("Postadres", "Markt 1, 1234 AB Veldhoek")
        self.fill("E-mailadres voor vragen", "wijk@veldhoek.example")
        self.click("Dit bewaren")
        self.step("Privacyverklaring")
        self.fill("E-mailadres voor vragen over privacy", "privacy@veldhoek.example")
        self.page.get_by_label("Op welke grondslag").select_option("public_task")
        self.fill("Waar staan de gegevens?", "Bij een datacentrum in Groningen")
        self.click("Dit bewaren")
        self.step("Toegankelijkheid")
        self.page.get_by_label("Hoe toegankelijk is je site?").select_option("unknown")
        self.fill("Wanneer is die onderzocht, en hoe?", "Nog niet, dat doen we dit jaar")
        self.click("Dit bewaren")
        self.step("Iets melden")
        self.fill("E-mailadres voor meldingen", "melden@veldhoek.example")
        self.click("Dit bewaren")
        for address in ("contact", "privacyverklaring", "toegankelijkheid", "melden"):
            self.page.goto(f"{self.url}/{address}/")
            self.look(self.page)
        self.page.goto(f"{self.url}/inrichten/")

    def ask_a_founder(self) -> None:
        """Ask somebody to begin the first coalition."""
        self.step("De eerste coalitie")
        self.fill("Het e-mailadres", "buur@veldhoek.example")
        self.click("De mail sturen")
        self.page.get_by_text("Die krijgt binnen enkele minuten een mail").wait_for()

    def choose_a_house_style(self) -> None:
        """Give the site a colour."""
        self.step("Huisstijl")
        self.fill("Je kleur", "#7b1fa2")
        self.click("Dit bewaren")

    def finish(self) -> None:
        """Say that it is set up."""
        self.look(self.page)
        self.click("Deze site is ingericht")
        expect(self.page.get_by_role("status")).to_contain_text("De site is ingericht")


@pytest.mark.django_db(transaction=True)
def test_an_empty_installation_is_set_up(
    page: Page, live_server: LiveServer, inbox: Inbox, for_everyone: Callable[[Page], None]
) -> None:
    visit = FirstRunPages(page, live_server.url, inbox, for_everyone)
    visit.begin()
    visit.name_it()
    visit.try_mail()
    [tried] = inbox.mails
    assert tried["From"] == "Samen in Veldhoek <wijk@veldhoek.example>"
    visit.become_host()
    visit.choose_a_house_style()
    visit.fill_in_texts()
    visit.ask_a_founder()
    assert FirstRun.objects.get().finished_at is None
    visit.finish()
    assert FirstRun.objects.get().finished_at
    assert User.objects.get(is_operator=True).email == ADDRESS
    assert site.name() == "Samen in Veldhoek"
