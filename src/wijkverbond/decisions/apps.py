"""Decisions as a Django app."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Consent rounds."""

    name = "wijkverbond.decisions"
