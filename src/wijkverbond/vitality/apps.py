"""Vitality as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class VitalityConfig(AppConfig):
    """Follows the journal; stores nothing of its own."""

    name = "wijkverbond.vitality"
    verbose_name = _("How vital")

    def ready(self) -> None:
        """Declare the page of the navigation."""
        navigation.coalition_page("vitality:index", _("How vital"), order=90)
