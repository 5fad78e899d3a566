"""Results as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class ResultsConfig(AppConfig):
    """Indicators and measurements."""

    name = "wijkverbond.results"
    verbose_name = _("Results")

    def ready(self) -> None:
        """Declare the page of the navigation."""
        navigation.coalition_page("results:index", _("Results"), order=80, more=True)
