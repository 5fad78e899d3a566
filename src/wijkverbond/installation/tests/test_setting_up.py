"""What is filled in goes before what the software says, and a setting before both; when it is finished."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from tests import make
from tests.mails import send_queued
from tests.sweeps import browser
from wijkverbond.installation import services
from wijkverbond.installation.models import FirstRun, Step
from wijkverbond.kernel import site
from wijkverbond.kernel.actor import system
from wijkverbond.kernel.models import SiteDetails

pytestmark = pytest.mark.django_db


def test_what_the_host_fills_in_stands_on_pages_and_mails(world: make.World) -> None:
    host = browser(world.operator)
    host.post("/inrichten/naam/", {"name": "Samen in Veldhoek", "organisation": "De gemeente"})
    assert "| Samen in Veldhoek" in " ".join(Client().get("/").content.decode().split())
    host.post("/inrichten/mail/", {"sender": "wijk@veldhoek.example", "to": "ik@wijk.example"})
    [tried] = mail.outbox
    assert tried.from_email == "Samen in Veldhoek <wijk@veldhoek.example>"
    assert site.sender() == tried.from_email


def test_a_setting_goes_before_it_and_is_not_changed(world: make.World, settings: Settings) -> None:
    settings.SITE = {"name": "Van de server"}
    host = browser(world.operator)
    assert "Een instelling op de server" in host.get("/inrichten/naam/").content.decode()
    said = {"name": "Iets anders", "organisation": "De gemeente"}
    assert host.post("/inrichten/naam/", said).status_code == 302
    assert site.name() == "Van de server"
    assert SiteDetails.objects.get().name == ""


@pytest.mark.parametrize("sign", ["\n", "\x1f", "\u2028"])
def test_a_sign_that_breaks_the_line_of_a_mail_is_refused(sign: str, world: make.World) -> None:
    said = {"name": f"Wijk{sign}Bcc: x", "organisation": "De gemeente"}
    refused = browser(world.operator).post("/inrichten/naam/", said)
    assert refused.status_code == 422
    assert "op één regel" in refused.content.decode()
    assert site.name() == "Wijkverbond"


@pytest.mark.django_db(transaction=True)
def test_somebody_is_asked_to_begin_the_first_coalition(settings: Settings) -> None:
    settings.SITE = {"organisation": "Gemeente Veldhoek"}
    services.invite_founder("buur@wijk.example", actor=system())
    [asked] = send_queued("installation/mail/founder.txt")
    assert asked.to == ["buur@wijk.example"]
    assert "Gemeente Veldhoek vraagt je" in asked.body
    assert f"{settings.SITE_ADDRESS}/w/nieuw/" in asked.body


def test_a_sender_whom_the_mail_server_refuses_is_not_kept(
    world: make.World, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said = {"sender": "wijk@veldhoek.example", "to": "ik@wijk.example"}
    refused = browser(world.operator).post("/inrichten/mail/", said)
    assert refused.status_code == 422
    assert "Connection refused" in refused.content.decode()
    assert site.value("sender") == "wijkverbond@localhost"


def test_it_is_finished_only_when_every_step_is_done() -> None:
    services.show_link(actor=system())
    FirstRun.objects.update(passed=[Step.MAIL])
    with pytest.raises(ValidationError, match="Naam, Wie de site beheert"):
        services.finish(actor=system())
    assert FirstRun.objects.get().finished_at is None
