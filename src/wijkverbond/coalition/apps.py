"""Coalition as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class CoalitionConfig(AppConfig):
    """Coalitions and their parties."""

    name = "wijkverbond.coalition"
    verbose_name = _("Who takes part")

    def ready(self) -> None:
        """Declare the pages of the navigation."""
        navigation.coalition_page("coalition:who", _("Who takes part"), order=30)
        navigation.footer_link("coalition:rules", _("Who may do what"), column="how", order=20)
