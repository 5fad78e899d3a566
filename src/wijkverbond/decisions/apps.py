"""Decisions as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class DecisionsConfig(AppConfig):
    """Consent rounds."""

    name = "wijkverbond.decisions"
    verbose_name = _("Decisions")

    def ready(self) -> None:
        """Declare the page of the navigation."""
        navigation.coalition_page("decisions:index", _("Decisions"), order=55, more=True)
