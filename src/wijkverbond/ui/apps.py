"""The ui capability as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Named by its folder."""

    name = "wijkverbond.ui"
