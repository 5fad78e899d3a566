"""The register capability as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Named by its folder."""

    name = "wijkverbond.register"
