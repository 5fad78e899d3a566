"""How far the first run in the browser is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What is asked, in this order."""

    NAME = "name", _("Name")
    MAIL = "mail", _("Mail")
    HOST = "host", _("Who hosts the site")
    PLACES = "places", _("Municipality and figures")
    LOOK = "look", _("House style")
    CONTACT = "contact", _("Contact")
    PRIVACY = "privacy", _("Privacy statement")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")
    NOTICE = "notice", _("Report something")
    FOUNDER = "founder", _("The first coalition")


NEEDED = (Step.NAME, Step.MAIL, Step.HOST)
# A page of its own for visitors, which is there once everything that it needs was said.
TEXTS = {
    Step.CONTACT: ("organisation", "address", "email"),
    Step.PRIVACY: ("organisation", "address", "privacy_email", "privacy_ground", "data_place"),
    Step.ACCESSIBILITY: ("organisation", "email", "accessible", "examined"),
    Step.NOTICE: ("organisation", "notice_email"),
}


class FirstRun(models.Model):
    """The first run in the browser; one row, which is there once a start showed a link.

    The link follows from `nonce` and the secret key, so that every machine shows the same one and a
    back-up holds none. `opened_at` is when it was used. `browser` is a digest of the secret in the
    session of who used it, or used one before; empty once somebody hosts the site.
    """

    nonce = models.CharField(max_length=64)
    opened_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=64, blank=True)
    passed = ArrayField(models.CharField(max_length=20), default=list)  # of Step
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "finished" if self.finished_at else "going on"


class FetchingOfPlaces(models.Model):
    """The figures and boundaries of a municipality that the host asked for; one row, the newest.

    `fetched` is how many of its parts are there. `why` says what the matter was when it failed.
    """

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", _("It begins in a moment")
        FETCHING = "fetching", _("It is being fetched")
        BRINGING_IN = "bringing_in", _("It is being brought in")
        DONE = "done", _("It is here")
        FAILED = "failed", _("It did not work")

    municipality = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State)
    fetched = models.PositiveSmallIntegerField(default=0)
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.municipality} {self.year}"

    @property
    def is_going_on(self) -> bool:
        """Whether the worker has it, or will have it."""
        return self.state not in {self.State.DONE, self.State.FAILED}


class Logo(models.Model):
    """The logo of the host, a PNG with nothing in it but the picture, by its SHA-256."""

    digest = models.CharField(primary_key=True, max_length=64)
    png = models.BinaryField()

    def __str__(self) -> str:
        return self.digest
