"""The second step of signing in, which django-allauth does: what is our own about it."""

import base64
import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import sessions
from wijkverbond.accounts.models import User
from wijkverbond.kernel import clock, rate_limits, site
from wijkverbond.register.qr_code import qr_code

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
JUST_NOW = dt.timedelta(minutes=15)
TRIES = 10
WINDOW = dt.timedelta(minutes=15)
CODE_WORKS = dt.timedelta(minutes=2)  # of an app: its half minute, and those beside it
WRONG = _("This is not right. Try it once more; of an app, type the newest code.")
TOO_OFTEN = _("That was too often in a short time. Try again in a quarter of an hour.")
USED = _("This code was used already. Wait for the next one.")

View = Callable[..., HttpResponse]


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How allauth keeps, names and words the second step here."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG,
        "cannot_generate_recovery_codes": _("First add an app or a passkey."),
    }

    def encrypt(self, text: str) -> str:
        """As the database keeps a secret: it cannot be read without the secret key of the site."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; it is no way in any more when the site took another secret key."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise ValidationError(WRONG) from None

    def build_totp_svg(self, url: str) -> str:
        """What an app reads, drawn without a style of its own, which the site's policy refuses."""
        return render_to_string("accounts/second_step/qr.html", {"code": qr_code(url)})

    def get_totp_issuer(self) -> str:
        """Under what an app shows its codes."""
        return site.name()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """What a passkey is called until somebody gives it a name."""
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": known + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """By what a passkey knows the site: its host, and for people its name."""
        return {**super().get_public_key_credential_rp_entity(), "name": site.name()}


def steps_of(person: AbstractBaseUser) -> QuerySet[Authenticator]:
    """What somebody can show as a second step, emergency codes left out."""
    steps: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=person.pk, type__in=STEPS)
    return steps


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether somebody showed a short while ago that they read the mail of this account."""
    begun = request.session.get(sessions.BEGUN)
    return begun is not None and clock.now() - dt.datetime.fromisoformat(begun) < JUST_NOW


def just_signed_in(view: View) -> View:
    """A view for whoever just showed who they are: by a second step, or else by the code from a mail."""

    @login_required
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert isinstance(request.user, AbstractBaseUser)
        if steps_of(request.user).exists():  # allauth asks for it
            return view(request, *args, **kwargs)
        if not signed_in_just_now(request):
            return redirect("mfa_index")
        if request.method == "POST":  # what they add is shown to them without asking for it at once
            record_authentication(request, request.user, "mail", reauthenticated=True)
        response = view(request, *args, **kwargs)
        added = steps_of(request.user).first() if request.method == "POST" else None
        if added:  # who adds one has shown it
            record_authentication(request, request.user, "mfa", id=added.pk, reauthenticated=True)
        return response

    return answer


def taken_away_once(view: View) -> View:
    """A view that takes a step away: from two screens at once one does, and the other finds it gone."""

    @login_required
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        assert isinstance(request.user, User)
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(id=request.user.id)
            try:
                return view(request, *args, **kwargs)
            except Http404:
                return redirect("mfa_index")

    return answer


def with_refusal(view: Callable[..., HttpResponseBase]) -> View:
    """A view of allauth that answers 422, as all others here, when something must be corrected."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        assert isinstance(response, HttpResponse)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return answer


def count_try(person: AbstractBaseUser) -> None:
    """Count a code that somebody tries, over all processes, and refuse one too many."""
    if not rate_limits.allow(f"second-step:{person.pk}", TRIES, WINDOW):
        raise ValidationError(TOO_OFTEN)


def use_once(authenticator: Authenticator, code: str) -> None:
    """Refuse the code of an app that was used before."""
    key = f"second-step:{authenticator.pk}:{normalize_user_code(code)}"
    if authenticator.type == Authenticator.Type.TOTP and not rate_limits.allow(key, 1, CODE_WORKS):
        raise ValidationError(USED)


def _fernet() -> Fernet:
    secret = salted_hmac("wijkverbond.accounts.second_step", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(secret))
