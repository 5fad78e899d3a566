"""The places capability as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Named by its folder."""

    name = "wijkverbond.places"
