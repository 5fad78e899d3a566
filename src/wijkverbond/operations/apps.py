"""Operations as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class OperationsConfig(AppConfig):
    """What the worker observes now and then."""

    name = "wijkverbond.operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        """Declare the page in the footer."""
        navigation.footer_link(
            "operations:health", _("Does everything work?"), column="about", order=30
        )
