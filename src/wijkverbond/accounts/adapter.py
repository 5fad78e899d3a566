"""How django-allauth, which completes a sign-in, speaks on this site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wijkverbond.accounts import browsers, sessions


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Says in our own words that somebody has signed in."""

    def add_message(self, request: HttpRequest, *_args: object, **_kwargs: object) -> None:
        """The only message that reaches a page: allauth's others belong to pages that are not there."""
        messages.success(request, _("You are signed in."))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in, and keep in what kind of browser."""
        super().login(request, user)
        request.session[sessions.BROWSER] = browsers.kind(request.headers.get("User-Agent", ""))
