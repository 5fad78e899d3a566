"""Somebody with a second step, as the sweeps need them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test import Client

from wijkverbond.accounts.models import User

# What Chromium's virtual authenticator answered once.
CREDENTIAL = {
    "id": "LI7LGwnk1B1ktZ1jS6u6pcMZn6U6ZUBQL7_anKu-JOs",
    "rawId": "LI7LGwnk1B1ktZ1jS6u6pcMZn6U6ZUBQL7_anKu-JOs",
    "type": "public-key",
    "response": {
        "clientDataJSON": (
            "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiRXJYS3lJc2QyS24zRV"
            "o2bk1jWERuNDdVUTlWMDJ3aThJR0tSNkFkSTdJRSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2Nh"
            "bGhvc3Q6NTM0MjEiLCJjcm9zc09yaWdpbiI6ZmFsc2UsIm90aGVyX2tleXNfY2FuX2JlX2"
            "FkZGVkX2hlcmUiOiJkbyBub3QgY29tcGFyZSBjbGllbnREYXRhSlNPTiBhZ2FpbnN0IGEg"
            "dGVtcGxhdGUuIFNlZSBodHRwczovL2dvby5nbC95YWJQZXgifQ"
        ),
        "attestationObject": (
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihj"
            "LHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAICyOyxsJ5NQdZLWdY0uruqXDGZ-l"
            "OmVAUC-_2pyrviTrpQECAyYgASFYINyWshPpuam3lXE4igbslQwFDqwAuRsBygQxx-RUFr"
            "OfIlggaeqRdnFvtr-9VwJBArsezCLYFrLwE_b29dRo8D5YejQ"
        ),
    },
    "clientExtensionResults": {},
}


def add_steps(person: User) -> Authenticator:
    """Give somebody an app, emergency codes and a passkey: the passkey."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return add_passkey(person)


def add_passkey(person: User) -> Authenticator:
    """Give somebody a passkey."""
    data = {"name": "Mijn telefoon", "credential": CREDENTIAL}
    passkey: Authenticator = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data=data
    )
    return passkey


def show_second_step(session: SessionBase, person: User, *, just_now: bool = False) -> None:
    """Let somebody have shown their second step in a session, `just_now` or when they signed in."""
    request = HttpRequest()
    request.session = session
    step = Authenticator.objects.filter(user=person).last()
    shown = step.pk if step else None
    record_authentication(request, person, "mfa", id=shown, reauthenticated=just_now)


def signed_in(person: User, *, shown: bool = False) -> Client:
    """A browser in which somebody is signed in, and in which they have just `shown` their second step."""
    client = Client()
    client.force_login(person)
    session = client.session
    if shown:
        show_second_step(session, person, just_now=True)
    session.save()
    return client


def first_step_done(person: User) -> Client:
    """A browser in which somebody typed the code from the mail, and is asked for their second step."""
    client = Client()
    session = client.session
    login = Login(user=person)
    login.state["stages"] = {"current": AuthenticateStage.key}
    session[LOGIN_SESSION_KEY] = login.serialize()
    session.save()
    return client
