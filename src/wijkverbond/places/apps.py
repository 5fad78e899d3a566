"""The places capability as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Named by its folder."""

    name = "wijkverbond.places"
    verbose_name = _("Figures of the neighbourhood")
