"""Installation as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstallationConfig(AppConfig):
    """The first run in the browser."""

    name = "wijkverbond.installation"
    verbose_name = _("Setting up the site")
