"""What people do with their account, and the one-time codes with which they show who they are."""

import dataclasses
import datetime as dt
import re
import secrets
import uuid

import structlog
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import addresses, mail, policies, queries
from wijkverbond.accounts.models import Code, KeptMail, KnownFromOrganisation, Session, User
from wijkverbond.kernel import clock, error_text, rate_limits
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import moment
from wijkverbond.kernel.personal_fields import PERSONAL_DATA
from wijkverbond.kernel.policy import require

log = structlog.get_logger()

CODE_DIGITS = 8
CODE_LASTS = dt.timedelta(minutes=10)
TRIES = 5
WINDOW = dt.timedelta(minutes=15)
DAY = dt.timedelta(days=1)
# From one visitor, and from all: who keeps asking for your codes does not keep you from yours.
MAILS_PER_ADDRESS = 6
MAILS_PER_ADDRESS_IN_ALL = 12
MAILS_PER_VISITOR = 60  # a hall full of people can share one address of the internet
MAILS_PER_ADDRESS_A_DAY = 20
MAILS_PER_ADDRESS_A_DAY_IN_ALL = 60  # no mailbox is filled from here
TOO_OFTEN = "too_often"
ATTEMPTS = 5
MAILS_KEPT = dt.timedelta(days=30)

GONE = _("This code is not valid any more. Ask for a new one.")


@dataclasses.dataclass(frozen=True)
class CodeConfirmation:
    """Proof that a person has just typed the code that was mailed to them for this purpose."""

    person: uuid.UUID
    purpose: str
    at: dt.datetime


