"""How django-allauth, which completes a sign-in, speaks on this site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Says in our own words that somebody has signed in."""

    def add_message(self, request: HttpRequest, *_args: object, **_kwargs: object) -> None:
        """The only message that reaches a page: allauth's others belong to pages that are not there."""
        messages.success(request, _("You are signed in."))
