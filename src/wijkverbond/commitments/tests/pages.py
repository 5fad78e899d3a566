"""Addresses, pages and form data for the tests of the pages of covenants and pledges."""

import re
from typing import Any

from django.core import mail
from django.urls import reverse

from tests import make
from wijkverbond.commitments.tests import make as make_commitments

PLEDGE_FIELDS = {
    "what": "Elke week is de zaal open",
    "measure": "Het rooster hangt bij de deur",
    "effect": "intention",
    "resource": "space",
    "starts": "2027-01-01",
    "ends": "2029-12-31",
    "rhythm": "weekly",
}
COVENANT_FIELDS = {
    "title": "Ons convenant",
    "rules": "Iedereen kan meedoen.",
    "starts": "2027-01-01",
    "ends": "2029-12-31",
}


def address(world: make.World, name: str, *records: Any) -> str:
    return reverse(
        f"commitments:{name}", args=[world.coalition.slug, *(record.id for record in records)]
    )


def pledge_fields(world: make.World, **more: Any) -> dict[str, Any]:
    return {**PLEDGE_FIELDS, "goals": [str(make_commitments.goal(world).id)], **more}


def mailed_code() -> str:
    match = re.search(r"\b\d{4} \d{4}\b", str(mail.outbox[-1].body))
    assert match
    return match[0]
