"""Breakthroughs as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class BreakthroughsConfig(AppConfig):
    """Breakthroughs and their confirmations."""

    name = "wijkverbond.breakthroughs"
    verbose_name = _("Breakthroughs")

    def ready(self) -> None:
        """Declare the page of the navigation."""
        navigation.coalition_page("breakthroughs:index", _("Breakthroughs"), order=75, more=True)
