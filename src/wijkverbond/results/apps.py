"""Results as a Django app."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Indicators and measurements."""

    name = "wijkverbond.results"
