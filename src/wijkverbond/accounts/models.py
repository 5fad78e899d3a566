"""People who sign in: an e-mail address, a language, and nothing that is not needed."""

import datetime as dt
import uuid
from typing import ClassVar, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import sessions
from wijkverbond.kernel import clock


class Language(models.TextChoices):
    """Languages of the site."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")


class Users(BaseUserManager["User"]):
    """Finds people by their e-mail address, however it is capitalised."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this address; `User.DoesNotExist` when there is none."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who signs in with a code by e-mail. Shown to others only as a party's voice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already someone with this e-mail address.")},
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.DUTCH
    )
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="address_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.email

    def has_usable_password(self) -> bool:
        """Nobody: the field binds sessions, and allauth asks for no password."""
        return False


class Session(AbstractBaseSession):
    """A browser that somebody has opened the site in, and whose it is once they are signed in."""

    # Nothing refers to the account: a page that ends while it is erased keeps its session as it is.
    person = models.UUIDField(null=True, db_index=True)

    class Meta(AbstractBaseSession.Meta):
        db_table = "django_session"  # it was Django's own table before it said whose a session is

    @classmethod
    def get_session_store_class(cls) -> type[sessions.SessionStore]:
        """What reads and writes them."""
        return sessions.SessionStore

    @cached_property
    def kept(self) -> dict[str, object]:
        """What is in it."""
        return self.get_decoded()

    @property
    def begun_at(self) -> dt.datetime | None:
        """When they signed in; nobody knows of a session from before that was kept."""
        return _read(dt.datetime, self.kept.get(sessions.BEGUN))

    @property
    def used_on(self) -> dt.date | None:
        """The day on which they last came by."""
        return _read(dt.date, self.kept.get(sessions.USED))

    @property
    def browser(self) -> str:
        """The kind of browser and device ("Firefox, Android"); empty for one that we do not know."""
        return str(self.kept.get(sessions.BROWSER, ""))

    @property
    def handle(self) -> str:
        """By what a page names it: its key would be a key to the account."""
        return salted_hmac("wijkverbond.accounts.session", self.session_key).hexdigest()


class Code(models.Model):
    """A one-time code that was mailed: for one address and one purpose, the newest only.

    Only a keyed digest of the code is kept, until it is used or has expired.
    """

    address = models.EmailField()
    purpose = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "purpose"], name="code_once_per_purpose")
        ]

    def __str__(self) -> str:
        return self.purpose


class KnownFromOrganisation(models.Model):
    """By what somebody is known who signs in at their organisation: what it calls them, for good."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="known_once")]

    def __str__(self) -> str:
        return self.issuer


class KeptMail(models.Model):
    """A mail of the demonstration, which shows its mails instead of sending them."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.subject


Moment = TypeVar("Moment", bound=dt.date)


def _read(kind: type[Moment], written: object) -> Moment | None:
    return kind.fromisoformat(written) if isinstance(written, str) else None
