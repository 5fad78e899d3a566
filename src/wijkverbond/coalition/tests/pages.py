"""Addresses, texts and form data for the tests of the pages of the circle."""

import html
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from wijkverbond.coalition.models import (
    Coalition,
)
from wijkverbond.kernel.actor import Actor

SignIn = Callable[[Actor], Client]
ORGANISATION = {
    "organisation-name": "Bewonersgroep Noord",
    "organisation-sector": "residents_group",
    "organisation-legal_form": "informal",
    "organisation-paid": "no",
}
PART = {"involvement": "lives", "ground": "Wij wonen hier.", "levels": ["operation", "governing"]}
START = {"name": "Lariks", "place_codes": "BU01060101", "access": "public"} | ORGANISATION | PART


def readable(content: bytes) -> str:
    """The page as people read it."""
    return html.unescape(content.decode())


def page_url(coalition: Coalition, name: str, **more: object) -> str:
    """The address of a page of this coalition."""
    return reverse(f"coalition:{name}", kwargs={"slug": coalition.slug, **more})


def home_url(coalition: Coalition) -> str:
    """The address of its front page."""
    return f"/w/{coalition.slug}/"
