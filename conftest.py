"""Fixtures for all tests, those beside the code and those in `tests/`."""

pytest_plugins = ["tests.browser"]
