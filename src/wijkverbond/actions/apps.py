"""Actions as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class ActionsConfig(AppConfig):
    """Initiatives, actions, check-ins, obstacles and requests."""

    name = "wijkverbond.actions"
    verbose_name = _("Doing")

    def ready(self) -> None:
        """Declare the pages of the navigation."""
        navigation.coalition_page("actions:index", _("Doing"), order=70)
        navigation.coalition_page(
            "actions:requests",
            _("Requests"),
            order=72,
            more=True,
            title=_("Requests to government"),
        )
