"""What the site keeps about a person who signs in."""

import uuid

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from wijkverbond.accounts import services
from wijkverbond.accounts.models import Code, KeptMail, KnownFromOrganisation, Session, User
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
)
from wijkverbond.kernel.retention import RETENTION, Retention

classify(User, personal=["email", "name"], plain=["password"])
classify(Code, personal=["address"], plain=["purpose", "digest"])
classify(KeptMail, personal=["to"], free_text=["subject", "body"])
classify(EmailAddress, people=["user"], personal=["email"])
classify(EmailConfirmation, plain=["key"])
classify(Session, personal=["session_data", "person"], plain=["session_key"])
classify(Authenticator, people=["user"], personal=["data"], plain=["type"])
classify(KnownFromOrganisation, people=["person"], personal=["subject"], plain=["issuer"])
# Of these nothing is stored (organisation.py).
classify(
    SocialApp,
    plain=["provider", "provider_id", "name", "client_id", "secret", "key", "settings"],
)
classify(SocialAccount, people=["user"], plain=["provider", "uid", "extra_data"])
classify(SocialToken, plain=["token", "token_secret"])
classify(Group, plain=["name"])
classify(Permission, plain=["name", "codename"])
classify(ContentType, plain=["app_label", "model"])
# A queued mail names to whom it goes.
classify(
    ProcrastinateJob,
    personal=["args"],
    plain=["queue_name", "task_name", "lock", "queueing_lock"],
)


def _address(person: uuid.UUID) -> str:
    return User.objects.values_list("email", flat=True).get(id=person)


def _queued(person: uuid.UUID) -> QuerySet[ProcrastinateJob]:
    """Mails that wait or were sent; one that is being sent just now is the worker's."""
    to = Q(args__person=str(person)) | Q(args__address__iexact=_address(person))
    return ProcrastinateJob.objects.filter(to).exclude(status="doing")


ACCOUNT = PersonalRows(
    model=User,
    of=lambda person: User.objects.filter(id=person),
    shows={"language": "language", "joined_at": "joined_at"},
    deletes=True,
)
SESSIONS = PersonalRows(
    model=Session,
    of=lambda person: Session.objects.filter(person=person),
    shows={"begun_at": "begun_at", "used_on": "used_on", "browser": "browser"},
    # With the key inside somebody else could be signed in as them; whose it is says the file.
    not_exported=("session_data", "person"),
    deletes=True,
)
STEPS = PersonalRows(
    model=Authenticator,
    of=lambda person: Authenticator.objects.filter(user=person),
    shows={"sort": "type", "called": str, "added_at": "created_at", "last_used_at": "last_used_at"},
    not_exported=("data",),  # whoever has the file would have the second step too
    deletes=True,
)
KNOWN = PersonalRows(
    model=KnownFromOrganisation,
    of=lambda person: KnownFromOrganisation.objects.filter(person=person),
    shows={"organisation": "issuer", "known_there_as": "subject", "since": "since"},
    deletes=True,
)
# Not handed over: the digest of a code that ends in ten minutes, and what only says again what
# stands in the account.
BESIDE = (
    PersonalRows(
        model=Code,
        of=lambda person: Code.objects.filter(address=_address(person)),
        deletes=True,
    ),
    PersonalRows(
        model=KeptMail,
        of=lambda person: KeptMail.objects.filter(to__iexact=_address(person)),
        deletes=True,
    ),
    PersonalRows(model=ProcrastinateJob, of=_queued, deletes=True),
    PersonalRows(
        model=EmailAddress,
        of=lambda person: EmailAddress.objects.filter(user=person),
        deletes=True,
    ),
    PersonalRows(
        model=SocialAccount,
        of=lambda person: SocialAccount.objects.filter(user=person),
        deletes=True,
    ),
)


def _export(person: uuid.UUID) -> object:
    return {
        **ACCOUNT.row(ACCOUNT.of(person).get()),
        "signed_in": SESSIONS.export(person),
        "second_step": STEPS.export(person),
        "known_from_organisation": KNOWN.export(person),
    }


PERSONAL_DATA.declare(
    PersonalData(
        name="account",
        title=_("Your account"),
        why=_("To send you a sign-in code, and to write to you in your language."),
        kept=_("Until you erase your account."),
        rows=(*BESIDE, SESSIONS, STEPS, KNOWN, ACCOUNT),
        export=_export,
    )
)

RETENTION.declare(
    Retention(
        name="codes",
        title=_("Codes that were mailed"),
        fields=("accounts.code.address", "accounts.code.digest"),
        kept=_("Until the code is used, or ten minutes have passed."),
        forget=services.delete_codes,
    )
)
RETENTION.declare(
    Retention(
        name="sessions",
        title=_("That somebody is signed in, on each device"),
        fields=("accounts.session.session_data", "accounts.session.person"),
        kept=_("Until they sign out, or for two weeks."),
        forget=services.delete_sessions,
    )
)
RETENTION.declare(
    Retention(
        name="mails",
        title=_("Mails of the demonstration; an installation keeps none that was sent"),
        fields=("accounts.keptmail.to", "accounts.keptmail.subject", "accounts.keptmail.body"),
        kept=_("30 days."),
        forget=services.delete_mails,
    )
)
