"""Commitments as a Django app."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Pledges, covenants and signatures."""

    name = "wijkverbond.commitments"
