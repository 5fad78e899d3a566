"""Commitments as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class CommitmentsConfig(AppConfig):
    """Pledges, covenants and signatures."""

    name = "wijkverbond.commitments"
    verbose_name = _("Covenant and promises")

    def ready(self) -> None:
        """Declare the pages of the navigation."""
        navigation.coalition_page("commitments:index", _("Covenant"), order=60)
        navigation.coalition_page("commitments:pledges", _("Promises"), order=65, more=True)
