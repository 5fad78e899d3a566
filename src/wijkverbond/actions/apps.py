"""Actions as a Django app."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Initiatives, actions, check-ins, obstacles and requests."""

    name = "wijkverbond.actions"
