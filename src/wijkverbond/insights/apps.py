"""Insights as a Django app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Signals, insights and recognition."""

    name = "wijkverbond.insights"
