"""Vision as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class VisionConfig(AppConfig):
    """Vision versions, goals and benefits."""

    name = "wijkverbond.vision"
    verbose_name = _("Vision and goals")

    def ready(self) -> None:
        """Declare the page of the navigation."""
        navigation.coalition_page("vision:index", _("Vision and goals"), order=50)
