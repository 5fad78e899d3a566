"""What the site keeps about a person who signs in."""

import uuid

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.models import Code, KeptMail, User
from wijkverbond.kernel.events import moment
from wijkverbond.kernel.registry import PERSONAL_DATA, PersonalData


def _export(person: uuid.UUID) -> object:
    user = User.objects.get(id=person)
    return {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "joined_at": moment(user.joined_at),
    }


def _erase(person: uuid.UUID) -> None:
    address = User.objects.values_list("email", flat=True).get(id=person)
    Code.objects.filter(address=address).delete()
    KeptMail.objects.filter(to__iexact=address).delete()
    _end_sessions(person)
    User.objects.filter(id=person).delete()


def _end_sessions(person: uuid.UUID) -> None:
    """Sessions name whose they are only inside; somebody who is erased is a rare event."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person):
            session.delete()


PERSONAL_DATA.declare(
    PersonalData(
        name="account",
        title=_("Your account"),
        why=_("To send you a sign-in code, and to write to you in your language."),
        kept=_("Until you erase your account."),
        models=(
            "accounts.user",
            "accounts.code",
            "accounts.keptmail",
            "account.emailaddress",
            "sessions.session",
        ),
        export=_export,
        erase=_erase,
    )
)
