"""Breakthroughs as a Django app."""

from django.apps import AppConfig


class BreakthroughsConfig(AppConfig):
    """Breakthroughs and their confirmations."""

    name = "wijkverbond.breakthroughs"
