"""The demonstration as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Only installed in demonstrations and tests."""

    name = "wijkverbond.demo"
