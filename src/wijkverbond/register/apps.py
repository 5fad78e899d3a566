"""The register capability as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class RegisterConfig(AppConfig):
    """What everyone can read and check."""

    name = "wijkverbond.register"
    verbose_name = _("Register")

    def ready(self) -> None:
        """Declare the pages of the navigation."""
        navigation.coalition_page("register:entries", _("Register"), order=95, more=True)
        navigation.footer_link("register:index", _("Check the register"), column="how", order=30)
