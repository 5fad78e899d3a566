"""Urgency as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class UrgencyConfig(AppConfig):
    """Conversations, statements, answers and shared urgencies."""

    name = "wijkverbond.urgency"
    verbose_name = _("What is needed")

    def ready(self) -> None:
        """Declare the page of the navigation."""
        navigation.coalition_page("urgency:index", _("What is needed"), order=25)
