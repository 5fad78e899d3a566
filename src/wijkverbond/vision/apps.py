"""Vision as a Django app."""

from django.apps import AppConfig


class VisionConfig(AppConfig):
    """Vision versions, goals and benefits."""

    name = "wijkverbond.vision"
