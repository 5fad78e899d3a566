"""Overview as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class OverviewConfig(AppConfig):
    """No models of its own."""

    name = "wijkverbond.overview"
    verbose_name = _("Overview")

    def ready(self) -> None:
        """Declare the front page of a coalition, and the page in the footer."""
        navigation.coalition_page("overview:home", _("Overview"), order=0)
        navigation.coalition_page("overview:timeline", _("Timeline"), order=85, more=True)
        navigation.footer_link("overview:my_work", _("My work"), column="how", order=10)
        navigation.footer_link("overview:privacy", _("Privacy"), column="about", order=20)
