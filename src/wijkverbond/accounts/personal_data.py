"""What the site keeps about a person who signs in."""

import uuid

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
    KeptMail.objects.filter(to=address).delete()
    User.objects.filter(id=person).delete()


PERSONAL_DATA.declare(
    PersonalData(
        name="account",
        title=_("Your account"),
        why=_("To send you a sign-in code, and to write to you in your language."),
        kept=_("Until you erase your account."),
        models=("accounts.user", "accounts.code", "accounts.keptmail", "account.emailaddress"),
        export=_export,
        erase=_erase,
    )
)
