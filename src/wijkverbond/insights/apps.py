"""Insights as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class InsightsConfig(AppConfig):
    """Signals, insights and recognition."""

    name = "wijkverbond.insights"
    verbose_name = _("Insights")

    def ready(self) -> None:
        """Declare the page of the navigation."""
        navigation.coalition_page("insights:index", _("Insights"), order=20)
