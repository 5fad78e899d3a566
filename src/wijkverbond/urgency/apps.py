"""Urgency as a Django app."""

from django.apps import AppConfig


class UrgencyConfig(AppConfig):
    """Conversations, statements, answers and shared urgencies."""

    name = "wijkverbond.urgency"
