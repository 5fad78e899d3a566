"""Somebody with a real browser, as the journeys need them: they read, fill in, press and follow."""

import re
from typing import Literal

from django.core.mail import EmailMessage
from playwright.sync_api import Locator, Page


class Visitor:
    """Somebody with a browser, who reads, fills in and presses."""

    def __init__(self, page: Page, mails: list[EmailMessage]) -> None:
        self.page, self.mails = page, mails

    def go(self, address: str) -> "Visitor":
        """Open an address, which must be there."""
        response = self.page.goto(address)
        assert response
        assert response.status == 200, (address, response.status, self.words[:400])
        return self

    def fill(self, **values: object) -> "Visitor":
        """Fill in fields of the form by their names; a list ticks several boxes."""
        for name, value in values.items():
            self._fill(name.replace("__", "-"), value)
        return self

    def send(self) -> "Visitor":
        """Send the form that was filled in; it must be accepted."""
        return self._post(self.filled.locator("xpath=ancestor::form").locator("button").first)

    def press(self, name: str) -> "Visitor":
        """Press the button of this name; what was asked must be accepted."""
        return self._post(self._control("button", name))

    def _post(self, button: Locator) -> "Visitor":
        with self.page.expect_response(
            lambda response: response.request.method == "POST"
        ) as answered:
            button.click()
        assert answered.value.status == 302, self.words[:1500]
        self.page.wait_for_load_state()
        return self

    def follow(self, name: str) -> "Visitor":
        """Follow the first link of this name."""
        self._control("link", name).click()
        self.page.wait_for_load_state()
        return self

    @property
    def words(self) -> str:
        """What the page says."""
        return re.sub(r"\s+", " ", self.page.get_by_role("main").inner_text())

    @property
    def code(self) -> str:
        """The code of the newest mail."""
        match = re.search(r"\d{4} \d{4}", str(self.mails[-1].body))
        assert match
        return match[0]

    def sign_in(self, address: str) -> None:
        """Sign in with a code by e-mail."""
        self.go("/inloggen/").fill(email=address).press("Stuur mij een code")
        self.fill(code=self.code).press("Inloggen")

    def _control(self, role: Literal["button", "link"], name: str) -> Locator:
        elements = self.page.get_by_role("main").get_by_role(role, name=name)
        assert elements.count(), (role, name, self.page.url, self.words)
        return elements.first

    def _fill(self, name: str, value: object) -> None:
        field = self.page.get_by_role("main").locator(f'form [name="{name}"]')
        self.filled = field.first
        control_type = str(
            field.first.get_attribute("type") or field.first.evaluate("field => field.localName")
        )
        chosen = value if isinstance(value, list) else [value]
        if control_type == "select":
            field.select_option(str(value))
        elif value is True:
            field.check(force=True)
        elif control_type in ("radio", "checkbox"):
            for value_chosen in chosen:
                field.and_(self.page.locator(f'[value="{value_chosen}"]')).check(force=True)
        else:
            field.fill(str(value))
