"""Background work, deferred by name in the transaction of the change: both happen, or neither."""

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue


def defer(name: str, **arguments: JSONValue) -> None:
    """Ask the worker to run the task of that name; fails when there is no such task."""
    app.configure_task(name, allow_unknown=False).defer(**arguments)
