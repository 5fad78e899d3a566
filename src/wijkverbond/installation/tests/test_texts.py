"""The texts that the law asks for: each is there for visitors once it has no gaps."""

import pytest
from django.test import Client

from tests import make
from tests.sweeps import browser
from wijkverbond.config.doctor import database, environment
from wijkverbond.installation import queries
from wijkverbond.installation.models import TEXTS, Step
from wijkverbond.kernel.models import SiteDetails

pytestmark = pytest.mark.django_db


def test_a_text_with_a_gap_is_not_there_and_everyone_hears_which(world: make.World) -> None:
    assert Client().get("/contact/").status_code == 404
    assert "/contact/" not in Client().get("/").content.decode()
    assert "niet zijn: Contact, Privacyverklaring" in Client().get("/gezond/").content.decode()
    told = "\n".join(str(finding) for finding in database.look())
    assert "“contact” that the law asks for is not there: organisation, address, email." in told


def test_a_text_is_there_with_what_was_filled_in_and_in_the_footer(world: make.World) -> None:
    host = browser(world.operator)
    host.post("/inrichten/naam/", {"name": "Wijk", "organisation": "Gemeente Veldhoek"})
    assert host.post("/inrichten/contact/", {"address": "Markt 1"}).status_code == 422
    page = host.get("/inrichten/contact/").content.decode()
    assert "e-mailadres voor vragen" in page
    assert Client().get("/contact/").status_code == 404
    said = {"address": "Markt 1, Veldhoek", "email": "wijk@veldhoek.example"}
    host.post("/inrichten/contact/", said)
    text = Client().get("/contact/").content.decode()
    assert "Gemeente Veldhoek" in text
    assert "mailto:wijk@veldhoek.example" in text
    assert 'href="/contact/"' in Client().get("/").content.decode()
    assert Step.CONTACT not in queries.unpublished()


def test_what_is_no_address_is_refused(world: make.World) -> None:
    refused = browser(world.operator).post("/inrichten/melden/", {"notice_email": "bel maar"})
    assert refused.status_code == 422
    assert set(queries.unpublished()) == {*TEXTS}


def test_the_doctor_knows_the_words_that_a_setting_can_have() -> None:
    assert {*environment.CHOICES["WIJKVERBOND_ACCESSIBLE"]} == {*SiteDetails.Accessible.values}
    assert {*environment.CHOICES["WIJKVERBOND_PRIVACY_GROUND"]} == {*SiteDetails.Ground.values}
