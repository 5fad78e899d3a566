"""How far the first run in the browser is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What is asked, in this order."""

    NAME = "name", _("Name")
    MAIL = "mail", _("Mail")
    HOST = "host", _("Who hosts the site")
    CONTACT = "contact", _("Contact")
    PRIVACY = "privacy", _("Privacy statement")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")
    NOTICE = "notice", _("Report something")


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
