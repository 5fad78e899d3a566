"""How django-allauth, which completes a sign-in, speaks on this site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import browsers, mail, sessions
from wijkverbond.accounts.models import User

MESSAGES = {
    "account/messages/logged_in.txt": _("You are signed in."),
    "mfa/messages/totp_activated.txt": _("Your app is added."),
    "mfa/messages/totp_deactivated.txt": _("Your app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new emergency codes. Keep them well."),
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Says in our own words what happened, and keeps what a session says of itself."""

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str = "",
        *_context: object,
        message: str = "",
        **_more: object,
    ) -> None:
        """What allauth tells, in our words; its others belong to pages that are not there."""
        if told := MESSAGES.get(message_template, message):
            messages.add_message(request, level, str(told))

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, *_more: object, **_others: object
    ) -> None:
        """Tell somebody by mail that their second step changed, so that they notice who else did it."""
        assert isinstance(user, User)
        mail.queue(user, "accounts/mail/second_step.txt", {})

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in, and keep since when, and in what kind of browser."""
        super().login(request, user)
        for name in (sessions.BEGUN, sessions.ENDS):
            request.session.pop(name, None)
        request.session[sessions.BROWSER] = browsers.kind(request.headers.get("User-Agent", ""))
