"""Coalition as a Django app."""

from django.apps import AppConfig


class CoalitionConfig(AppConfig):
    """Coalitions and their parties."""

    name = "wijkverbond.coalition"