def send_sign_in_code(address: str, *, browser: str, visitor: str) -> None:
    """Mail a code to sign in with, in the browser that asked for it only.

    Known and unknown addresses go exactly the same way; an account is made when the code is used.
    `browser` is a secret of the browser's session, `visitor` where the request comes from.
    """
    address = addresses.canonical(address)
    _count_mail(address, visitor)
    code = _new_code(address, queries.sign_in_purpose(browser))
    context = {"code": code, "minutes": CODE_LASTS.seconds // 60}
    _send(mail.compose(address, get_language() or "", "accounts/mail/sign_in.txt", context))


def sign_in(address: str, code: str, *, browser: str) -> User:
    """The person who typed the right code; a newcomer gets an account in the language of the page.

    Refuses a wrong, used or expired code.
    """
    _use_code(address, queries.sign_in_purpose(browser), code)
    return _active_person(address)


@transaction.atomic
def know_from_organisation(person: User, subject: str) -> None:
    """Know somebody again who just typed the code from their mail, when they sign in at their organisation.

    From then on that opens their account without a code, so they are told by mail.
    """
    _known, is_new = KnownFromOrganisation.objects.get_or_create(
        issuer=settings.OIDC_ISSUER, subject=subject, defaults={"person": person}
    )
    if is_new:
        mail.queue(person, "accounts/mail/known_from_organisation.txt", {})


def count_visit_to_organisation(visitor: str) -> None:
    """Count that somebody goes to the sign-in of their organisation, which is asked each time."""
    _count(f"organisation:visitor:{visitor}", MAILS_PER_VISITOR)


def send_code(address: str, purpose: str, *, about: str | Promise, visitor: str) -> None:
    """Mail a code with which somebody who need not be signed in confirms one thing by their address.

    As with signing in, known and unknown addresses go the same way. `purpose` says exactly what, and
    in which browser; `about` says it in words.
    """
    address = addresses.canonical(address)
    _count_mail(address, visitor)
    code = _new_code(address, purpose)
    context = {"code": code, "about": str(about), "minutes": CODE_LASTS.seconds // 60}
    _send(mail.compose(address, get_language() or "", "accounts/mail/by_address.txt", context))


def confirm_by_address(address: str, purpose: str, code: str) -> CodeConfirmation:
    """Use the code that was mailed to an address for this purpose, as `confirm` does.

    It signs nobody in. Who is new here gets an account, so that they count once.
    """
    _use_code(address, purpose, code)
    return CodeConfirmation(_active_person(address).id, purpose, clock.now())


def send_confirmation(
    person: User, purpose: str, *, about: str | Promise, register: uuid.UUID | None = None
) -> None:
    """Mail a code with which a signed-in person confirms one important thing a second time.

    `purpose` says exactly what ("commitments.sign:<covenant>:<party>"); `about` says it in words. The
    mail has the last head of the `register` of the coalition that it is about.
    """
    _count(f"confirmation:{person.id}", MAILS_PER_ADDRESS)
    _count_day(f"confirmation:{person.id}", MAILS_PER_ADDRESS_A_DAY)
    code = _new_code(person.email, purpose)
    with override(person.language):
        context = {"code": code, "about": str(about), "minutes": CODE_LASTS.seconds // 60}
    template = "accounts/mail/confirmation.txt"
    _send(mail.compose(person.email, person.language, template, context, register=register))


def confirm(person: User, purpose: str, code: str) -> CodeConfirmation:
    """Use the code that was mailed for this purpose; refuses a wrong, used or expired one.

    Call it before the service that needs the confirmation, never inside its transaction: a wrong
    try must stay counted when everything else is rolled back.
    """
    _use_code(person.email, purpose, code)
    return CodeConfirmation(person.id, purpose, clock.now())


@transaction.atomic
def change_details(person: User, *, name: str, language: str, actor: Actor) -> None:
    """Change one's name and language."""
    require(policies.may_change(actor, person))
    _lock(person)
    person.name, person.language = name, language
    person.full_clean(exclude=["password"])
    person.save(update_fields=["name", "language"])


@transaction.atomic
def sign_out_everywhere(person: User, *, actor: Actor, session_key: str | None = None) -> bool:
    """End every session of a person: sessions are bound to this otherwise unused random value.

    Who signs in at their organisation next shows by a code from the mail once more whose account it is.
    Nothing, and False, when the session from which it is asked was ended meanwhile from another screen.
    """
    require(policies.may_change(actor, person))
    _lock(person)
    if session_key and not Session.objects.filter(session_key=session_key).exists():
        return False
    person.set_unusable_password()
    person.save(update_fields=["password"])
    KnownFromOrganisation.objects.filter(person=person).delete()
    queries.sessions_of(person).delete()
    return True


def sign_out_session(person: User, *, handle: str, actor: Actor) -> None:
    """End one session of a person; nothing when it has ended already."""
    require(policies.may_change(actor, person))
    keys = [each.session_key for each in queries.sessions_of(person) if each.handle == handle]
    Session.objects.filter(session_key__in=keys).delete()


def export(person: User, *, actor: Actor) -> dict[str, object]:
    """Everything that the site keeps about a person, ready for JSON."""
    require(policies.may_export(actor, person))
    kinds = [
        {
            "name": kind.name,
            "title": str(kind.title),
            "why": str(kind.why),
            "kept": str(kind.kept),
            "data": kind.export(person.id),
        }
        for kind in PERSONAL_DATA
    ]
    return {"site": settings.SITE_ADDRESS, "made_at": moment(actor.now), "kinds": kinds}


def erase(person: User, *, typed: str, actor: Actor) -> None:
    """Erase a person everywhere, once they have typed their own address to confirm it.

    What they did for a party stays the party's; the register stays verifiable.
    """
    require(policies.may_erase(actor, person))
    if not _is_address_of(person, typed):
        raise ValidationError(
            {"typed": _("Type your own e-mail address, exactly as it stands above.")}
        )
    forget(person.id)


def forget(person: uuid.UUID) -> None:
    """Take a person out of everything that is kept, and then their account; nothing when it is gone."""
    for _attempt in range(ATTEMPTS):
        try:
            _forget(person)
        except IntegrityError:  # meanwhile somebody gave them a mandate, or they signed something
            continue
        return
    raise ValidationError(_("Somebody else changed this at the same moment. Try again."))


@transaction.atomic
def _forget(person: uuid.UUID) -> None:
    # One erasure at a time. Whoever refers to the account meanwhile does not wait for it, until it
    # goes as the very last: else they, with what they hold, and we would wait for each other.
    if not User.objects.select_for_update(no_key=True).filter(id=person).exists():
        return
    # What was declared last stands highest, and refers to what stands below it.
    for kind in reversed([*PERSONAL_DATA]):
        kind.erase(person)


@transaction.atomic
def appoint_operator(address: str, *, is_operator: bool = True, actor: Actor) -> User:
    """Make somebody a host of the site, before or after they first sign in, or no longer."""
    require(policies.may_appoint_operator(actor))
    person = _person(addresses.canonical(address), language=settings.LANGUAGE_CODE)
    person.is_operator = is_operator
    person.save(update_fields=["is_operator"])
    return person


@transaction.atomic
def reset_second_step(address: str, *, actor: Actor) -> None:
    """Take the second step off an account, end its sessions, and tell its owner by mail."""
    require(policies.may_reset_second_step(actor))
    person = User.objects.filter(email=addresses.canonical(address)).first()
    if person is None:
        raise ValidationError(_("Nobody has this e-mail address here."))
    _lock(person)
    Authenticator.objects.filter(user=person).delete()
    queries.sessions_of(person).delete()
    mail.queue(person, "accounts/mail/second_step.txt", {})


def keep_mail(message: EmailMessage) -> None:
    """Keep a mail of the demonstration, so that its page shows it."""
    KeptMail.objects.bulk_create(
        KeptMail(to=address, subject=str(message.subject)[:200], body=str(message.body))
        for address in message.recipients()
    )


def delete_codes(now: dt.datetime) -> None:
    """Delete the codes that have expired."""
    Code.objects.filter(expires_at__lte=now).delete()


def delete_sessions(now: dt.datetime) -> None:
    """Delete the sessions that have expired."""
    Session.objects.filter(expire_date__lte=now).delete()


def delete_mails(now: dt.datetime) -> None:
    """Delete the mails that the demonstration has shown long enough."""
    KeptMail.objects.filter(at__lte=now - MAILS_KEPT).delete()


def _lock(person: User) -> None:
    if not User.objects.select_for_update(no_key=True).filter(id=person.id).exists():
        raise ValidationError(_("This account is erased."))


def _is_address_of(person: User, typed: str) -> bool:
    try:
        return addresses.canonical(typed) == person.email
    except ValidationError:
        return False


def _active_person(address: str) -> User:
    person = _person(address, language=get_language() or "")
    if not person.is_active:
        raise ValidationError(_("This account is closed."))
    return person


def _person(address: str, *, language: str) -> User:
    newcomer = User(email=address, language=language, password=make_password(None))
    newcomer.full_clean(validate_unique=False)
    defaults = {"language": newcomer.language, "password": newcomer.password}
    person, _created = User.objects.get_or_create(email=address, defaults=defaults)
    return person


def _count_mail(address: str, visitor: str) -> None:
    """Count a mail to an address that anybody can type."""
    _count(f"sign-in:visitor:{visitor}", MAILS_PER_VISITOR)
    mailbox = addresses.mailbox(address)
    _count(f"sign-in:address:{mailbox}:{visitor}", MAILS_PER_ADDRESS)
    _count_day(f"sign-in:address:{mailbox}:{visitor}", MAILS_PER_ADDRESS_A_DAY)
    _count(f"sign-in:address:{mailbox}", MAILS_PER_ADDRESS_IN_ALL)
    _count_day(f"sign-in:address:{mailbox}", MAILS_PER_ADDRESS_A_DAY_IN_ALL)


def _count(key: str, limit: int) -> None:
    if not _allow(key, limit, WINDOW):
        raise ValidationError(
            _("That was too often in a short time. Try again in a quarter of an hour."), TOO_OFTEN
        )


def _count_day(key: str, limit: int) -> None:
    if not _allow(f"day:{key}", limit, DAY):
        raise ValidationError(
            _("Enough codes were mailed to this address today. Try again tomorrow."), TOO_OFTEN
        )


def _allow(key: str, limit: int, window: dt.timedelta) -> bool:
    # Everyone can read the demonstration's codes: a limit protects nothing there, and would stop
    # somebody who tries every role.
    return rate_limits.allow(key, limit * (10 if settings.DEMO else 1), window)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError as error:  # also everything that smtplib raises
        log.error("accounts.mail_not_sent", error=error_text.cause(error))
        raise ValidationError(
            _("The mail could not be sent just now. Try again in a few minutes.")
        ) from error


def _digest(address: str, purpose: str, code: str) -> str:
    value = "\0".join([address, purpose, code])
    return salted_hmac("wijkverbond.accounts.code", value, algorithm="sha256").hexdigest()


def _new_code(address: str, purpose: str) -> str:
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    Code.objects.update_or_create(
        address=address,
        purpose=purpose,
        defaults={
            "digest": _digest(address, purpose, code),
            "tries_left": TRIES,
            "expires_at": clock.now() + CODE_LASTS,
        },
    )
    return f"{code[:4]} {code[4:]}"


def _use_code(address: str, purpose: str, typed: str) -> None:
    tries_left = _try_code(address, purpose, re.sub(r"[\s.-]", "", typed))
    if tries_left is None:
        return
    if tries_left == 0:
        raise ValidationError({"code": GONE})
    try_again = ngettext(
        "This is not the code in the newest mail. You can try once more.",
        "This is not the code in the newest mail. You can try %(number)s more times.",
        tries_left,
    )
    raise ValidationError({"code": try_again % {"number": tries_left}})


@transaction.atomic(durable=True)
def _try_code(address: str, purpose: str, typed: str) -> int | None:
    """None when the code is right, which uses it up; otherwise how many tries are left."""
    # Not `no_key`: the right code uses the row up.
    code = Code.objects.select_for_update().filter(address=address, purpose=purpose).first()
    if code is None or code.tries_left == 0 or code.expires_at <= clock.now():
        return 0
    if constant_time_compare(code.digest, _digest(address, purpose, typed)):
        code.delete()
        return None
    code.tries_left -= 1
    code.save(update_fields=["tries_left"])
    return code.tries_left
