"""The app configuration of the components and pages everyone shares."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, components and stylesheet."""

    name = "wijkverbond.ui"
