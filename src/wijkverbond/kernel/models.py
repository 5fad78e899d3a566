"""The journal's tables. Only `journal.record` writes them; a trigger refuses changes to entries."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.one_line import is_one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

INSTALLATION = uuid.UUID(int=0)
# Few among very many, and looked up whenever a register is read.
KEY_EVENTS = ("register.key_rotated", "register.key_lost", "register.key_first_used")


class Stream(models.Model):
    """One line of history: a coalition's (under the coalition's id) or the installation's."""

    id = models.UUIDField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    leaves = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    frontier = ArrayField(models.BinaryField(max_length=32), default=list)

    def __str__(self) -> str:
        return str(self.id)


class Entry(models.Model):
    """One thing that happened. `facts` are canonical; `person` is private and can be erased."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    occurred_at = models.DateTimeField(null=True)
    event = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField()
    party = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    channel = models.CharField(max_length=20)
    facts: "models.JSONField[Any, Any]" = models.JSONField()
    rests_on = ArrayField(models.CharField(max_length=200), default=list)
    leaf = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("stream", "seq", name="entry_once_per_sequence"),
            models.UniqueConstraint("stream", "leaf", name="entry_once_per_leaf"),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                name="entry_by_person",
                condition=models.Q(person__isnull=False),
            ),
            models.Index(
                fields=["stream"],
                name="entry_about_the_key",
                condition=models.Q(event__in=KEY_EVENTS),
            ),
        ]
        ordering = ["stream", "seq"]

    def __str__(self) -> str:
        return f"{self.event} {self.seq}"


class EntryText(models.Model):
    """A free text of an entry with the salt of its digest; shredding removes the row."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="texts")
    field = models.CharField(max_length=50)
    salt = models.BinaryField(max_length=16)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint("entry", "field", name="text_once_per_field")]

    def __str__(self) -> str:
        return self.field


class Head(models.Model):
    """A signed head of a stream's tree: one for every leaf."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="heads")
    size = models.PositiveBigIntegerField()
    checkpoint = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint("stream", "size", name="head_once_per_size")]

    def __str__(self) -> str:
        return f"{self.stream_id} {self.size}"


class Cursor(models.Model):
    """How far a follower has read a stream."""

    follower = models.CharField(max_length=50)
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="cursors")
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("follower", "stream", name="cursor_once")]

    def __str__(self) -> str:
        return f"{self.follower} {self.seq}"


class Limit(models.Model):
    """How often a key (as a keyed digest) was used in the window that ends at `ends_at`."""

    key = models.CharField(primary_key=True, max_length=64)
    used = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class SentForm(models.Model):
    """A form that was sent, as a keyed digest of who sent what from which page; and where it led.

    Without an outcome it is being worked on. `contents` is the same for every showing of the page.
    """

    key = models.CharField(primary_key=True, max_length=64)
    contents = models.CharField(max_length=64, blank=True, db_index=True)
    sent_at = models.DateTimeField(db_index=True)
    outcome = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key


class LastBackup(models.Model):
    """When the last good back-up was made; one row, which goes along when the database moves."""

    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.made_at.isoformat()


def _mailbox(label: "_StrPromise") -> "models.CharField[str, str]":
    """An address of an organisation: not of a person, so no `EmailField`, which would be personal."""
    return models.CharField(label, max_length=254, blank=True, validators=[validate_email])


class SiteDetails(models.Model):
    """What the host of the site filled in about it in the browser; one row, or none (`kernel.site`)."""

    class Ground(models.TextChoices):
        """Why the host may keep what is about people."""

        PUBLIC_TASK = "public_task", _("A task of general interest, for instance of a municipality")
        INTEREST = "interest", _("A legitimate interest, for instance of an association")

    class Accessible(models.TextChoices):
        """How far the site keeps to the rules for everyone, as the Dutch government words it."""

        FULLY = "fully", _("It was examined and keeps to all rules")
        PARTLY = "partly", _("It was examined, and does not keep to all rules yet")
        BEGUN = "begun", _("It is being examined and improved")
        UNKNOWN = "unknown", _("It was not examined yet")

    name = models.CharField(_("name of the site"), max_length=60, blank=True)
    organisation = models.CharField(_("organisation that hosts it"), max_length=100, blank=True)
    sender = _mailbox(_("sender of the mails"))
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    email = _mailbox(_("e-mail address for questions"))
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    privacy_email = _mailbox(_("e-mail address for questions about privacy"))
    privacy_ground = models.CharField(
        _("ground on which data is kept"), max_length=20, choices=Ground, blank=True
    )
    data_place = models.CharField(_("where the data is"), max_length=200, blank=True)
    accessible = models.CharField(
        _("how accessible the site is"), max_length=20, choices=Accessible, blank=True
    )
    examined = models.CharField(_("when and how it was examined"), max_length=200, blank=True)
    notice_email = _mailbox(_("e-mail address for reports"))
    colour = models.CharField(_("colour of the house style"), max_length=7, blank=True)
    logo = models.CharField(_("digest of the logo"), max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what takes more than one line: it stands in the head of mails."""
        fields = [field.name for field in self._meta.fields[1:]]
        broken = [field for field in fields if not is_one_line(getattr(self, field))]
        if broken:
            raise ValidationError(dict.fromkeys(broken, _("Write this on one line.")))
