"""Accounts as a Django app."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class AccountsConfig(AppConfig):
    """People and their sign-in."""

    name = "wijkverbond.accounts"
    verbose_name = _("Your account")

    def ready(self) -> None:
        """Let every page of the demonstration lead to its mails."""
        if settings.DEMO:
            navigation.footer_link("accounts:post", _("Post"), column="about", order=90)
