"""What a pledge says is read where people look for it: a field that is shown nowhere fails here."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.test import Client

from tests import make
from wijkverbond.commitments import document
from wijkverbond.commitments.models import Covenant, Pledge, PledgeText
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel import shared_fields

pytestmark = pytest.mark.django_db

FIELDS = shared_fields.names(PledgeText)
FULL: dict[str, Any] = {
    "quantity": Decimal(3),
    "unit": "avonden",
    "subject_to_approval": "de gemeenteraad",
}


def another(pledge: Pledge, name: str) -> object:
    """Another value than this field has now."""
    value = getattr(pledge, name)
    match Pledge._meta.get_field(name):
        case models.Field(choices=[*choices]):
            return next(code for code, _label in choices if code != value)
        case models.CharField() | models.TextField():
            return "iets anders"
        case models.DateField():
            return value + dt.timedelta(days=40)
        case models.DecimalField():
            return value + 4
    pytest.fail(f"test_every_field_of_a_pledge.py: what is another value of {name}?")


def change(pledge: Pledge, name: str) -> None:
    """Let this one field say something else."""
    Pledge.objects.filter(id=pledge.id).update(**{name: another(pledge, name)})


@pytest.mark.parametrize("name", FIELDS)
def test_the_page_of_a_pledge_shows_every_field(
    name: str, world: make.World, client: Client
) -> None:
    pledge = make_commitments.pledge(world, **FULL)
    address = f"/w/{world.coalition.slug}/beloften/{pledge.id}/"
    before = client.get(address).content
    assert client.get(address).content == before
    change(pledge, name)
    after = client.get(address)
    assert after.status_code == 200
    assert after.content != before, (
        f"templates/commitments/pledge.html does not show the {name} of a pledge"
    )


@pytest.mark.parametrize("name", FIELDS)
def test_the_covenant_says_every_field_of_its_pledges(name: str, world: make.World) -> None:
    pledge = make_commitments.pledge(world, **FULL)
    covenant = make_commitments.draft(world, pledges=[pledge])
    before = document.content(covenant)["pledges"]
    change(pledge, name)
    after = document.content(Covenant.objects.get(id=covenant.id))["pledges"]
    assert after != before, f"commitments/document.py says nothing of the {name} of a pledge"


def test_the_covenant_template_has_every_field_of_a_pledge() -> None:
    template = document.TEMPLATE.read_text()
    fields = document.PledgeContent.__annotations__.keys() - {"id"}
    missing = {name for name in fields if f"pledge.{name}" not in template}
    assert missing == set(), f"documents/covenant.typ does not have {missing} of a pledge"
